import { sql } from 'kysely';
import { expect, it, vi } from 'vitest';

import { deploymentEventsPath, webhooksPath } from '../contract/api-paths';
import type { Reservation } from './delivery/worker';
import { createTestServer, organizationId, type TestServer } from './test-server';

const path = deploymentEventsPath(organizationId);
const idOf = (index: number) => `33333333-3333-4333-8333-${String(index).padStart(12, '0')}`;
const event = (index: number, project = 'api') => ({
  id: idOf(index),
  event_type: 'DEPLOYMENT_STARTED',
  project: { name: project },
  environment: { name: 'main', mode: 'STAGING' },
});

/** Sends events at the same moment; gives the statuses and the number of transactions that wrote. */
async function sendTogether(server: TestServer, bodies: readonly object[], mayFail = false) {
  const transactions = vi.spyOn(server.db, 'transaction');
  const answers = await Promise.all(
    bodies.map((body) => server.call('POST', path, { body, mayFail })),
  );
  return { answers, transactions: transactions.mock.calls.length };
}

const storedIds = async ({ db }: TestServer) => {
  const rows = await db
    .selectFrom('deployment_event')
    .select('id')
    .orderBy('accepted_id')
    .execute();
  return rows.map(({ id }) => id);
};

const addWebhook = ({ call }: TestServer) =>
  call('POST', webhooksPath(organizationId), {
    body: { kind: 'STANDARD', target_url: 'https://example.org', events: ['DEPLOYMENT_STARTED'] },
  });

it('events that come together share transactions, and each keeps its place', async () => {
  const server = await createTestServer();
  await addWebhook(server);
  const bodies = Array.from({ length: 200 }, (_, index) => event(index, `project-${index % 7}`));
  const { answers, transactions } = await sendTogether(server, bodies);
  expect(answers.map(({ status, body }) => [status, body.id])).toEqual(
    bodies.map(({ id }) => [202, id]),
  );
  expect(transactions).toBeLessThanOrEqual(10);
  expect(await storedIds(server)).toEqual(bodies.map(({ id }) => id));
  const deliveries = await server.db.selectFrom('delivery').selectAll().execute();
  expect(new Set(deliveries.map(({ event_id }) => event_id))).toEqual(
    new Set(bodies.map(({ id }) => id)),
  );
  expect(await server.db.selectFrom('project').selectAll().execute()).toHaveLength(7);
});

it('one that is refused or repeated is so for itself', async () => {
  const server = await createTestServer();
  await server.call('POST', path, { body: event(1) });
  const { answers } = await sendTogether(server, [
    event(0),
    { ...event(1), event_type: 'DEPLOYMENT_FAILURE' },
    event(1),
    event(2),
    { ...event(2), event_type: 'DEPLOYMENT_FAILURE' },
  ]);
  expect(answers.map(({ status }) => status)).toEqual([202, 409, 202, 202, 409]);
  expect(await storedIds(server)).toEqual([idOf(1), idOf(0), idOf(2)]);
});

it('one that cannot be stored takes no other with it', async () => {
  const server = await createTestServer();
  await sql`create trigger broken before insert on deployment_event
    when new.project_name = 'broken' begin select raise(abort, 'broken'); end`.execute(server.db);
  const names = ['a', 'broken', 'b', 'a'];
  const { answers } = await sendTogether(
    server,
    names.map((name, index) => event(index, name)),
    true,
  );
  expect(answers.map(({ status }) => status)).toEqual([202, 500, 202, 202]);
  // Its project was taken back with it: it must not be remembered as if it were there.
  expect(
    (await server.call('POST', path, { body: event(9, 'broken'), mayFail: true })).status,
  ).toBe(500);
  await sql`drop trigger broken`.execute(server.db);
  expect((await server.call('POST', path, { body: event(9, 'broken') })).status).toBe(202);
  const projects = await server.db.selectFrom('project').select('name').orderBy('name').execute();
  expect(projects.map(({ name }) => name)).toEqual(['a', 'b', 'broken']);
});

it('what has a place is begun when it is committed, the rest waits for the worker', async () => {
  const begun: object[] = [];
  const place: Reservation = {
    leaseEnd: 77,
    begin: (delivery) => void begun.push(delivery),
    giveBack: () => void begun.push({ error: 'given back' }),
  };
  let first = '';
  const server = await createTestServer({ reserve: ({ id }) => (id === first ? place : null) });
  const { body } = await addWebhook(server);
  first = String(body.id);
  await addWebhook(server);
  const answer = await server.call('POST', path, { body: event(1) });
  const [started, waiting] = answer.body.deliveries as { id: string; webhook_id: string }[];
  const { standard_body } = await server.db
    .selectFrom('deployment_event')
    .select('standard_body')
    .executeTakeFirstOrThrow();
  expect(begun).toMatchObject([{ ...started, body: standard_body, attempt: 1 }]);
  expect(server.woken).toEqual([waiting?.webhook_id]);
  const rows = await server.db.selectFrom('delivery').selectAll().orderBy('id').execute();
  expect(rows).toMatchObject([
    { id: started?.id, in_flight: 1, attempt: 1, run_at: 77 },
    { id: waiting?.id, in_flight: 0, attempt: 0, run_at: server.clock.now },
  ]);
});

it('a place is given back if the event cannot be stored', async () => {
  const told: string[] = [];
  const place: Reservation = {
    leaseEnd: 77,
    begin: () => void told.push('begun'),
    giveBack: () => void told.push('given back'),
  };
  const server = await createTestServer({ reserve: () => place });
  await addWebhook(server);
  await sql`create trigger broken before insert on deployment_event
    begin select raise(abort, 'broken'); end`.execute(server.db);
  expect((await server.call('POST', path, { body: event(1), mayFail: true })).status).toBe(500);
  expect(told).toEqual(['given back']);
});

it('a transaction ends when it has many deliveries, and the others follow', async () => {
  const server = await createTestServer();
  for (let count = 0; count < 1100; count += 1) await addWebhook(server);
  const bodies = Array.from({ length: 7 }, (_, index) => event(index));
  const { answers, transactions } = await sendTogether(server, bodies);
  expect(answers.map(({ body }) => (body.deliveries as unknown[]).length)).toEqual(
    Array(7).fill(1100),
  );
  expect(transactions).toBeGreaterThanOrEqual(4);
}, 30_000);

it('a transaction ends when its bodies are large, and no more than so many events wait', async () => {
  const server = await createTestServer();
  const logs = [{ message: 'x'.repeat(200_000) }];
  const bodies = Array.from({ length: 12 }, (_, index) => ({ ...event(index), logs }));
  const { answers, transactions } = await sendTogether(server, bodies);
  expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(202));
  expect(transactions).toBeGreaterThanOrEqual(2);

  const { answers: many } = await sendTogether(
    server,
    Array.from({ length: 1200 }, (_, index) => event(100 + index)),
    true,
  );
  const refused = many.filter(({ status }) => status === 503);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]?.headers.get('retry-after')).toBe('1');
  const accepted = many.filter(({ status }) => status === 202);
  expect(accepted.length + refused.length).toBe(1200);
  expect(await storedIds(server)).toHaveLength(12 + accepted.length);
}, 30_000);

it('counts events by day and by what the matcher looks at', async () => {
  const server = await createTestServer();
  await sendTogether(server, [event(0), event(1, 'API'), event(2, 'web')]);
  server.clock.now += 1000;
  await sendTogether(server, [event(3), event(0)]);
  const latest_at = server.clock.now;
  server.clock.now += 86_400_000;
  await sendTogether(server, [event(4)]);
  const day = Math.floor(latest_at / 86_400_000);
  const counts = await server.db
    .selectFrom('deployment_event_count')
    .select(['day', 'project_name', 'count', 'latest_at'])
    .orderBy('day')
    .orderBy('project_name')
    .execute();
  expect(counts).toEqual([
    { day, project_name: 'api', count: 3, latest_at },
    { day, project_name: 'web', count: 1, latest_at: latest_at - 1000 },
    { day: day + 1, project_name: 'api', count: 1, latest_at: latest_at + 86_400_000 },
  ]);
});
