import { expect, it } from 'vitest';

import { webhookHealthPath, webhookPath } from '../contract/api-paths';
import { webhookHealthSchema } from '../contract/webhook-health';
import { startReceiver } from './delivery/test-receiver';
import { writeHealth } from './delivery/webhook-health-store';
import { newId } from './new-id';
import { createSendingServer } from './test-sending';
import { createTestServer, organizationId } from './test-server';

const day = 86_400_000;

/** A server whose worker tries each delivery once, and a receiver that answers as it is told. */
async function startServer() {
  const server = await createSendingServer();
  const answer = { status: 200 };
  const receiver = await startReceiver((_request, response) => {
    response.writeHead(answer.status).end();
  });
  server.start({ retrySchedule: [] });
  const health = async () => {
    const { status, body } = await server.call('GET', webhookHealthPath(organizationId));
    expect(status).toBe(200);
    return body.results as Record<string, unknown>[];
  };
  return {
    ...server,
    answer,
    receiver,
    health,
    /** Delivers an event to each webhook that is there. */
    async deliver(status: number) {
      answer.status = status;
      for (const id of await server.post()) await server.deliveries.hasTried(id, 1);
    },
  };
}

it('says how receivers have answered', async () => {
  const server = await startServer();
  expect(await server.health()).toEqual([]);
  const webhook = await server.addWebhook(server.receiver.url);
  expect(await server.health()).toEqual([]);
  await server.deliver(204);
  const first = {
    webhook_id: webhook,
    last: [204],
    succeeded_24h: 1,
    failed_24h: 0,
    last_failure: null,
  };
  expect(await server.health()).toEqual([first]);
  await server.deliver(500);
  const failedAt = new Date(server.clock.now).toISOString();
  server.clock.now += 1000;
  await server.deliver(200);
  const results = await server.health();
  const second = {
    webhook_id: webhook,
    last: [204, 500, 200],
    succeeded_24h: 2,
    failed_24h: 1,
    last_failure: { at: failedAt, status: 500, error: 'answered 500' },
  };
  expect(results).toEqual([second]);
  for (const row of results) expect(webhookHealthSchema.parse(row)).toEqual(row);

  // It changes with time alone, too, and is no change of the configuration.
  server.clock.now += day;
  expect(await server.health()).toEqual([{ ...second, succeeded_24h: 0, failed_24h: 0 }]);
  const { body } = await server.call('GET', webhookPath(organizationId, webhook));
  expect(body.version).toBe(1);
});

it('keeps those of many webhooks apart, also within one turn', async () => {
  const server = await startServer();
  const webhooks: string[] = [];
  for (let count = 0; count < 40; count += 1) {
    webhooks.push(await server.addWebhook(`${server.receiver.url}/${count}`));
  }
  await server.deliver(200);
  await server.deliver(503);
  const rows = await server.health();
  expect(rows.map(({ webhook_id }) => webhook_id)).toEqual(webhooks.toSorted());
  for (const row of rows) {
    expect(row).toMatchObject({ last: [200, 503], succeeded_24h: 1, failed_24h: 1 });
  }
});

it('leaves out what was not sent', async () => {
  const server = await startServer();
  const webhook = await server.addWebhook(server.receiver.url);
  await server.deliveries.setWebhook(webhook, { enabled: 0 });
  const [id = ''] = await server.deliveries.accept([webhook]);
  server.deps.wakeWorker([webhook]);
  await server.deliveries.hasTried(id, 1);
  expect(await server.deliveries.status(id)).toBe('cancelled');
  expect(await server.health()).toEqual([]);
});

it('goes with the webhook, and does not come back with an attempt that was in flight', async () => {
  const server = await startServer();
  const answers: (() => void)[] = [];
  const slow = await startReceiver((_request, response) => {
    answers.push(() => response.end());
  });
  const webhook = await server.addWebhook(slow.url);
  const [first = ''] = await server.post();
  await slow.hasReceived(1);
  answers.shift()?.();
  await server.deliveries.hasTried(first, 1);
  expect(await server.health()).toHaveLength(1);
  const [second = ''] = await server.post();
  await slow.hasReceived(2);
  await server.call('DELETE', webhookPath(organizationId, webhook));
  expect(await server.health()).toEqual([]);
  answers.shift()?.();
  await server.deliveries.hasTried(second, 1);
  expect(await server.deliveries.attempts(second)).toMatchObject([{ status_code: 200 }]);
  const rows = server.db.selectFrom('webhook_health').select('webhook_id');
  expect(await rows.execute()).toEqual([]);
});

it.each(['no-uuid', '99999999-9999-4999-8999-999999999999'])(
  'is not there for organization %s',
  async (organization) => {
    const { call } = await createTestServer();
    const { status, body } = await call('GET', webhookHealthPath(organization));
    expect(status).toBe(404);
    expect(body).toMatchObject({ status: 404 });
  },
);

it('is nothing for those who are not signed in', async () => {
  const { anonymously } = await createTestServer();
  expect((await anonymously('GET', webhookHealthPath(organizationId))).status).toBe(401);
});

it('shows nothing of other organizations, and lets others in while it reads 10,000 rows', async () => {
  const { request, db, deps } = await createTestServer();
  const ids = Array.from({ length: 10_000 }, () => newId());
  const rowOf = (webhook_id: string, organization_id: string) => ({
    webhook_id,
    organization_id,
    last: '[200]',
    quarters: '[]',
    last_failure_at: null,
    last_failure_status: null,
    last_failure_error: null,
    failing_since: null,
    failed_deliveries: 0,
    failed_days: 0,
    last_failed_day: null,
  });
  await writeHealth(
    db,
    ids.map((id) => rowOf(id, organizationId)),
  );
  await writeHealth(db, [rowOf(newId(), 'other')]);

  let rounds = 0;
  let isOver = false;
  const count = () => {
    rounds += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const authorization = `Token ${deps.adminToken}`;
  const answer = await request(webhookHealthPath(organizationId), {
    headers: { authorization },
  });
  isOver = true;
  const { results } = (await answer.json()) as { results: { webhook_id: string }[] };
  expect(results.map(({ webhook_id }) => webhook_id)).toEqual(ids.toSorted());
  expect(rounds).toBeGreaterThanOrEqual(40);
});
