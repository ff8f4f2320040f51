import { sql } from 'kysely';
import { expect, it, vi } from 'vitest';

import { HostSlots } from './host-slots';
import { prepareDeliveries, type Deliveries } from './test-deliveries';
import { takeTurn, type Turn } from './turn';

const witnesses = { matchingWebhooks: { invalidate() {} } };

function turnOf({ clock }: Deliveries, webhookIds: string[], change: Partial<Turn> = {}): Turn {
  return {
    ended: [],
    webhookIds,
    room: () => 256,
    now: clock.now,
    leaseEnd: clock.now + 1,
    ...change,
  };
}

it('remembers where webhooks lead to while they have pending deliveries, however many', async () => {
  const deliveries = await prepareDeliveries();
  const { db, addWebhook, accept } = deliveries;
  const slots = new HostSlots();
  const webhook = await addWebhook('http://127.0.0.1:1');
  const turn = turnOf(deliveries, [webhook]);
  await accept([webhook]);
  slots.release('127.0.0.1:1', 'answers');
  const { claimed } = await takeTurn(db, slots, turn, witnesses);
  expect(claimed).toHaveLength(1);
  for (let index = 0; index < 25_000; index += 1) slots.note(`w${index}`, 'other');
  for (let count = 0; count < 7; count += 1) slots.take('127.0.0.1:1');
  expect(slots.freeFor(webhook)).toBe(0);
  await db.updateTable('delivery').set({ status: 'succeeded', in_flight: 0 }).execute();
  await takeTurn(db, slots, turn, witnesses);
  expect(slots.freeFor(webhook)).toBe(8);
});

it('gives slots back if what was claimed cannot be committed', async () => {
  const deliveries = await prepareDeliveries();
  const slots = new HostSlots();
  const webhook = await deliveries.addWebhook('http://127.0.0.1:1');
  await deliveries.accept([webhook]);
  const { db } = deliveries;
  await sql`create trigger broken before update on delivery begin select raise(abort, 'no'); end`.execute(
    db,
  );
  await expect(takeTurn(db, slots, turnOf(deliveries, [webhook]), witnesses)).rejects.toThrow('no');
  expect(slots.taken).toBe(0);
  await sql`drop trigger broken`.execute(db);
  const { claimed } = await takeTurn(db, slots, turnOf(deliveries, [webhook]), witnesses);
  expect([claimed.length, slots.taken]).toEqual([1, 1]);
});

it('shares the slots of a host among its webhooks, however long their queues', async () => {
  const deliveries = await prepareDeliveries();
  const webhooks = await Promise.all(
    ['a', 'b', 'c'].map((path) => deliveries.addWebhook(`http://127.0.0.1:1/${path}`)),
  );
  const [first = '', second = '', third = ''] = webhooks;
  const ids = new Map(webhooks.map((webhook): [string, string[]] => [webhook, []]));
  for (let count = 0; count < 9; count += 1) {
    for (const webhook of count < 2 ? webhooks : [first]) {
      ids.get(webhook)?.push(...(await deliveries.accept([webhook])));
    }
  }
  const slots = new HostSlots();
  slots.release('127.0.0.1:1', 'answers');
  slots.take('127.0.0.1:1');
  const { claimed } = await takeTurn(deliveries.db, slots, turnOf(deliveries, webhooks), witnesses);
  const claimedOf = (id: string) =>
    claimed.filter(({ webhook_id }) => webhook_id === id).map((delivery) => delivery.id);
  expect(claimedOf(first)).toEqual(ids.get(first)?.slice(0, 3));
  expect(claimedOf(second)).toEqual(ids.get(second));
  expect(claimedOf(third)).toEqual(ids.get(third));
});

it('takes no more to hosts that are new or failed last than their slots, within one turn too', async () => {
  const deliveries = await prepareDeliveries();
  const hosts = Array.from({ length: 20 }, (_, index) => `127.0.0.1:${index + 1}`);
  const webhooks = await Promise.all(hosts.map((host) => deliveries.addWebhook(`http://${host}`)));
  for (let count = 0; count < 9; count += 1) await deliveries.accept(webhooks);
  let now = 0;
  const slots = new HostSlots(() => (now += 1000));
  const turn = turnOf(deliveries, webhooks);
  const { claimed: first } = await takeTurn(deliveries.db, slots, turn, witnesses);
  expect(first.map(({ host }) => host)).toEqual(hosts);
  for (const host of hosts) slots.release(host, 'fails');
  const { claimed } = await takeTurn(deliveries.db, slots, turn, witnesses);
  // They share alike: with 80 of the 128 taken, a sixteenth of the others is less than 4.
  for (const host of hosts) expect(claimed.filter((one) => one.host === host)).toHaveLength(4);
});

it('looks at no queue if the slots went to others after it was planned', async () => {
  const deliveries = await prepareDeliveries();
  const webhook = await deliveries.addWebhook('http://127.0.0.1:1');
  for (let count = 0; count < 3; count += 1) await deliveries.accept([webhook]);
  const slots = new HostSlots();
  slots.note(webhook, '127.0.0.1:1');
  slots.release('127.0.0.1:1', 'answers');
  for (let count = 0; count < 9; count += 1) slots.take('127.0.0.1:1');
  const note = vi.spyOn(slots, 'note');
  const result = await takeTurn(deliveries.db, slots, turnOf(deliveries, [webhook]), witnesses);
  expect(note).not.toHaveBeenCalled();
  expect(result.claimed).toEqual([]);
  expect(result.next).toMatchObject([{ webhook_id: webhook }]);
});

it('takes no more than there is room for when it comes to choose', async () => {
  const deliveries = await prepareDeliveries();
  const slots = new HostSlots();
  slots.release('127.0.0.1:1', 'answers');
  const webhook = await deliveries.addWebhook('http://127.0.0.1:1');
  for (let count = 0; count < 5; count += 1) await deliveries.accept([webhook]);
  let room = 5;
  const turn = turnOf(deliveries, [webhook], { room: () => room });
  const taken = deliveries.db.transaction().execute(async () => {
    const taking = takeTurn(deliveries.db, slots, turn, witnesses);
    // Others take slots while the turn waits for the connection.
    room = 2;
    return { taking };
  });
  const { claimed } = await (await taken).taking;
  expect(claimed).toHaveLength(2);
});
