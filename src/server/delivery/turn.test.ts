import { expect, it } from 'vitest';

import { HostSlots } from './host-slots';
import { prepareDeliveries } from './test-deliveries';
import { takeTurn } from './turn';

it('remembers where webhooks lead to while they have pending deliveries, however many', async () => {
  const { db, clock, addWebhook, accept } = await prepareDeliveries();
  const slots = new HostSlots();
  const webhook = await addWebhook('http://127.0.0.1:1');
  const turn = {
    ended: [],
    webhookIds: [webhook],
    room: 256,
    now: clock.now,
    leaseEnd: clock.now + 1,
  };
  await accept([webhook]);
  const { claimed } = await takeTurn(db, slots, turn);
  expect(claimed).toHaveLength(1);
  for (let index = 0; index < 25_000; index += 1) slots.note(`w${index}`, 'other');
  for (let count = 0; count < 8; count += 1) slots.take('127.0.0.1:1');
  expect(slots.freeFor(webhook)).toBe(0);
  await db.updateTable('delivery').set({ status: 'succeeded', in_flight: 0 }).execute();
  await takeTurn(db, slots, turn);
  expect(slots.freeFor(webhook)).toBe(8);
});
