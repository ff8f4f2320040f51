import { describe, expect, it } from 'vitest';

import type { ClaimedDelivery } from './attempt';
import { enqueueDeliveries, planDelivery } from './enqueue';
import { hostOf } from './host-slots';
import { prepareDeliveries, type Deliveries } from './test-deliveries';
import { startHoldingReceiver, startReceiver } from './test-receiver';
import type { Reservation, Worker } from './worker';

const hostAt = (target_url: string) => hostOf({ target_url, enabled: 1 });

/** A worker whose receiver's host has answered; without that nothing gets a place. */
async function startKnowing(deliveries: Deliveries, url: string) {
  const webhook = await deliveries.addWebhook(url);
  const [first = ''] = await deliveries.accept([webhook]);
  const worker = deliveries.start();
  await deliveries.hasTried(first, 1);
  return { worker, webhook };
}

/** Commits a delivery that has a place and begins it, as the intake does. */
async function begin({ db, clock }: Deliveries, place: Reservation, webhook: string, url: string) {
  const event = {
    organization_id: 'o',
    id: 'e',
    event_type: 'DEPLOYMENT_STARTED',
    accepted_at: clock.now,
  } as const;
  const planned = planDelivery(event, { id: webhook, kind: 'STANDARD', target_url: url });
  const row = { ...planned, attempt: 1, in_flight: 1 as const, run_at: place.leaseEnd };
  await enqueueDeliveries(db, [row]);
  const delivery: ClaimedDelivery = {
    ...row,
    trigger: 'event',
    schedule_step: 0,
    target_url: url,
    target_secret: null,
    enabled: 1,
    body: '{"begun":1}',
    host: hostAt(url),
  };
  place.begin(delivery);
  return row.id;
}

function reserveAll(worker: Worker, webhook: { id: string; host: string }): Reservation[] {
  const places: Reservation[] = [];
  for (let place = worker.reserve(webhook); place; place = worker.reserve(webhook)) {
    places.push(place);
  }
  return places;
}

describe('a new delivery', () => {
  it('to a host that answers begins without a turn, and is recorded', async () => {
    const deliveries = await prepareDeliveries();
    const receiver = await startReceiver();
    const { worker, webhook } = await startKnowing(deliveries, receiver.url);
    const place = worker.reserve({ id: webhook, host: hostAt(receiver.url) });
    if (!place) throw new Error('no place');
    const id = await begin(deliveries, place, webhook, receiver.url);
    await deliveries.hasTried(id, 1);
    expect(receiver.received.at(-1)).toMatchObject({ body: '{"begun":1}' });
    expect(await deliveries.status(id)).toBe('succeeded');
    expect(await deliveries.attempts(id)).toMatchObject([{ attempt: 1, status_code: 200 }]);
  });

  it('leaves a quarter of the slots of its host to those that wait, and a slot given back is free', async () => {
    const deliveries = await prepareDeliveries();
    const receiver = await startReceiver();
    const { worker, webhook } = await startKnowing(deliveries, receiver.url);
    const places = reserveAll(worker, { id: webhook, host: hostAt(receiver.url) });
    expect(places).toHaveLength(6);
    for (const place of places) place.giveBack();
    const again = reserveAll(worker, { id: webhook, host: hostAt(receiver.url) });
    expect(again).toHaveLength(6);
    for (const place of again) place.giveBack();
  });

  it('waits if its host has never answered', async () => {
    const deliveries = await prepareDeliveries();
    const receiver = await startReceiver();
    const { worker, webhook } = await startKnowing(deliveries, receiver.url);
    expect(worker.reserve({ id: webhook, host: '127.0.0.1:1' })).toBeNull();
  });

  it('waits behind earlier ones of its webhook', async () => {
    const deliveries = await prepareDeliveries();
    const { held, receiver } = await startHoldingReceiver();
    const webhook = await deliveries.addWebhook(receiver.url);
    const [first = ''] = await deliveries.accept([webhook]);
    const worker = deliveries.start();
    await receiver.hasReceived(1);
    held[0]?.();
    await deliveries.hasTried(first, 1);
    for (let count = 0; count < 9; count += 1) await deliveries.accept([webhook]);
    worker.wake([webhook]);
    expect(worker.reserve({ id: webhook, host: hostAt(receiver.url) })).toBeNull();
    await receiver.hasReceived(9);
    expect(worker.reserve({ id: webhook, host: hostAt(receiver.url) })).toBeNull();
    for (let answered = 1; answered < 10; answered += 1) {
      await receiver.hasReceived(answered + 1);
      held[answered]?.();
    }
  });

  it('waits for the next process if this one stops, which ends only with what has begun', async () => {
    const deliveries = await prepareDeliveries();
    const { held, receiver } = await startHoldingReceiver();
    const webhook = await deliveries.addWebhook(receiver.url);
    const [first = ''] = await deliveries.accept([webhook]);
    const worker = deliveries.start();
    await receiver.hasReceived(1);
    held[0]?.();
    await deliveries.hasTried(first, 1);
    const place = worker.reserve({ id: webhook, host: hostAt(receiver.url) });
    if (!place) throw new Error('no place');
    const stopped = worker.stop();
    expect(worker.reserve({ id: webhook, host: hostAt(receiver.url) })).toBeNull();
    const id = await begin(deliveries, place, webhook, receiver.url);
    await receiver.hasReceived(2);
    held[1]?.();
    await stopped;
    expect(await deliveries.attempts(id)).toMatchObject([{ attempt: 1, status_code: 200 }]);
  });

  it('waits until the leases of a process that died are released', async () => {
    const deliveries = await prepareDeliveries();
    const webhook = await deliveries.addWebhook('http://127.0.0.1:1');
    const worker = deliveries.start();
    expect(worker.reserve({ id: webhook, host: '127.0.0.1:1' })).toBeNull();
  });
});
