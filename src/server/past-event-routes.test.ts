import * as fc from 'fast-check';
import { expect, describe, it, vi } from 'vitest';
import * as z from 'zod/mini';

import {
  deploymentEventPath,
  deploymentEventsPath,
  eventSummaryPath,
  webhookPath,
  webhooksPath,
} from '../contract/api-paths';
import {
  deploymentEventSchema,
  eventSummarySchema,
  pastEventListSchema,
} from '../contract/past-event';
import { buildBody } from '../contract/payload';
import { findTextProblem } from '../contract/text';
import { deploymentEventTypes, environmentModes } from '../contract/webhook';
import { insertOrganization } from './organization-store';
import { createTestServer, organizationId, type TestServer } from './test-server';

// Generous: a busy machine starts databases slowly.
vi.setConfig({ testTimeout: 60_000 });

const path = deploymentEventsPath(organizationId);
const missing = '99999999-9999-4999-8999-999999999999';

const event = {
  event_type: 'DEPLOYMENT_STARTED',
  project: { name: 'api' },
  environment: { name: 'main', mode: 'STAGING' },
};

async function post({ call }: TestServer, change: object = {}): Promise<string> {
  const { status, body } = await call('POST', path, { body: { ...event, ...change } });
  expect(status).toBe(202);
  return String(body.id);
}

async function listAt({ call }: TestServer, address: string) {
  const { status, body } = await call('GET', address);
  expect(status).toBe(200);
  return body.results as Record<string, unknown>[];
}

describe('past events', () => {
  it('are listed by their acceptance, with the time that they gave themselves', async () => {
    const server = await createTestServer();
    await post(server, { created_at: '2030-01-01T00:00:00+01:00' });
    server.clock.now += 1000;
    await post(server);
    const { body } = await server.call('GET', path);
    expect(body.results).toEqual([
      {
        id: expect.any(String),
        accepted_at: '2026-01-31T12:00:01.000Z',
        created_at: '2026-01-31T12:00:01.000Z',
        event_type: 'DEPLOYMENT_STARTED',
        project: { id: expect.any(String), name: 'api' },
        environment: { id: expect.any(String), name: 'main', mode: 'STAGING' },
      },
      expect.objectContaining({
        accepted_at: '2026-01-31T12:00:00.000Z',
        created_at: '2029-12-31T23:00:00.000Z',
      }),
    ]);
    expect(pastEventListSchema.parse(body)).toEqual({ ...body, unreadable: 0 });
  });

  it('give pages, each event once', async () => {
    const server = await createTestServer();
    const ids: string[] = [];
    for (let count = 0; count < 53; count += 1) {
      // Several at the same time, and the clock set back once.
      server.clock.now += count === 20 ? 0 : count % 3 === 0 ? 1 : 0;
      ids.unshift(await post(server));
    }
    const idsAt = async (query: string) =>
      (await listAt(server, path + query)).map(({ id }) => id as string);
    expect(await idsAt('')).toEqual(ids.slice(0, 50));
    expect(await idsAt('?limit=200')).toEqual(ids);
    const seen: string[] = [];
    for (let page = await idsAt('?limit=7'); page.length > 0;) {
      seen.push(...page);
      expect(seen.length).toBeLessThanOrEqual(ids.length);
      page = await idsAt(`?limit=7&before=${page.at(-1)?.toUpperCase()}`);
    }
    expect(seen).toEqual(ids);
  });

  it('name the delivery to a webhook and how it stands, if there was one', async () => {
    const server = await createTestServer();
    const add = async (project_names_filter: string[]) => {
      const { body } = await server.call('POST', webhooksPath(organizationId), {
        body: {
          kind: 'STANDARD',
          target_url: 'https://example.org',
          events: ['DEPLOYMENT_STARTED'],
          project_names_filter,
        },
      });
      return String(body.id);
    };
    const [api, any] = [await add(['api']), await add([])];
    await post(server, { project: { name: 'web' } });
    const { body } = await server.call('POST', path, { body: event });
    const deliveries = body.deliveries as { id: string; webhook_id: string }[];
    const deliveryTo = (id: string) => deliveries.find((one) => one.webhook_id === id)?.id;
    expect(await listAt(server, `${path}?webhook_id=${api}`)).toMatchObject([
      { id: body.id, delivery_id: deliveryTo(api), delivery_status: 'pending' },
      { project: { name: 'web' }, delivery_id: null, delivery_status: null },
    ]);
    expect(await listAt(server, `${path}?webhook_id=${any.toUpperCase()}`)).toMatchObject([
      { delivery_id: deliveryTo(any) },
      { delivery_id: expect.any(String) },
    ]);
    await server.db
      .updateTable('delivery')
      .set({ status: 'failed' })
      .where('webhook_id', '=', api)
      .execute();
    expect(await listAt(server, `${path}?webhook_id=${api}&limit=1`)).toMatchObject([
      { delivery_status: 'failed' },
    ]);
    const [withoutWebhook] = await listAt(server, path);
    expect(withoutWebhook).not.toHaveProperty('delivery_id');
    expect(withoutWebhook).not.toHaveProperty('delivery_status');
    await server.call('DELETE', webhookPath(organizationId, api));
    expect((await server.call('GET', `${path}?webhook_id=${api}`)).status).toBe(404);
  });

  it('are those of one organization', async () => {
    const server = await createTestServer();
    const id = await post(server);
    const other = '018f0000-0000-7000-8000-000000000002';
    await insertOrganization(server.db, { id: other, name: 'Other', created_at: 1 });
    expect(await listAt(server, deploymentEventsPath(other))).toEqual([]);
    expect(await listAt(server, eventSummaryPath(other))).toEqual([]);
    const page = await server.call('GET', `${deploymentEventsPath(other)}?before=${id}`);
    expect(page.status).toBe(400);
  });

  it.each([
    ['?limit=0', '/limit'],
    ['?limit=201', '/limit'],
    ['?before=1', '/before'],
    [`?before=${missing}`, '/before'],
    ['?webhook_id=', '/webhook_id'],
    ['?webhook_id=1', '/webhook_id'],
    [`?webhook_id=${missing}&webhook_id=${missing}`, '/webhook_id'],
    ['/summary?since=', '/since'],
    ['/summary?since=yesterday', '/since'],
    ['/summary?since=1700000000000', '/since'],
    ['/summary?since=2026-01-31', '/since'],
    ['/summary?since=2026-02-30T00:00:00Z', '/since'],
    ['/summary?since=2026-01-31T12:00:00', '/since'],
    ['/summary?since=2026-01-01T00:00:00Z&since=2026-01-01T00:00:00Z', '/since'],
  ])('refuse %s', async (query, pointer) => {
    const { call } = await createTestServer();
    const { status, body } = await call('GET', path + query);
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      { pointer, message: expect.stringMatching(new RegExp(`^${pointer.slice(1)} (must|is)`)) },
    ]);
  });

  it('know no webhook that is not there', async () => {
    const { call } = await createTestServer();
    expect((await call('GET', `${path}?webhook_id=${missing}`)).status).toBe(404);
  });
});

describe('a past event in full', () => {
  const id = '33333333-3333-4333-8333-333333333333';

  it('says all that the event said', async () => {
    const server = await createTestServer();
    const job = { current_status: null, job: { name: 'migrate', image: 'x' }, exit: [0, null] };
    const logs = ['line', { message: 'm' }, null];
    await post(server, { id, created_at: '2030-01-01T00:00:00+01:00', jobs: [job], logs });
    const { status, body } = await server.call('GET', deploymentEventPath(organizationId, id));
    expect(status).toBe(200);
    const made = { created_at: expect.any(String), updated_at: expect.any(String) };
    expect(body).toEqual({
      id,
      created_at: '2029-12-31T23:00:00.000Z',
      event_type: 'DEPLOYMENT_STARTED',
      current_status: 'DEPLOYING',
      desired_status: 'DEPLOYED',
      organization: {
        id: organizationId,
        created_at: '1970-01-01T00:00:01.000Z',
        name: 'Acme',
        plan: 'ENTERPRISE',
        description: '',
      },
      project: {
        id: expect.any(String),
        ...made,
        name: 'api',
        description: '',
        organization: { id: organizationId },
        associated_environments_count: 1,
      },
      environment: {
        id: expect.any(String),
        ...made,
        name: 'main',
        mode: 'STAGING',
        organization: { id: organizationId },
        project: { id: (body.project as { id: string }).id },
        cloud_provider: {},
        cluster_id: '00000000-0000-0000-0000-000000000000',
      },
      applications: [],
      databases: [],
      containers: [],
      jobs: [job],
      logs,
    });
    const upper = deploymentEventPath(organizationId, id.toUpperCase());
    expect((await server.call('GET', upper)).body).toEqual(body);
  });

  it('gives the very bytes of the bodies that are sent, whatever it says', async () => {
    const server = await createTestServer();
    await server.call('POST', webhooksPath(organizationId), {
      body: { kind: 'SLACK', target_url: 'https://example.org', events: deploymentEventTypes },
    });
    const name = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 250 }),
      fc.constantFrom('<!channel> & *b*', '\u2028"\\', '‮abc', '🦄'.repeat(250), "it's"),
    );
    const service = (type: string) =>
      fc.array(
        fc
          .tuple(
            fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('2', '1', type)), fc.jsonValue()),
            fc.dictionary(fc.constantFrom('10', '9', 'id', 'image'), fc.jsonValue()),
            name,
            fc.option(name),
          )
          .map(([more, about, named, current_status]) =>
            Object.assign(more, {
              desired_status: null,
              current_status,
              [type]: Object.assign(about, { name: named }),
            }),
          ),
        { maxLength: 3 },
      );
    const anyEvent = fc
      .record({
        event_type: fc.constantFrom(...deploymentEventTypes),
        created_at: fc.constantFrom('2026-01-31T12:00:00.5+14:00', '9999-12-31T23:59:59-23:59'),
        current_status: fc.option(name),
        project: fc.record({ name }),
        environment: fc.record({ name, mode: fc.constantFrom(...environmentModes) }),
        applications: service('application'),
        databases: service('database'),
        containers: service('container'),
        jobs: service('job'),
        logs: fc.array(fc.oneof(fc.jsonValue(), fc.constantFrom(1e308, -0, 1e21, 0.1, null))),
      })
      .filter((value) => findTextProblem(value) === null);
    await fc.assert(
      fc.asyncProperty(anyEvent, async (said) => {
        const sent = await post(server, said);
        const { text } = await server.call('GET', deploymentEventPath(organizationId, sent));
        const read = z.parse(deploymentEventSchema, JSON.parse(text));
        const stored = await server.db
          .selectFrom('deployment_event')
          .select(['standard_body', 'slack_body'])
          .where('id', '=', sent)
          .executeTakeFirstOrThrow();
        expect(buildBody('STANDARD', read)).toBe(stored.standard_body);
        expect(buildBody('SLACK', read)).toBe(stored.slack_body);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['that nobody sent', missing],
    ['whose id is no UUID', 'abc'],
    ['whose id is almost one', `${id}0`],
    ['without an id', ''],
  ])('is not found: one %s', async (_, unknown) => {
    const server = await createTestServer();
    await post(server, { id });
    const answer = await server.call('GET', `${path}/${unknown}`);
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ status: 404, title: 'Not Found' });
  });

  it('is that of one organization, and for those who may', async () => {
    const server = await createTestServer();
    await post(server, { id });
    const other = '018f0000-0000-7000-8000-000000000002';
    await insertOrganization(server.db, { id: other, name: 'Other', created_at: 1 });
    expect((await server.call('GET', deploymentEventPath(other, id))).status).toBe(404);
    const anonymous = await server.anonymously('GET', deploymentEventPath(organizationId, id));
    expect(anonymous.status).toBe(401);
    expect((await server.call('POST', deploymentEventPath(organizationId, id))).status).toBe(404);
  });
});

describe('the summary', () => {
  it('counts what looks the same to the matcher, the latest first', async () => {
    const server = await createTestServer();
    await post(server);
    await post(server, { project: { name: 'web' } });
    server.clock.now += 1000;
    await post(server);
    const { body } = await server.call('GET', eventSummaryPath(organizationId));
    const same = { event_type: 'DEPLOYMENT_STARTED', mode: 'STAGING' };
    expect(body.results).toEqual([
      { ...same, project_name: 'api', count: 2, latest_at: '2026-01-31T12:00:01.000Z' },
      { ...same, project_name: 'web', count: 1, latest_at: '2026-01-31T12:00:00.000Z' },
    ]);
    expect(eventSummarySchema.parse(body)).toEqual({ ...body, unreadable: 0 });
  });

  it('is made anew after 10 seconds', async () => {
    const server = await createTestServer();
    const counts = async () =>
      (await listAt(server, eventSummaryPath(organizationId))).map(({ count }) => count);
    await post(server);
    expect(await counts()).toEqual([1]);
    await post(server);
    server.clock.now += 9999;
    expect(await counts()).toEqual([1]);
    server.clock.now += 1;
    expect(await counts()).toEqual([2]);
  });

  it('takes a + in the zone as it comes from a command line', async () => {
    const server = await createTestServer();
    await post(server);
    const since = (time: string) =>
      listAt(server, `${eventSummaryPath(organizationId)}?since=${time}`);
    expect(await since('2026-01-31T13:00:00+01:00')).toHaveLength(1);
    expect(await since('2026-01-31T13:00:00.001%2B01:00')).toHaveLength(0);
  });
});
