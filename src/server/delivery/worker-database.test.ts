import { setImmediate as nextRound } from 'node:timers/promises';

import { sql } from 'kysely';
import { describe, expect, it, vi } from 'vitest';

import { prepareDeliveries, type Deliveries } from './test-deliveries';
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

describe('a database that is busy with something else', () => {
  /** Keeps the database from the worker until it is released. */
  async function occupy({ db }: Deliveries) {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isHeld = () => {};
    const held = new Promise<void>((resolve) => {
      isHeld = resolve;
    });
    void db.transaction().execute(() => {
      isHeld();
      return released;
    });
    await held;
    return release;
  }

  it('does not lose the results that come in meanwhile', async () => {
    const deliveries = await prepareDeliveries();
    const { held, receiver } = await startHoldingReceiver(1);
    const webhook = await deliveries.addWebhook(receiver.url);
    await deliveries.accept([webhook]);
    const [first = ''] = await deliveries.accept([webhook]);
    const [second = ''] = await deliveries.accept([webhook]);
    deliveries.start();
    await receiver.hasReceived(3);

    const release = await occupy(deliveries);
    const transaction = vi.spyOn(deliveries.db, 'transaction');
    held[0]?.();
    await vi.waitFor(() => expect(transaction).toHaveBeenCalledOnce(), { interval: 1 });
    held[1]?.();
    // Both ends of the connection are in this process: soon enough the answer is there.
    for (let round = 0; round < 50; round += 1) await nextRound();
    release();
    await deliveries.hasTried(first, 1);
    await deliveries.hasTried(second, 1);
    expect(receiver.received).toHaveLength(3);
  });

  it('does not keep it from events that are accepted in the middle of a turn', async () => {
    const deliveries = await prepareDeliveries();
    const { held, receiver } = await startHoldingReceiver();
    const other = await startReceiver();
    const webhook = await deliveries.addWebhook(receiver.url);
    const unknown = await deliveries.addWebhook(other.url);
    await deliveries.accept([webhook]);
    const worker = deliveries.start();
    await receiver.hasReceived(1);

    const release = await occupy(deliveries);
    const transaction = vi.spyOn(deliveries.db, 'transaction');
    // In the order in which they get the database: the event, the worker's turn.
    const accepted = deliveries.accept([unknown]).then((ids) => {
      worker.wake();
      return ids;
    });
    held[0]?.();
    await vi.waitFor(() => expect(transaction).toHaveBeenCalledTimes(2), { interval: 1 });
    release();
    const [id = ''] = await accepted;
    await deliveries.hasTried(id, 1);
    expect(other.received).toHaveLength(1);
  });
});
