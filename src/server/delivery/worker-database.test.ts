import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import { prepareDeliveries } from './test-deliveries';
import { startHoldingReceiver, startReceiver } from './test-receiver';

describe('a database that fails for a while', () => {
  const rename = (from: string, to: string) =>
    sql`alter table ${sql.table(from)} rename to ${sql.table(to)}`;

  it('loses no result, and sends nothing twice', async () => {
    const deliveries = await prepareDeliveries();
    const { held, receiver } = await startHoldingReceiver();
    const webhook = await deliveries.addWebhook(receiver.url);
    const [id = ''] = await deliveries.accept([webhook]);
    const worker = deliveries.start();
    await receiver.hasReceived(1);
    await rename('attempt', 'gone').execute(deliveries.db);
    held[0]?.();
    await deliveries.hasLogged('the delivery worker cannot use the database');
    expect(worker.running).toBe(true);
    await rename('gone', 'attempt').execute(deliveries.db);
    worker.wake();
    await deliveries.hasTried(id, 1);
    expect(await deliveries.status(id)).toBe('succeeded');
    expect(receiver.received).toHaveLength(1);
  });

  it('is asked again for what is due', async () => {
    const deliveries = await prepareDeliveries();
    const receiver = await startReceiver();
    const webhook = await deliveries.addWebhook(receiver.url);
    const worker = deliveries.start();
    const [id = ''] = await deliveries.accept([webhook]);
    await rename('webhook', 'gone').execute(deliveries.db);
    worker.wake([webhook]);
    await deliveries.hasLogged('the delivery worker cannot use the database');
    await rename('gone', 'webhook').execute(deliveries.db);
    worker.wake([]);
    await deliveries.hasTried(id, 1);
    expect(receiver.received).toHaveLength(1);
  });

  it('does not keep the worker from stopping', async () => {
    const deliveries = await prepareDeliveries();
    const { held, receiver } = await startHoldingReceiver();
    const webhook = await deliveries.addWebhook(receiver.url);
    await deliveries.accept([webhook]);
    const worker = deliveries.start();
    await receiver.hasReceived(1);
    await rename('attempt', 'gone').execute(deliveries.db);
    const stopping = worker.stop();
    held[0]?.();
    await stopping;
    expect(deliveries.logged.length).toBeGreaterThan(1);
  }, 20_000);
});
