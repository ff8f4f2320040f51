import { describe, expect, it } from 'vitest';

import { prepareDeliveries } from './test-deliveries';
import { startHoldingReceiver } from './test-receiver';

describe('stop', () => {
  it('lets attempts in flight finish, records them, and starts no others', async () => {
    const deliveries = await prepareDeliveries();
    const { held, receiver } = await startHoldingReceiver();
    const webhook = await deliveries.addWebhook(receiver.url);
    const ids: string[] = [];
    for (let count = 0; count < 12; count += 1) ids.push(...(await deliveries.accept([webhook])));
    const worker = deliveries.start();
    await receiver.hasReceived(8);

    let isStopped = false;
    const stopping = worker.stop().then(() => {
      isStopped = true;
    });
    expect(worker.running).toBe(false);
    worker.wake();
    for (const answer of held.slice(0, 7)) answer();
    await deliveries.hasTried(ids[6] ?? '', 1);
    expect(isStopped).toBe(false);
    held[7]?.();
    await stopping;

    expect(receiver.received).toHaveLength(8);
    const rows = await deliveries.db.selectFrom('delivery').select(['id', 'status']).execute();
    const byStatus = (status: string) => rows.filter((row) => row.status === status);
    expect(byStatus('succeeded')).toHaveLength(8);
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

  it('is at once without work', async () => {
    const deliveries = await prepareDeliveries();
    const worker = deliveries.start();
    expect(worker.running).toBe(true);
    await worker.stop();
    worker.wake();
    expect(worker.running).toBe(false);
  });
});
