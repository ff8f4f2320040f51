import { createServer, type ServerResponse } from 'node:http';

import { Agent } from 'undici';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { prepareDeliveries } from './test-deliveries';
import { listen, reading, startHoldingReceiver } from './test-receiver';

describe('stop', () => {
  it('lets attempts in flight finish, records them, and starts no others', async () => {
    const deliveries = await prepareDeliveries();
    const { held, receiver } = await startHoldingReceiver(1);
    const webhook = await deliveries.addWebhook(receiver.url);
    const ids: string[] = [];
    for (let count = 0; count < 13; count += 1) ids.push(...(await deliveries.accept([webhook])));
    const worker = deliveries.start();
    await receiver.hasReceived(9);

    let isStopped = false;
    const stopping = worker.stop().then(() => {
      isStopped = true;
    });
    expect(worker.running).toBe(false);
    worker.wake();
    for (const answer of held.slice(0, 7)) answer();
    await deliveries.hasTried(ids[7] ?? '', 1);
    expect(isStopped).toBe(false);
    held[7]?.();
    await stopping;

    expect(receiver.received).toHaveLength(9);
    const rows = await deliveries.db.selectFrom('delivery').select(['id', 'status']).execute();
    const byStatus = (status: string) => rows.filter((row) => row.status === status);
    expect(byStatus('succeeded')).toHaveLength(9);
    expect(byStatus('pending')).toHaveLength(4);
    await worker.stop();
  });

  it('waits no longer than an attempt may take', async () => {
    const deliveries = await prepareDeliveries();
    const { receiver } = await startHoldingReceiver();
    const webhook = await deliveries.addWebhook(receiver.url);
    const [id = ''] = await deliveries.accept([webhook]);
    const worker = deliveries.start({ deliveryTimeout: 300 });
    await receiver.hasReceived(1);
    await worker.stop();
    expect(await deliveries.attempts(id)).toMatchObject([{ error: 'timed out after 300 ms' }]);
  });

  it('lets go of the connections that were kept', async () => {
    const deliveries = await prepareDeliveries();
    // Both sides would keep the connection for longer than a test may take.
    const receiver = await listen((note) => {
      const answer = (_: unknown, response: ServerResponse) =>
        void response.setHeader('keep-alive', 'timeout=600').end();
      return createServer({ keepAliveTimeout: 600_000 }, reading(answer, note));
    });
    const webhook = await deliveries.addWebhook(receiver.url);
    const [id = ''] = await deliveries.accept([webhook]);
    const worker = deliveries.start();
    await deliveries.hasTried(id, 1);
    await worker.stop();
    await receiver.hasNoConnections();
    expect(receiver.connections()).toBe(1);
  });

  it('comes to its end even if connections cannot be closed', async () => {
    const deliveries = await prepareDeliveries();
    const worker = deliveries.start();
    const destroy = vi.spyOn(Agent.prototype, 'destroy').mockRejectedValue(new Error('stuck'));
    onTestFinished(() => destroy.mockRestore());
    await worker.stop();
    expect(deliveries.logged).toMatchObject([{ msg: 'connections cannot be closed' }]);
  });

  it('is at once without work', async () => {
    const deliveries = await prepareDeliveries();
    const worker = deliveries.start();
    expect(worker.running).toBe(true);
    await worker.stop();
    worker.wake();
    expect(worker.running).toBe(false);
  });
});
