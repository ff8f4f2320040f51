import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';

import { prepareDeliveries } from './test-deliveries';
import { startReceiver, type Answer } from './test-receiver';

const failing: Answer = (_request, response) => void response.writeHead(500).end('broken');

describe('an event', () => {
  it('reaches its webhooks with the stored body, signed under the delivery id', async () => {
    const deliveries = await prepareDeliveries();
    const receiver = await startReceiver();
    const secret = `whsec_${Buffer.alloc(32, 's').toString('base64')}`;
    const webhook = await deliveries.addWebhook(`${receiver.url}/a`, { secret });
    deliveries.clock.now = Date.now();
    const [id = ''] = await deliveries.accept([webhook]);
    deliveries.start();
    await deliveries.hasTried(id, 1);

    const [request] = receiver.received;
    expect(request?.path).toBe('/a');
    expect(request?.headers['webhook-id']).toBe(id);
    const headers = request?.headers as Record<string, string>;
    expect(new Webhook(secret).verify(request?.body ?? '', headers)).toEqual({ standard: 'ü' });
    expect(await deliveries.status(id)).toBe('succeeded');
    expect(await deliveries.attempts(id)).toMatchObject([
      { attempt: 1, max_attempts: 3, status_code: 200, error: null, next_attempt_at: null },
    ]);
  });

  it('gets to SLACK webhooks as a message', async () => {
    const deliveries = await prepareDeliveries();
    const receiver = await startReceiver();
    const webhook = await deliveries.addWebhook(receiver.url, { kind: 'SLACK' });
    const [id = ''] = await deliveries.accept([webhook], { kind: 'SLACK' });
    deliveries.start();
    await deliveries.hasTried(id, 1);
    expect(receiver.received[0]?.body).toBe('{"text":"slack"}');
  });

  it.each([
    ['named', true],
    ['not named', false],
  ])(
    'accepted while the worker sleeps is sent when it is woken, webhooks %s',
    async (_how, named) => {
      const deliveries = await prepareDeliveries();
      const receiver = await startReceiver();
      const webhook = await deliveries.addWebhook(receiver.url);
      const worker = deliveries.start();
      const [first = ''] = await deliveries.accept([webhook]);
      worker.wake();
      await deliveries.hasTried(first, 1);
      const [second = ''] = await deliveries.accept([webhook]);
      worker.wake(named ? [webhook] : undefined);
      await deliveries.hasTried(second, 1);
      expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([
        first,
        second,
      ]);
    },
  );

  it('is logged in one line an attempt, without URL, secret and body', async () => {
    const deliveries = await prepareDeliveries();
    const receiver = await startReceiver(failing);
    const webhook = await deliveries.addWebhook(`${receiver.url}/token-in-path`, {
      secret: 'hush-hush',
    });
    const [id = ''] = await deliveries.accept([webhook]);
    deliveries.start();
    await deliveries.hasTried(id, 1);
    expect(deliveries.logged).toHaveLength(1);
    expect(deliveries.logged[0]).toMatchObject({
      webhook,
      delivery: id,
      attempt: 1,
      status: 500,
      error: 'answered 500',
    });
    const text = JSON.stringify([deliveries.logged, await deliveries.attempts(id)]);
    expect(text).not.toContain('hush-hush');
    expect(JSON.stringify(deliveries.logged)).not.toMatch(/token-in-path|broken|standard/);
  });
});

describe('a delivery that fails', () => {
  it('is tried again by the schedule with the same id and bytes, to its end', async () => {
    const deliveries = await prepareDeliveries();
    const receiver = await startReceiver(failing);
    const webhook = await deliveries.addWebhook(receiver.url, { secret: 'raw' });
    const [id = ''] = await deliveries.accept([webhook]);
    const start = deliveries.clock.now;
    const worker = deliveries.start();
    await deliveries.hasTried(id, 1);

    deliveries.clock.now = start + 999;
    worker.wake();
    deliveries.clock.now = start + 1000;
    worker.wake();
    await deliveries.hasTried(id, 2);
    expect(await deliveries.status(id)).toBe('pending');
    deliveries.clock.now = start + 61_000;
    worker.wake();
    await deliveries.hasTried(id, 3);

    expect(await deliveries.status(id)).toBe('failed');
    expect(await deliveries.attempts(id)).toMatchObject([
      { attempt: 1, status_code: 500, error: 'answered 500', next_attempt_at: start + 1000 },
      { attempt: 2, started_at: start + 1000, next_attempt_at: start + 61_000 },
      { attempt: 3, started_at: start + 61_000, next_attempt_at: null, response_body: 'broken' },
    ]);
    const { received } = receiver;
    expect(received).toHaveLength(3);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    expect(new Set(received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([id]));
    // Time and signature are those of the attempt.
    expect(new Set(received.map(({ headers }) => headers['webhook-signature'])).size).toBe(3);
  });

  it('has the whole schedule again when that starts anew, and stays in the log', async () => {
    const deliveries = await prepareDeliveries();
    const receiver = await startReceiver(failing);
    const webhook = await deliveries.addWebhook(receiver.url);
    const [id = ''] = await deliveries.accept([webhook]);
    const worker = deliveries.start({ retrySchedule: [0] });
    await deliveries.hasTried(id, 2);
    expect(await deliveries.status(id)).toBe('failed');
    await deliveries.db
      .updateTable('delivery')
      .set({ status: 'pending', schedule_step: 0, run_at: 0, trigger: 'redeliver' })
      .where('id', '=', id)
      .execute();
    worker.wake([webhook]);
    await deliveries.hasTried(id, 4);
    expect(await deliveries.status(id)).toBe('failed');
    const attempts = await deliveries.attempts(id);
    expect(attempts.map(({ attempt, trigger }) => [attempt, trigger])).toEqual([
      [1, 'event'],
      [2, 'event'],
      [1, 'redeliver'],
      [2, 'redeliver'],
    ]);
    const { tried } = await deliveries.db
      .selectFrom('delivery')
      .select('tried')
      .executeTakeFirstOrThrow();
    expect(tried).toBe(4);
  });

  it('is tried again by itself when its time comes', async () => {
    const deliveries = await prepareDeliveries();
    let answers = 0;
    const receiver = await startReceiver((_request, response) => {
      answers += 1;
      response.writeHead(answers === 1 ? 503 : 200).end();
    });
    const webhook = await deliveries.addWebhook(receiver.url);
    const [id = ''] = await deliveries.accept([webhook]);
    deliveries.start({ retrySchedule: [0] });
    await deliveries.hasTried(id, 2);
    expect(await deliveries.status(id)).toBe('succeeded');
  });

  it('reaches a receiver that comes back', async () => {
    const deliveries = await prepareDeliveries();
    const gone = await startReceiver();
    await gone.close();
    const webhook = await deliveries.addWebhook(gone.url);
    const [id = ''] = await deliveries.accept([webhook]);
    const worker = deliveries.start();
    await deliveries.hasTried(id, 1);
    const back = await startReceiver(undefined, gone.port);
    deliveries.clock.now += 1000;
    worker.wake();
    await deliveries.hasTried(id, 2);
    expect(await deliveries.attempts(id)).toMatchObject([
      { status_code: 0, error: 'connection refused' },
      { status_code: 200, error: null },
    ]);
    expect(back.received[0]?.headers['webhook-id']).toBe(id);
  });
});

describe('today', () => {
  it("the webhook's URL and secret hold", async () => {
    const deliveries = await prepareDeliveries();
    const before = await startReceiver(failing);
    const after = await startReceiver();
    const webhook = await deliveries.addWebhook(before.url, { secret: 'old' });
    const [id = ''] = await deliveries.accept([webhook]);
    const worker = deliveries.start();
    await deliveries.hasTried(id, 1);
    await deliveries.setWebhook(webhook, { target_url: `${after.url}/new`, target_secret: null });
    deliveries.clock.now += 1000;
    worker.wake();
    await deliveries.hasTried(id, 2);
    expect(before.received).toHaveLength(1);
    expect(before.received[0]?.headers['qovery-secret']).toBe('old');
    expect(after.received[0]).toMatchObject({ path: '/new' });
    expect(after.received[0]?.headers).not.toHaveProperty('qovery-secret');
  });

  it.each([
    ['disabled', 'not sent: the webhook is disabled'],
    ['deleted', 'not sent: the webhook was deleted'],
  ])('a webhook that was %s meanwhile gets nothing, and the log says so', async (how, error) => {
    const deliveries = await prepareDeliveries();
    const receiver = await startReceiver(failing);
    const webhook = await deliveries.addWebhook(receiver.url);
    const [id = ''] = await deliveries.accept([webhook]);
    const worker = deliveries.start();
    await deliveries.hasTried(id, 1);
    if (how === 'disabled') await deliveries.setWebhook(webhook, { enabled: 0 });
    else await deliveries.db.deleteFrom('webhook').where('id', '=', webhook).execute();
    deliveries.clock.now += 1000;
    worker.wake();
    await deliveries.hasTried(id, 2);
    expect(receiver.received).toHaveLength(1);
    expect(await deliveries.status(id)).toBe('cancelled');
    expect(await deliveries.attempts(id)).toMatchObject([
      { attempt: 1 },
      { attempt: 2, status_code: 0, error, next_attempt_at: null },
    ]);
  });

  it('a webhook that was disabled before the first attempt gets nothing, and the log says so', async () => {
    const deliveries = await prepareDeliveries();
    const receiver = await startReceiver();
    const webhook = await deliveries.addWebhook(receiver.url);
    const [id = ''] = await deliveries.accept([webhook]);
    await deliveries.setWebhook(webhook, { enabled: 0 });
    deliveries.start();
    await deliveries.hasTried(id, 1);
    expect(receiver.connections()).toBe(0);
    expect(await deliveries.status(id)).toBe('cancelled');
    expect(await deliveries.attempts(id)).toMatchObject([
      {
        attempt: 1,
        status_code: 0,
        outcome: 'failed',
        error: 'not sent: the webhook is disabled',
        target_url_used: receiver.url,
        next_attempt_at: null,
      },
    ]);
  });

  it('a webhook that was deleted before the first attempt is still named by its URL', async () => {
    const deliveries = await prepareDeliveries();
    const receiver = await startReceiver();
    const webhook = await deliveries.addWebhook(`${receiver.url}/then`);
    const [id = ''] = await deliveries.accept([webhook]);
    await deliveries.db.deleteFrom('webhook').where('id', '=', webhook).execute();
    deliveries.start();
    await deliveries.hasTried(id, 1);
    expect(receiver.connections()).toBe(0);
    expect(await deliveries.status(id)).toBe('cancelled');
    expect(await deliveries.attempts(id)).toMatchObject([
      { error: 'not sent: the webhook was deleted', target_url_used: `${receiver.url}/then` },
    ]);
  });

  it('a secret that does not open is said to, and the delivery tried again', async () => {
    const deliveries = await prepareDeliveries();
    const receiver = await startReceiver();
    const webhook = await deliveries.addWebhook(receiver.url, { target_secret: '1:0:bad' });
    const [id = ''] = await deliveries.accept([webhook]);
    deliveries.start();
    await deliveries.hasTried(id, 1);
    expect(receiver.connections()).toBe(0);
    expect(await deliveries.status(id)).toBe('pending');
    expect(await deliveries.attempts(id)).toMatchObject([
      { error: 'not sent: the stored secret cannot be decrypted' },
    ]);
  });
});
