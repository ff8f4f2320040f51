import { randomUUID } from 'node:crypto';

import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';

import { webhookEventPath, webhookPath, webhookTestPath } from '../contract/api-paths';
import { buildBody } from '../contract/payload';
import { sampleDeploymentEvent } from '../contract/sample-event';
import { webhookEventDetailSchema } from '../contract/webhook-event';
import { startHoldingReceiver, startReceiver } from './delivery/test-receiver';
import { createSendingServer } from './test-sending';
import { organizationId } from './test-server';

const organization = { id: organizationId, name: 'Acme' };

it('sends a sample event, signed and marked as a test, and answers with the row of the log', async () => {
  const server = await createSendingServer();
  server.clock.now = Date.now();
  const receiver = await startReceiver((_request, response) => void response.end('thanks'));
  const secret = `whsec_${Buffer.alloc(32, 's').toString('base64')}`;
  const webhook = await server.addWebhook(`${receiver.url}/hook`, { target_secret: secret });
  server.start();
  const { status, body } = await server.test(webhook);

  const created_at = new Date(server.clock.now).toISOString();
  const sample = sampleDeploymentEvent('DEPLOYMENT_STARTED', { organization, created_at });
  const sent = buildBody('STANDARD', sample);
  const [request] = receiver.received;
  expect(request).toMatchObject({ path: '/hook', body: sent });
  const headers = request?.headers as Record<string, string>;
  expect(headers).toMatchObject({ 'webhook-test': 'true', 'qovery-secret': secret });
  expect(new Webhook(secret).verify(sent, headers)).toMatchObject({ payload_type: 'DEPLOYMENT' });
  expect(status).toBe(200);
  expect(webhookEventDetailSchema.parse(body)).toMatchObject({
    kind: 'STANDARD',
    matched_event: 'DEPLOYMENT_STARTED',
    delivery_id: headers['webhook-id'],
    attempt: 1,
    max_attempts: 1,
    trigger: 'test',
    project: null,
    environment: null,
    target_response_status_code: 200,
    target_response_body: 'thanks',
    error: null,
    next_attempt_at: null,
    request: JSON.parse(sent),
    request_body: sent,
  });
  expect(JSON.stringify(body)).not.toContain(secret);
  const one = await server.call('GET', webhookEventPath(organizationId, webhook, String(body.id)));
  expect(one.body).toEqual(body);
  expect(await server.log(webhook)).toMatchObject([{ id: body.id, trigger: 'test' }]);
  expect(server.logLines.filter((line) => line.includes('"attempt"'))).toEqual([
    expect.stringContaining(headers['webhook-id'] ?? ''),
  ]);
});

it('sends an event of the type that is asked for, under a new id each time', async () => {
  const server = await createSendingServer();
  const receiver = await startReceiver();
  const webhook = await server.addWebhook(receiver.url, { kind: 'SLACK' });
  server.start();
  const event_type = 'DEPLOYMENT_CANCELLED';
  const tests = [await server.test(webhook, { event_type }), await server.test(webhook, {})];
  const created_at = new Date(server.clock.now).toISOString();
  const sample = sampleDeploymentEvent(event_type, { organization, created_at });
  expect(receiver.received[0]?.body).toBe(buildBody('SLACK', sample));
  const types = tests.map(({ body }) => body.matched_event);
  expect(types).toEqual([event_type, 'DEPLOYMENT_STARTED']);
  const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
  expect(new Set(ids).size).toBe(2);
});

it('works on a webhook that is disabled, whatever it filters', async () => {
  const server = await createSendingServer();
  const receiver = await startReceiver();
  const webhook = await server.addWebhook(receiver.url, {
    enabled: false,
    project_names_filter: ['nothing-like-it'],
    environment_types_filter: ['PREVIEW'],
  });
  server.start();
  expect((await server.test(webhook)).body).toMatchObject({ target_response_status_code: 200 });
});

it('is never repeated, and disables nothing, whatever the receiver says', async () => {
  const server = await createSendingServer();
  const receiver = await startReceiver((_request, response) => {
    response.writeHead(receiver.received.length === 1 ? 410 : 503, { 'retry-after': '1' }).end();
  });
  const webhook = await server.addWebhook(receiver.url);
  const { worker } = server.start();
  for (const code of [410, 503]) {
    expect((await server.test(webhook)).body).toMatchObject({
      target_response_status_code: code,
      error: `answered ${code}`,
      next_attempt_at: null,
    });
  }
  server.clock.now += 100_000_000;
  worker.wake();
  await worker.stop();
  expect(receiver.received).toHaveLength(2);
  const path = webhookPath(organizationId, webhook);
  expect((await server.call('GET', path)).body).toMatchObject({ enabled: true, version: 1 });
  const health = await server.db.selectFrom('webhook_health').selectAll().execute();
  expect(health).toEqual([]);
  expect(await server.db.selectFrom('delivery').selectAll().execute()).toEqual([]);
});

it('answers with what went wrong where nothing was reached', async () => {
  const server = await createSendingServer();
  const refused = await server.addWebhook('http://10.0.0.1');
  server.start();
  expect((await server.test(refused)).body).toMatchObject({
    target_response_status_code: 0,
    error: expect.stringContaining('private address'),
  });
});

it('cannot be redelivered', async () => {
  const server = await createSendingServer();
  const receiver = await startReceiver();
  const webhook = await server.addWebhook(receiver.url);
  server.start();
  const { body } = await server.test(webhook);
  const refusal = await server.redeliver(webhook, String(body.id));
  expect([refusal.status, refusal.body.detail]).toEqual([
    409,
    'This was a test. Send another test instead.',
  ]);
});

it('is waited for at the stop, recorded, and refused after it', async () => {
  const server = await createSendingServer();
  const { held, receiver } = await startHoldingReceiver();
  const webhook = await server.addWebhook(receiver.url);
  const { worker } = server.start();
  const testing = server.test(webhook);
  await receiver.hasReceived(1);
  let isStopped = false;
  const stopping = worker.stop().then(() => (isStopped = true));
  const refusal = await server.call('POST', webhookTestPath(organizationId, webhook), {
    mayFail: true,
  });
  expect([refusal.status, refusal.body.detail]).toEqual([503, expect.stringContaining('stopping')]);
  expect(isStopped).toBe(false);
  held[0]?.();
  await stopping;
  expect(await server.log(webhook)).toMatchObject([{ trigger: 'test', error: null }]);
  expect((await testing).status).toBe(200);
});

it('is refused while too many others are under way', async () => {
  const server = await createSendingServer();
  const { held, receiver } = await startHoldingReceiver();
  const webhook = await server.addWebhook(receiver.url);
  server.start();
  const tests = Array.from({ length: 16 }, () => server.test(webhook));
  await receiver.hasReceived(16);
  const { status, body } = await server.test(webhook);
  expect([status, body.detail]).toEqual([429, expect.stringContaining('16 tests')]);
  for (const answer of held) answer();
  for (const { status: done } of await Promise.all(tests)) expect(done).toBe(200);
  const again = server.test(webhook);
  await receiver.hasReceived(17);
  held[16]?.();
  expect((await again).status).toBe(200);
});

it.each<[string, unknown, number]>([
  ['null', 'null', 400],
  ['a list', '[]', 400],
  ['a text', '"DEPLOYMENT_STARTED"', 400],
  ['an unknown type', { event_type: 'DEPLOYMENT' }, 400],
  ['a type in a list', { event_type: ['DEPLOYMENT_STARTED'] }, 400],
  ['256 KiB', { more: 'x'.repeat(256 * 1024) }, 413],
])('sends nothing for a body that is %s', async (_, body, status) => {
  const server = await createSendingServer();
  const receiver = await startReceiver();
  const webhook = await server.addWebhook(receiver.url);
  server.start();
  const answer = await server.test(webhook, body);
  expect(answer.status).toBe(status);
  expect(answer.body.detail).toEqual(expect.any(String));
  expect(receiver.received).toEqual([]);
});

it('is sent to webhooks of this organization only', async () => {
  const server = await createSendingServer();
  const receiver = await startReceiver();
  const webhook = await server.addWebhook(receiver.url);
  server.start();
  const statusOf = async (path: string) => (await server.call('POST', path)).status;
  expect(await statusOf(webhookTestPath(organizationId, randomUUID()))).toBe(404);
  expect(await statusOf(webhookTestPath(organizationId, 'x'))).toBe(404);
  expect(await statusOf(webhookTestPath(randomUUID(), webhook))).toBe(404);
  await server.call('DELETE', webhookPath(organizationId, webhook));
  expect(await statusOf(webhookTestPath(organizationId, webhook))).toBe(404);
  expect(receiver.received).toEqual([]);
});
