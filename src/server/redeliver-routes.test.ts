import { randomUUID } from 'node:crypto';

import { expect, it } from 'vitest';

import { redeliverPath, webhookPath } from '../contract/api-paths';
import { startHoldingReceiver, startReceiver } from './delivery/test-receiver';
import { createSendingServer } from './test-sending';
import { organizationId } from './test-server';

/** A receiver that fails so many times, and takes what comes then. */
function startFailingReceiver(times: number) {
  let left = times;
  return startReceiver((_request, response) => {
    left -= 1;
    response.writeHead(left >= 0 ? 500 : 200).end();
  });
}

it('sends a delivery that ended once more, with the same id and body, to the URL and with the secret of today', async () => {
  const server = await createSendingServer();
  const old = await startReceiver();
  const receiver = await startReceiver();
  const webhook = await server.addWebhook(old.url, { target_secret: 'first' });
  const [id = ''] = await server.post();
  server.start();
  await server.deliveries.hasTried(id, 1);
  await server.setWebhook(webhook, receiver.url, { target_secret: 'second' });

  const [row] = await server.log(webhook);
  const { status, body } = await server.redeliver(webhook, String(row?.id));
  expect([status, body]).toEqual([202, { id }]);
  await server.deliveries.hasTried(id, 2);
  const [request] = receiver.received;
  expect(request?.headers).toMatchObject({ 'webhook-id': id, 'qovery-secret': 'second' });
  expect(request?.body).toBe(old.received[0]?.body);
  expect(await server.log(webhook)).toMatchObject([
    { delivery_id: id, attempt: 1, trigger: 'redeliver', target_url_used: receiver.url },
    { delivery_id: id, attempt: 1, trigger: 'event', target_url_used: old.url },
  ]);
});

it('begins the schedule anew', async () => {
  const server = await createSendingServer();
  const receiver = await startFailingReceiver(9);
  const webhook = await server.addWebhook(receiver.url);
  const [id = ''] = await server.post();
  const { worker } = server.start({ retrySchedule: [1000] });
  await server.deliveries.hasTried(id, 1);
  server.clock.now += 1000;
  worker.wake();
  await server.deliveries.hasTried(id, 2);
  expect(await server.deliveries.status(id)).toBe('failed');

  const [row] = await server.log(webhook);
  expect((await server.redeliver(webhook, String(row?.id))).status).toBe(202);
  await server.deliveries.hasTried(id, 3);
  expect(await server.deliveries.status(id)).toBe('pending');
  server.clock.now += 1000;
  worker.wake();
  await server.deliveries.hasTried(id, 4);
  expect(await server.deliveries.status(id)).toBe('failed');
  expect(await server.deliveries.attempts(id)).toMatchObject([
    { attempt: 1, trigger: 'event' },
    { attempt: 2, trigger: 'event', next_attempt_at: null },
    { attempt: 1, trigger: 'redeliver', next_attempt_at: server.clock.now },
    { attempt: 2, trigger: 'redeliver', next_attempt_at: null },
  ]);
});

it('ends the automatic retries when it succeeds', async () => {
  const server = await createSendingServer();
  const receiver = await startFailingReceiver(1);
  const webhook = await server.addWebhook(receiver.url);
  const [id = ''] = await server.post();
  const { worker } = server.start();
  await server.deliveries.hasTried(id, 1);
  expect(await server.deliveries.status(id)).toBe('pending');

  const [row] = await server.log(webhook);
  expect(row?.next_attempt_at).not.toBeNull();
  await server.redeliver(webhook, String(row?.id));
  await server.deliveries.hasTried(id, 2);
  expect(await server.deliveries.status(id)).toBe('succeeded');
  // What the first attempt told of will not come.
  const [, first] = await server.log(webhook);
  expect(first).toMatchObject({ attempt: 1, next_attempt_at: null });
  // Long after the retry would have been due, what is accepted then is all that comes.
  server.clock.now += 3_600_000;
  const [next = ''] = await server.post();
  worker.wake();
  await server.deliveries.hasTried(next, 1);
  const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
  expect(ids).toEqual([id, id, next]);
});

it('makes a delivery due at once that was not tried yet, by its own id, and sends it once a claim', async () => {
  const server = await createSendingServer();
  const receiver = await startReceiver();
  const webhook = await server.addWebhook(receiver.url);
  const [id = ''] = await server.post();
  await server.db
    .updateTable('delivery')
    .set({ run_at: server.clock.now + 9_999_999 })
    .execute();
  const { worker } = server.start();
  const answers = await Promise.all([1, 2, 3].map(() => server.redeliver(webhook, id)));
  // What comes after the worker has taken it finds it in flight or makes it due again.
  expect(answers[0]?.status).toBe(202);
  await server.deliveries.hasTried(id, 1);
  await worker.stop();
  expect(await server.deliveries.claims(id)).toBe(receiver.received.length);
});

it('sends it once if it is asked for more than once before it is taken', async () => {
  const server = await createSendingServer();
  const receiver = await startReceiver();
  const webhook = await server.addWebhook(receiver.url);
  const [id = ''] = await server.post();
  const answers = await Promise.all([1, 2, 3].map(() => server.redeliver(webhook, id)));
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
  const { worker } = server.start();
  await server.deliveries.hasTried(id, 1);
  await worker.stop();
  expect(receiver.received).toHaveLength(1);
  expect(await server.deliveries.attempts(id)).toMatchObject([{ trigger: 'redeliver' }]);
});

it('is refused while the delivery is in flight, and changes nothing of it', async () => {
  const server = await createSendingServer();
  const { held, receiver } = await startHoldingReceiver();
  const webhook = await server.addWebhook(receiver.url);
  const [id = ''] = await server.post();
  server.start();
  await receiver.hasReceived(1);
  const { status, body } = await server.redeliver(webhook, id);
  expect([status, body.detail]).toEqual([409, 'This delivery is being sent at this moment.']);
  held[0]?.();
  await server.deliveries.hasTried(id, 1);
  expect(await server.deliveries.status(id)).toBe('succeeded');
  expect(await server.deliveries.attempts(id)).toMatchObject([{ trigger: 'event' }]);
  expect(receiver.received).toHaveLength(1);
});

it('is refused while the webhook is disabled, and when it has become one of another kind', async () => {
  const server = await createSendingServer();
  const url = 'https://example.org';
  const webhook = await server.addWebhook(url);
  const [id = ''] = await server.post();
  const refusal = async () => {
    const { status, body } = await server.redeliver(webhook, id);
    return [status, body.detail];
  };
  await server.setWebhook(webhook, url, { enabled: false });
  expect(await refusal()).toEqual([409, expect.stringMatching(/disabled.*Enable it first\.$/)]);
  await server.setWebhook(webhook, url, { enabled: true, kind: 'SLACK' });
  expect(await refusal()).toEqual([409, expect.stringMatching(/kind.*STANDARD.*SLACK/)]);
  await server.setWebhook(webhook, url, {});
  expect(await refusal()).toEqual([202, undefined]);
  expect(server.woken).toEqual([webhook, webhook]);
});

it('finds what is in the log of this webhook, and nothing else', async () => {
  const server = await createSendingServer();
  const webhook = await server.addWebhook('https://example.org');
  const other = await server.addWebhook('https://example.org');
  const [id = '', others = ''] = await server.post();
  const statusOf = async (path: string) => (await server.call('POST', path)).status;
  for (const path of [
    redeliverPath(organizationId, webhook, others),
    redeliverPath(organizationId, webhook, randomUUID()),
    redeliverPath(organizationId, webhook, 'x'),
    redeliverPath(organizationId, 'x', id),
    redeliverPath(organizationId, randomUUID(), id),
    redeliverPath(randomUUID(), webhook, id),
  ]) {
    expect(await statusOf(path), path).toBe(404);
  }
  await server.call('DELETE', webhookPath(organizationId, other));
  expect(await statusOf(redeliverPath(organizationId, other, others))).toBe(404);
  expect(await statusOf(redeliverPath(organizationId, webhook, id.toUpperCase()))).toBe(202);
});

it('takes an object or no body at all', async () => {
  const server = await createSendingServer();
  const webhook = await server.addWebhook('https://example.org');
  const [id = ''] = await server.post();
  for (const [body, status] of [
    [undefined, 202],
    [{}, 202],
    [{ more: 1 }, 202],
    ['null', 400],
    ['[]', 400],
    ['{', 400],
    ['', 202],
    [`{"a":"${'x'.repeat(256 * 1024)}"}`, 413],
  ] as const) {
    expect((await server.redeliver(webhook, id, body)).status, String(body).slice(0, 9)).toBe(
      status,
    );
  }
  const asText = { headers: { 'content-type': 'text/plain' }, body: '{}' };
  const path = redeliverPath(organizationId, webhook, id);
  expect((await server.call('POST', path, asText)).status).toBe(415);
});
