import { describe, expect, it } from 'vitest';

import { prepareDeliveries, deliveriesOn, type Deliveries } from './test-deliveries';
import { startReceiver, type Answer } from './test-receiver';

const gone: Answer = (_request, response) => void response.writeHead(410).end();

/** A receiver that answers when it is told to. */
async function startWaitingReceiver() {
  const held: ((status: number) => void)[] = [];
  const receiver = await startReceiver((_request, response) => {
    held.push((status) => response.writeHead(status).end());
  });
  return { receiver, answer: (status: number) => held.shift()?.(status) };
}

async function webhookRow({ db }: Deliveries, id: string) {
  const query = db.selectFrom('webhook').selectAll().where('id', '=', id);
  return query.executeTakeFirstOrThrow();
}

describe('an answer 410', () => {
  it('disables the webhook, and ends that delivery', async () => {
    const invalidated: string[][] = [];
    const { db, clock } = await prepareDeliveries();
    const deliveries = deliveriesOn(db, clock, {
      invalidate: (...names) => void invalidated.push(names),
    });
    const receiver = await startReceiver(gone);
    const webhook = await deliveries.addWebhook(receiver.url, { version: 7 });
    const other = await deliveries.addWebhook(`${receiver.url}/other`);
    const [id = ''] = await deliveries.accept([webhook]);
    deliveries.start();
    await deliveries.hasTried(id, 1);

    expect(await deliveries.status(id)).toBe('failed');
    expect(await deliveries.attempts(id)).toMatchObject([
      { attempt: 1, status_code: 410, error: 'answered 410', next_attempt_at: null },
    ]);
    expect(await webhookRow(deliveries, webhook)).toMatchObject({
      enabled: 0,
      disabled_reason: 'GONE',
      disabled_at: deliveries.clock.now,
      updated_at: deliveries.clock.now,
      version: 8,
    });
    expect(await webhookRow(deliveries, other)).toMatchObject({ enabled: 1, version: 1 });
    expect(invalidated).toEqual([['00000000-0000-4000-8000-000000000001', webhook]]);
    expect(deliveries.logged.at(-1)).toMatchObject({
      msg: 'webhook disabled',
      webhook,
      reason: 'GONE',
    });
  });

  it('lets the other deliveries of the webhook end as cancelled', async () => {
    const deliveries = await prepareDeliveries();
    let answers = 0;
    const receiver = await startReceiver((_request, response) => {
      answers += 1;
      response.writeHead(answers === 1 ? 500 : 410).end();
    });
    const webhook = await deliveries.addWebhook(receiver.url);
    const [pending = ''] = await deliveries.accept([webhook]);
    const worker = deliveries.start();
    await deliveries.hasTried(pending, 1);
    const [last = ''] = await deliveries.accept([webhook]);
    worker.wake();
    await deliveries.hasTried(last, 1);
    expect(await deliveries.status(pending)).toBe('pending');
    deliveries.clock.now += 1000;
    worker.wake();
    await deliveries.hasTried(pending, 2);
    expect(await deliveries.status(pending)).toBe('cancelled');
    expect(await deliveries.attempts(pending)).toMatchObject([
      { status_code: 500 },
      { status_code: 0, error: 'not sent: the webhook is disabled', next_attempt_at: null },
    ]);
    expect(await deliveries.status(last)).toBe('failed');
    expect(receiver.received).toHaveLength(2);
  });

  it.each<[string, (deliveries: Deliveries, id: string, url: string) => Promise<unknown>]>([
    ['whose URL has changed', (d, id, url) => d.setWebhook(id, { target_url: `${url}/new` })],
    ['that was disabled', (d, id) => d.setWebhook(id, { enabled: 0, version: 2 })],
    ['that was deleted', (d, id) => d.db.deleteFrom('webhook').where('id', '=', id).execute()],
  ])('for a webhook %s meanwhile is a failure like any other', async (_what, change) => {
    const deliveries = await prepareDeliveries();
    const { receiver, answer } = await startWaitingReceiver();
    const webhook = await deliveries.addWebhook(receiver.url);
    const [id = ''] = await deliveries.accept([webhook]);
    deliveries.start();
    await receiver.hasReceived(1);
    await change(deliveries, webhook, receiver.url);
    const rows = deliveries.db.selectFrom('webhook').selectAll();
    const before = await rows.execute();
    answer(410);
    await deliveries.hasTried(id, 1);
    expect(await rows.execute()).toEqual(before);
    expect(await deliveries.status(id)).toBe('pending');
    expect(await deliveries.attempts(id)).toMatchObject([
      { status_code: 410, next_attempt_at: deliveries.clock.now + 1000 },
    ]);
  });

  it('to an attempt from before the webhook was enabled again is a failure like others', async () => {
    const deliveries = await prepareDeliveries();
    const { receiver, answer } = await startWaitingReceiver();
    const webhook = await deliveries.addWebhook(receiver.url);
    const [id = ''] = await deliveries.accept([webhook]);
    deliveries.start();
    await receiver.hasReceived(1);
    deliveries.clock.now += 5000;
    await deliveries.setWebhook(webhook, { version: 3, updated_at: deliveries.clock.now });
    answer(410);
    await deliveries.hasTried(id, 1);
    expect(await webhookRow(deliveries, webhook)).toMatchObject({ enabled: 1, version: 3 });
    expect(await deliveries.status(id)).toBe('pending');
  });

  it('disables a webhook again that was enabled again', async () => {
    const deliveries = await prepareDeliveries();
    const receiver = await startReceiver(gone);
    const webhook = await deliveries.addWebhook(receiver.url);
    const [first = ''] = await deliveries.accept([webhook]);
    const worker = deliveries.start();
    await deliveries.hasTried(first, 1);
    const cleared = { enabled: 1, disabled_reason: null, disabled_at: null, version: 3 } as const;
    await deliveries.setWebhook(webhook, cleared);
    deliveries.clock.now += 5000;
    const [second = ''] = await deliveries.accept([webhook]);
    worker.wake();
    await deliveries.hasTried(second, 1);
    expect(await webhookRow(deliveries, webhook)).toMatchObject({
      enabled: 0,
      disabled_reason: 'GONE',
      disabled_at: deliveries.clock.now,
      version: 4,
    });
  });

  it('counts once, however many come together', async () => {
    const deliveries = await prepareDeliveries();
    const { receiver, answer } = await startWaitingReceiver();
    const webhook = await deliveries.addWebhook(receiver.url);
    const [first = ''] = await deliveries.accept([webhook]);
    const worker = deliveries.start();
    // Only then has the host room for more than one at a time.
    await receiver.hasReceived(1);
    answer(200);
    await deliveries.hasTried(first, 1);
    const ids: string[] = [];
    for (let count = 0; count < 4; count += 1) ids.push(...(await deliveries.accept([webhook])));
    worker.wake();
    await receiver.hasReceived(5);
    for (let count = 0; count < 4; count += 1) answer(410);
    for (const id of ids) await deliveries.hasTried(id, 1);
    expect(await webhookRow(deliveries, webhook)).toMatchObject({ enabled: 0, version: 2 });
  });
});

it('is in the log, in health and in the webhook together, or nowhere', async () => {
  const { db, clock } = await prepareDeliveries();
  let isBroken = true;
  const deliveries = deliveriesOn(db, clock, {
    invalidate() {
      if (isBroken) throw new Error('not yet');
    },
  });
  const receiver = await startReceiver(gone);
  const webhook = await deliveries.addWebhook(receiver.url);
  const [id = ''] = await deliveries.accept([webhook]);
  const worker = deliveries.start();
  await deliveries.hasLogged('the delivery worker cannot use the database');
  const health = db.selectFrom('webhook_health').select(['webhook_id', 'last']);
  expect(await deliveries.attempts(id)).toEqual([]);
  expect(await health.execute()).toEqual([]);
  expect(await webhookRow(deliveries, webhook)).toMatchObject({ enabled: 1, version: 1 });
  expect(await deliveries.status(id)).toBe('pending');

  isBroken = false;
  worker.wake();
  await deliveries.hasTried(id, 1);
  expect(await deliveries.attempts(id)).toMatchObject([{ status_code: 410 }]);
  expect(await health.execute()).toEqual([{ webhook_id: webhook, last: '[410]' }]);
  expect(await webhookRow(deliveries, webhook)).toMatchObject({ enabled: 0, version: 2 });
  expect(receiver.received).toHaveLength(1);
});
