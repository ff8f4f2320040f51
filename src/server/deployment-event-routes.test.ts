import { describe, expect, it } from 'vitest';

import { deploymentEventsPath, webhookPath, webhooksPath } from '../contract/api-paths';
import { sampleDeploymentEvent } from '../contract/sample-event';
import { createTestServer, organizationId, type TestServer } from './test-server';

const path = deploymentEventsPath(organizationId);
const id = '33333333-3333-4333-8333-333333333333';

const event = {
  event_type: 'DEPLOYMENT_FAILURE',
  project: { name: 'Product API' },
  environment: { name: 'main', mode: 'PRODUCTION' },
};
const webhook = {
  kind: 'STANDARD',
  target_url: 'https://example.org',
  events: ['DEPLOYMENT_FAILURE'],
};

const addWebhook = async ({ call }: TestServer, members: object = {}) => {
  const { status, body } = await call('POST', webhooksPath(organizationId), {
    body: { ...webhook, ...members },
  });
  expect(status).toBe(201);
  return String(body.id);
};

const send = (server: TestServer, members: object = {}) =>
  server.call('POST', path, { body: { ...event, ...members } });

const reached = (body: Record<string, unknown>) =>
  (body.deliveries as { webhook_id: string }[]).map(({ webhook_id }) => webhook_id);

const storedEvent = ({ db }: TestServer) =>
  db.selectFrom('deployment_event').selectAll().executeTakeFirstOrThrow();

const storedPayload = async (server: TestServer) =>
  JSON.parse((await storedEvent(server)).standard_body) as { payload: Record<string, unknown> };

describe('an event that is taken in', () => {
  it('is committed with its deliveries, and the worker is told', async () => {
    const server = await createTestServer();
    const standard = await addWebhook(server);
    const slack = await addWebhook(server, { kind: 'SLACK' });
    const { status, body } = await send(server, { id });
    expect(status).toBe(202);
    expect(body.id).toBe(id);
    expect(reached(body)).toEqual([standard, slack]);
    expect(server.woken).toEqual([standard, slack]);

    const rows = await server.db.selectFrom('delivery').selectAll().orderBy('id').execute();
    expect(rows.map(({ id, webhook_id }) => ({ id, webhook_id }))).toEqual(body.deliveries);
    expect(rows).toMatchObject([
      { event_id: id, kind: 'STANDARD', status: 'pending', run_at: server.clock.now },
      { event_id: id, kind: 'SLACK', status: 'pending', run_at: server.clock.now },
    ]);
    const { standard_body, slack_body } = await storedEvent(server);
    expect(JSON.parse(standard_body)).toMatchObject({
      created_at: '2026-01-31T12:00:00.000Z',
      event_type: 'DEPLOYMENT_FAILURE',
      payload_type: 'DEPLOYMENT',
      payload_id: id,
      payload: {
        id,
        current_status: 'DEPLOYMENT_ERROR',
        desired_status: 'DEPLOYED',
        organization: { id: organizationId, name: 'Acme' },
        project: { name: 'Product API', associated_environments_count: 1 },
        environment: { name: 'main', mode: 'PRODUCTION' },
        applications: [],
        logs: [],
      },
    });
    expect(JSON.parse(slack_body ?? '')).toHaveProperty('blocks');
  });

  it('wakes nobody and makes no Slack message if it reaches no webhook', async () => {
    const server = await createTestServer();
    await addWebhook(server, { kind: 'SLACK', events: ['DEPLOYMENT_STARTED'] });
    const { status, body } = await send(server);
    expect([status, body.deliveries]).toEqual([202, []]);
    expect(server.woken).toEqual([]);
    expect((await storedEvent(server)).slack_body).toBeNull();
  });

  it('passes on all that it says', async () => {
    const server = await createTestServer();
    const sample = sampleDeploymentEvent('DEPLOYMENT_CANCELLED');
    const request = {
      ...sample,
      created_at: '2026-01-30T23:30:00+02:00',
      current_status: 'CUSTOM',
      desired_status: 'STOPPED',
    };
    expect((await send(server, request)).status).toBe(202);
    const stored = await storedPayload(server);
    expect(stored).toMatchObject({ created_at: '2026-01-30T21:30:00.000Z' });
    expect(stored.payload).toMatchObject({
      current_status: 'CUSTOM',
      desired_status: 'STOPPED',
      applications: sample.applications,
      databases: sample.databases,
      containers: [],
      jobs: sample.jobs,
      logs: sample.logs,
      project: { id: sample.project.id, name: sample.project.name },
      environment: { id: sample.environment.id, name: sample.environment.name },
    });
  });

  it.each([
    ['DEPLOYMENT_STARTED', 'DEPLOYING'],
    ['DEPLOYMENT_SUCCESSFUL', 'DEPLOYED'],
    ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_ERROR'],
    ['DEPLOYMENT_CANCELLED', 'CANCELED'],
  ])('of type %s is %s', async (event_type, current_status) => {
    const server = await createTestServer();
    await send(server, { event_type });
    expect((await storedPayload(server)).payload).toMatchObject({
      current_status,
      desired_status: 'DEPLOYED',
    });
  });
});

describe('an event reaches', () => {
  it('webhooks whose every rule it meets', async () => {
    const server = await createTestServer();
    const all = await addWebhook(server);
    await addWebhook(server, { enabled: false });
    await addWebhook(server, { events: ['DEPLOYMENT_STARTED'] });
    await addWebhook(server, { environment_types_filter: ['STAGING'] });
    await addWebhook(server, { project_names_filter: ['other*'] });
    const fit = await addWebhook(server, {
      environment_types_filter: ['STAGING', 'PRODUCTION'],
      project_names_filter: ['x', 'PRODUCT*'],
    });
    expect(reached((await send(server)).body)).toEqual([all, fit]);
  });

  it('webhooks as they are now', async () => {
    const server = await createTestServer();
    const now = async () => reached((await send(server)).body);
    expect(await now()).toEqual([]);
    const webhookId = await addWebhook(server);
    expect(await now()).toEqual([webhookId]);
    const one = webhookPath(organizationId, webhookId);
    await server.call('PUT', one, { body: { ...webhook, enabled: false } });
    expect(await now()).toEqual([]);
    await server.call('PUT', one, { body: { ...webhook, enabled: true } });
    expect(await now()).toEqual([webhookId]);
    await server.call('DELETE', one);
    expect(await now()).toEqual([]);
  });

  it('no webhook of another organization', async () => {
    const server = await createTestServer();
    const other = '99999999-9999-4999-8999-999999999999';
    await server.db
      .insertInto('organization')
      .values({ id: other, name: 'Other', created_at: 1 })
      .execute();
    await server.call('POST', webhooksPath(other), { body: webhook });
    expect(reached((await send(server)).body)).toEqual([]);
  });
});

describe('an event that comes again', () => {
  it('with the same content gets the first answer and is not sent again', async () => {
    const server = await createTestServer();
    await addWebhook(server);
    const first = await send(server, { id });
    await addWebhook(server);
    server.clock.now += 1000;
    const again = await server.call('POST', path, {
      body: {
        logs: null,
        id: id.toUpperCase(),
        environment: { mode: 'PRODUCTION', id: null, name: 'main', ignored: 1 },
        project: { name: 'Product API' },
        event_type: 'DEPLOYMENT_FAILURE',
      },
    });
    expect([again.status, again.body]).toEqual([202, first.body]);
    const rows = await server.db.selectFrom('delivery').selectAll().execute();
    expect(rows).toHaveLength(1);
  });

  it.each([
    { event_type: 'DEPLOYMENT_STARTED' },
    { created_at: '2026-01-31T12:00:00Z' },
    { logs: [{ message: 'more' }] },
    { project: { name: 'product api' } },
  ])('with %j is refused', async (other) => {
    const server = await createTestServer();
    await send(server, { id });
    const { status, body } = await send(server, { id, ...other });
    expect(status).toBe(409);
    expect(body.errors).toEqual([{ pointer: '/id', message: expect.any(String) }]);
  });

  it('at the same moment is accepted once', async () => {
    const server = await createTestServer();
    await addWebhook(server);
    const answers = await Promise.all([send(server, { id }), send(server, { id })]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
    expect(await server.db.selectFrom('delivery').selectAll().execute()).toHaveLength(1);
  });

  it('with the id that one without an id was given is another request', async () => {
    const server = await createTestServer();
    const { body } = await send(server);
    expect((await send(server, { id: body.id })).status).toBe(409);
  });

  it('without an id is another', async () => {
    const server = await createTestServer();
    const [first, second] = [await send(server), await send(server)];
    expect(first.body.id).not.toBe(second.body.id);
  });
});

it('an id belongs to one organization: another may use it for an event of its own', async () => {
  const server = await createTestServer();
  const other = '99999999-9999-4999-8999-999999999999';
  await server.db
    .insertInto('organization')
    .values({ id: other, name: 'Other', created_at: 1 })
    .execute();
  const theirs = await server.call('POST', webhooksPath(other), { body: webhook });
  const ours = await addWebhook(server);
  const sendTheirs = (members: object) =>
    server.call('POST', deploymentEventsPath(other), {
      body: { ...event, id, project: { name: 'theirs' }, ...members },
    });

  const first = await send(server, { id });
  expect(reached(first.body)).toEqual([ours]);
  const theirFirst = await sendTheirs({});
  expect([theirFirst.status, reached(theirFirst.body)]).toEqual([202, [theirs.body.id]]);
  expect((await send(server, { id })).body).toEqual(first.body);
  expect((await sendTheirs({})).body).toEqual(theirFirst.body);
  expect((await sendTheirs({ event_type: 'DEPLOYMENT_STARTED' })).status).toBe(409);
});

describe('refused at its place, in words', () => {
  it.each<[string, object, string]>([
    ['no event type', { event_type: undefined }, '/event_type'],
    ['an unknown event type', { event_type: 'DEPLOYED' }, '/event_type'],
    ['no project', { project: undefined }, '/project'],
    ['a project as text', { project: 'api' }, '/project'],
    ['a project without a name', { project: {} }, '/project/name'],
    ['an empty name', { project: { name: '' } }, '/project/name'],
    ['a name of 251', { project: { name: 'x'.repeat(251) } }, '/project/name'],
    ['a project id that is none', { project: { name: 'a', id: '1' } }, '/project/id'],
    ['no environment', { environment: null }, '/environment'],
    ['no mode', { environment: { name: 'a' } }, '/environment/mode'],
    ['an unknown mode', { environment: { name: 'a', mode: 'QA' } }, '/environment/mode'],
    ['an environment name of 251', { environment: { name: 'é'.repeat(251) } }, '/environment/name'],
    ['an id that is none', { id: 'x' }, '/id'],
    ['a time without a zone', { created_at: '2026-01-31T12:00:00' }, '/created_at'],
    ['a day that is none', { created_at: '2026-02-30T12:00:00Z' }, '/created_at'],
    ['a status that is a number', { current_status: 1 }, '/current_status'],
    ['services that are no list', { applications: {} }, '/applications'],
    ['a service that is none', { databases: ['x'] }, '/databases/0'],
    ['a service without its name', { jobs: [{ job: {} }] }, '/jobs/0/job/name'],
    ['a service of another kind', { jobs: [{ application: { name: 'x' } }] }, '/jobs/0/job'],
    ['more than 1,000 services', { jobs: Array(1001).fill(null) }, '/jobs'],
    ['more than 5,000 lines of log', { logs: Array(5001).fill(1) }, '/logs'],
    [
      'a member that JavaScript would lose',
      { jobs: [JSON.parse('{"job":{"name":"a","__proto__":{}}}')] },
      '/jobs/0/job/__proto__',
    ],
    ['U+0000 in a log', { logs: [{ message: '\u0000' }] }, '/logs/0/message'],
    ['half a character in a name', { project: { name: '\udc00' } }, '/project/name'],
  ])('%s', async (_, members, pointer) => {
    const server = await createTestServer();
    const { status, body } = await send(server, members);
    expect(status).toBe(400);
    expect(body.errors).toContainEqual({ pointer, message: expect.stringMatching(/\w{3}.*\.$/) });
    expect(await server.db.selectFrom('deployment_event').selectAll().execute()).toEqual([]);
  });

  it('names no more than 100 places', async () => {
    const { status, body } = await send(await createTestServer(), { jobs: Array(1000).fill(0) });
    expect([status, body.detail]).toEqual([400, 'At least 100 things are wrong with it.']);
    expect(body.errors).toHaveLength(100);
  });

  it('long lists within the limits are taken', async () => {
    const server = await createTestServer();
    const members = {
      jobs: Array.from({ length: 1000 }, () => ({ job: { name: 'a' } })),
      logs: Array(5000).fill(1),
    };
    expect((await send(server, members)).status).toBe(202);
    expect((await storedPayload(server)).payload).toMatchObject(members);
  });

  it('names of 250 characters are taken', async () => {
    const server = await createTestServer();
    const name = '👋'.repeat(250);
    const members = { project: { name }, environment: { ...event.environment, name } };
    expect((await send(server, members)).status).toBe(202);
    expect((await storedPayload(server)).payload).toMatchObject(members);
  });
});
