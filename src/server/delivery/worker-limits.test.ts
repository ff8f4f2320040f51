import { setImmediate as nextRound } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { prepareDeliveries, type Deliveries } from './test-deliveries';
import { startHoldingReceiver, startReceiver } from './test-receiver';

describe('a host', () => {
  it('has at most 8 attempts in flight, and holds up no other', async () => {
    const deliveries = await prepareDeliveries();
    const { held, receiver: slow } = await startHoldingReceiver(1);
    const quick = await startReceiver();
    const webhooks = [await deliveries.addWebhook(slow.url), await deliveries.addWebhook(slow.url)];
    await deliveries.accept(webhooks.slice(0, 1));
    for (let count = 0; count < 10; count += 1) await deliveries.accept(webhooks);
    const other = await deliveries.addWebhook(quick.url);
    const worker = deliveries.start();
    await slow.hasReceived(9);

    const [id = ''] = await deliveries.accept([other]);
    worker.wake([other]);
    await deliveries.hasTried(id, 1);
    expect(slow.received).toHaveLength(9);
    const leased = deliveries.db.selectFrom('delivery').select('id').where('in_flight', '=', 1);
    expect(await leased.execute()).toHaveLength(8);

    for (let answered = 0; answered < 20; answered += 1) {
      await slow.hasReceived(Math.min(answered + 9, 21));
      held[answered]?.();
    }
    expect(new Set(slow.received.map(({ headers }) => headers['webhook-id'])).size).toBe(21);
  });
});

it('has at most 256 attempts in flight', async () => {
  const deliveries = await prepareDeliveries();
  const hosts = 33;
  const held: (() => void)[] = [];
  const receivers = await Promise.all(
    Array.from({ length: hosts }, async () => (await startHoldingReceiver(1, held)).receiver),
  );
  const webhooks = await Promise.all(receivers.map(({ url }) => deliveries.addWebhook(url)));
  for (let count = 0; count < 9; count += 1) await deliveries.accept(webhooks);
  deliveries.start();
  while (held.length < 256) await nextRound();
  expect(await leased(deliveries)).toBe(256);
  for (let answered = 0; answered < hosts * 8; answered += 1) {
    while (held.length <= answered) await nextRound();
    expect(held.length - answered).toBeLessThanOrEqual(256);
    held[answered]?.();
  }
  expect(held).toHaveLength(hosts * 8);
}, 20_000);

async function leased({ db }: Deliveries): Promise<number> {
  const rows = await db.selectFrom('delivery').select('id').where('in_flight', '=', 1).execute();
  return rows.length;
}
