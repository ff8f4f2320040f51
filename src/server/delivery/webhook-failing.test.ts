import { describe, expect, it } from 'vitest';

import { prepareDeliveries } from './test-deliveries';
import { startReceiver } from './test-receiver';

const day = 86_400_000;

/** A webhook whose receiver fails until it is told otherwise; a delivery has one attempt. */
async function startFailing(secret?: string) {
  const deliveries = await prepareDeliveries();
  const answer = { status: 503 };
  const receiver = await startReceiver((_request, response) => {
    response.writeHead(answer.status).end();
  });
  const webhook = await deliveries.addWebhook(receiver.url, { ...(secret && { secret }) });
  const worker = deliveries.start({ retrySchedule: [] });
  const start = deliveries.clock.now;
  return {
    ...deliveries,
    webhook,
    answer,
    receiver,
    /** Delivers so many events, a time after the beginning. */
    async deliver(count: number, time: number) {
      deliveries.clock.now = start + time;
      for (let done = 0; done < count; done += 1) {
        const [id = ''] = await deliveries.accept([webhook]);
        worker.wake();
        await deliveries.hasTried(id, 1);
      }
    },
    row: () =>
      deliveries.db
        .selectFrom('webhook')
        .select(['enabled', 'disabled_reason', 'disabled_at', 'version'])
        .where('id', '=', webhook)
        .executeTakeFirstOrThrow(),
    streak: () =>
      deliveries.db
        .selectFrom('webhook_health')
        .select(['failing_since', 'failed_deliveries', 'failed_days'])
        .where('webhook_id', '=', webhook)
        .executeTakeFirstOrThrow(),
  };
}

const untouched = { enabled: 1, disabled_reason: null, disabled_at: null, version: 1 };

describe('a webhook whose receiver fails for long', () => {
  it('is disabled with the failure that makes it 5 days', async () => {
    const { deliver, row, clock, logged, webhook } = await startFailing();
    await deliver(5, 0);
    await deliver(5, 2 * day);
    await deliver(1, 5 * day - 1);
    expect(await row()).toEqual(untouched);
    await deliver(1, 5 * day);
    expect(await row()).toEqual({
      enabled: 0,
      disabled_reason: 'FAILING',
      disabled_at: clock.now,
      version: 2,
    });
    expect(logged.at(-1)).toMatchObject({ msg: 'webhook disabled', webhook, reason: 'FAILING' });
  });

  it('is disabled with the tenth delivery, on the third day', async () => {
    const { deliver, row } = await startFailing();
    await deliver(7, 0);
    await deliver(1, 5 * day);
    await deliver(1, 6 * day);
    expect(await row()).toEqual(untouched);
    await deliver(1, 6 * day);
    expect(await row()).toMatchObject({ enabled: 0, disabled_reason: 'FAILING' });
  });

  it('is not disabled on the second day', async () => {
    const { deliver, row } = await startFailing();
    await deliver(10, 0);
    await deliver(2, 7 * day);
    expect(await row()).toEqual(untouched);
    await deliver(1, 8 * day);
    expect(await row()).toMatchObject({ enabled: 0, disabled_reason: 'FAILING' });
  });

  it('begins anew with a success', async () => {
    const { deliver, row, answer, streak } = await startFailing();
    await deliver(9, 0);
    await deliver(1, 2 * day);
    answer.status = 204;
    await deliver(1, 4 * day);
    expect(await streak()).toEqual({ failing_since: null, failed_deliveries: 0, failed_days: 0 });
    answer.status = 503;
    await deliver(2, 5 * day);
    expect(await row()).toEqual(untouched);
    expect(await streak()).toMatchObject({ failed_deliveries: 2, failed_days: 1 });
  });

  it('is disabled once', async () => {
    const { deliver, row } = await startFailing();
    await deliver(9, 0);
    await deliver(1, 2 * day);
    await deliver(1, 5 * day);
    await deliver(3, 6 * day);
    expect(await row()).toMatchObject({ enabled: 0, version: 2 });
  });
});

it('does not count what was not sent for reasons of our own', async () => {
  const { deliver, row, streak, setWebhook, webhook, receiver } = await startFailing('a secret');
  await deliver(9, 0);
  await deliver(1, 2 * day);
  const before = await streak();
  await setWebhook(webhook, { target_secret: '1:0:bad' });
  await deliver(3, 6 * day);
  await setWebhook(webhook, { enabled: 0 });
  await deliver(3, 7 * day);
  expect(await streak()).toEqual(before);
  expect(await row()).toMatchObject({ disabled_reason: null, version: 1 });
  expect(receiver.received).toHaveLength(10);
});

it('does not count what the guard refused, but shows it', async () => {
  const { deliver, row, streak, setWebhook, webhook, db } = await startFailing();
  await setWebhook(webhook, { target_url: 'http://10.1.2.3/' });
  await deliver(9, 0);
  await deliver(1, 2 * day);
  await deliver(1, 6 * day);
  expect(await streak()).toMatchObject({ failing_since: null, failed_deliveries: 0 });
  expect(await row()).toEqual(untouched);
  const health = db.selectFrom('webhook_health').select(['last', 'last_failure_error']);
  expect(await health.execute()).toEqual([
    { last: JSON.stringify(Array(11).fill(0)), last_failure_error: 'refused: private address' },
  ]);
});

it('does not count how another URL answers', async () => {
  const deliveries = await prepareDeliveries();
  const held: ((status: number) => void)[] = [];
  const receiver = await startReceiver((_request, response) => {
    held.push((status) => response.writeHead(status).end());
  });
  const webhook = await deliveries.addWebhook(receiver.url);
  const worker = deliveries.start({ retrySchedule: [] });
  const streak = deliveries.db.selectFrom('webhook_health').select('failing_since');
  const deliver = async (status: number, url: string) => {
    const [id = ''] = await deliveries.accept([webhook]);
    worker.wake();
    await receiver.hasReceived(receiver.received.length + 1);
    await deliveries.setWebhook(webhook, { target_url: url });
    held.shift()?.(status);
    await deliveries.hasTried(id, 1);
    return streak.executeTakeFirst();
  };
  // Neither do failures there count against the present one, nor does a success there for it.
  expect(await deliver(500, `${receiver.url}/new`)).toEqual({ failing_since: null });
  const failing = await deliver(500, `${receiver.url}/new`);
  expect(failing).toEqual({ failing_since: deliveries.clock.now });
  deliveries.clock.now += 1000;
  expect(await deliver(200, `${receiver.url}/newer`)).toEqual(failing);
});
