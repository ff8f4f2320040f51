import { describe, expect, it } from 'vitest';

import {
  deploymentEventsPath,
  organizationLogPath,
  webhookEventPath,
  webhookEventsPath,
  webhookPath,
  webhooksPath,
} from '../contract/api-paths';
import { webhookEventDetailSchema } from '../contract/webhook-event';
import { attemptRow } from './delivery/test-log-rows';
import { insertOrganization } from './organization-store';
import { createTestServer, organizationId } from './test-server';

async function createServerWithEvents(count: number) {
  const server = await createTestServer();
  const { body } = await server.call('POST', webhooksPath(organizationId), {
    body: { kind: 'STANDARD', target_url: 'https://example.org', events: ['DEPLOYMENT_STARTED'] },
  });
  const event = {
    event_type: 'DEPLOYMENT_STARTED',
    project: { name: 'api' },
    environment: { name: 'main', mode: 'STAGING' },
  };
  const deliveries: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const accepted = await server.call('POST', deploymentEventsPath(organizationId), {
      body: event,
    });
    deliveries.unshift(...(accepted.body.deliveries as { id: string }[]).map(({ id }) => id));
  }
  const path = webhookEventsPath(organizationId, String(body.id));
  const listAt = async (address: string) => {
    const answer = await server.call('GET', address);
    expect(answer.status).toBe(200);
    return answer.body.results as Record<string, unknown>[];
  };
  const list = (query = '') => listAt(path + query);
  const log = (query = '') => listAt(organizationLogPath(organizationId) + query);
  return { ...server, webhookId: String(body.id), path, list, log, deliveries };
}

it('lists what is on its way, with the body that will be sent', async () => {
  const { list, deliveries, webhookId } = await createServerWithEvents(1);
  expect(await list()).toEqual([
    expect.objectContaining({
      id: deliveries[0],
      delivery_id: deliveries[0],
      webhook_id: webhookId,
      created_at: '2026-01-31T12:00:00.000Z',
      kind: 'STANDARD',
      matched_event: 'DEPLOYMENT_STARTED',
      target_url_used: 'https://example.org',
      request: expect.objectContaining({ payload_type: 'DEPLOYMENT' }),
      target_response_status_code: 0,
      attempt: 0,
      trigger: 'event',
    }),
  ]);
});

it('gives pages, newest first: 50 rows unless another number is asked for', async () => {
  const { list, deliveries } = await createServerWithEvents(52);
  const ids = async (query?: string) => (await list(query)).map(({ id }) => id);
  expect(await ids()).toEqual(deliveries.slice(0, 50));
  expect(await ids('?limit=3')).toEqual(deliveries.slice(0, 3));
  expect(await ids(`?limit=2&before=${deliveries[2]}`)).toEqual(deliveries.slice(3, 5));
  expect(await ids(`?before=${deliveries[2]?.toUpperCase()}&limit=1`)).toEqual([deliveries[3]]);
  expect(await ids('?limit=200')).toEqual(deliveries);
  expect(await ids(`?before=${deliveries.at(-1)}`)).toEqual([]);
});

it.each([
  ['?limit=0', '/limit'],
  ['?limit=201', '/limit'],
  ['?limit=', '/limit'],
  ['?limit=1.5', '/limit'],
  ['?limit=-1', '/limit'],
  ['?limit=many', '/limit'],
  ['?before=', '/before'],
  ['?before=1', '/before'],
  ['?after=', '/after'],
  ['?after=latest', '/after'],
  ['?delivery_id=x', '/delivery_id'],
  ['?status=', '/status'],
  ['?status=FAILED', '/status'],
  ['?status=succeeded,failed', '/status'],
  ['?status=failed&status=failed', '/status'],
  ['?status=failed&status=pending', '/status'],
  ['?event=', '/event'],
  ['?event=deployment_started', '/event'],
  ['?view=full', '/view'],
  ['?limit=1&limit=2', '/limit'],
])('refuses %s', async (query, pointer) => {
  const { call, path } = await createServerWithEvents(0);
  for (const address of [path, organizationLogPath(organizationId)]) {
    const { status, body } = await call('GET', address + query);
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      { pointer, message: expect.stringMatching(new RegExp(`^${pointer.slice(1)} (must|is)`)) },
    ]);
  }
});

it('passes over parameters that it does not know', async () => {
  const { list, deliveries } = await createServerWithEvents(1);
  expect(await list('?page=2&page=3')).toMatchObject([{ id: deliveries[0] }]);
});

it('narrows down, and leaves the bodies out of a summary', async () => {
  const { list, log, deliveries } = await createServerWithEvents(2);
  const [newer, older] = deliveries;
  for (const read of [list, log]) {
    expect(await read('?status=pending')).toMatchObject([{ id: newer }, { id: older }]);
    expect(await read('?status=failed')).toEqual([]);
    expect(await read('?event=DEPLOYMENT_STARTED&limit=1')).toMatchObject([{ id: newer }]);
    expect(await read('?event=DEPLOYMENT_FAILURE')).toEqual([]);
    expect(await read(`?after=${older}`)).toMatchObject([{ id: newer }]);
    expect(await read(`?after=${older}&before=${newer}`)).toEqual([]);
    const [row] = await read('?view=summary');
    expect(row).toMatchObject({ id: newer, target_response_body: null });
    expect(row?.request).toEqual({});
  }
});

describe('the log of the organization', () => {
  it('keeps what a deleted webhook left, and a row of it opens', async () => {
    const { call, log, path, webhookId, deliveries } = await createServerWithEvents(1);
    await call('DELETE', webhookPath(organizationId, webhookId));
    expect(await log()).toMatchObject([
      { id: deliveries[0], webhook_id: webhookId, target_url_used: 'https://example.org' },
    ]);
    expect((await call('GET', path)).status).toBe(404);
    const row = await call('GET', `${path}/${deliveries[0]}`);
    expect(row.body).toMatchObject({ id: deliveries[0], webhook_id: webhookId });
  });

  it('has nothing of another organization', async () => {
    const { db, call, webhookId, deliveries } = await createServerWithEvents(1);
    const other = '018f0000-0000-7000-8000-000000000002';
    await insertOrganization(db, { id: other, name: 'Other', created_at: 1 });
    const { body } = await call('GET', organizationLogPath(other));
    expect(body.results).toEqual([]);
    const row = await call('GET', webhookEventPath(other, webhookId, deliveries[0] ?? ''));
    expect(row.status).toBe(404);
  });
});

describe('one row in full', () => {
  it('has the body as the exact text', async () => {
    const { db, call, path, deliveries } = await createServerWithEvents(1);
    const standard_body = '{"a": 1.0, "b": "ü"}';
    await db.updateTable('deployment_event').set({ standard_body }).execute();
    const { body, headers } = await call('GET', `${path}/${deliveries[0]?.toUpperCase()}`);
    expect(headers.get('content-type')).toBe('application/json');
    expect(body).toMatchObject({
      id: deliveries[0],
      attempt: 0,
      request: { a: 1, b: 'ü' },
      request_body: standard_body,
    });
    expect(webhookEventDetailSchema.parse(body)).toEqual(body);
  });

  it('of a test has the body of the test, in the lists too', async () => {
    const { db, call, path, list, log, webhookId } = await createServerWithEvents(0);
    const id = '018f0000-0000-7000-8000-00000000000a';
    const request_body = '{"test": true}';
    const row = attemptRow({
      id,
      organization_id: organizationId,
      webhook_id: webhookId,
      delivery_id: id,
      event_id: id,
      trigger: 'test',
      request_body,
      response_body: 'thanks',
    });
    await db.insertInto('attempt').values(row).execute();
    expect((await call('GET', `${path}/${id}`)).body).toMatchObject({
      id,
      request_body,
      request: { test: true },
      target_response_body: 'thanks',
    });
    for (const rows of [await list(), await log()]) {
      expect(rows).toMatchObject([{ id, trigger: 'test', request: { test: true } }]);
    }
    for (const rows of [await list('?view=summary'), await log('?view=summary')]) {
      expect(rows).toMatchObject([{ id, target_response_body: null }]);
      expect(rows[0]?.request).toEqual({});
    }
  });

  it('says that a body is no longer stored', async () => {
    const { db, call, path, deliveries } = await createServerWithEvents(1);
    await db.deleteFrom('deployment_event').execute();
    const { body } = await call('GET', `${path}/${deliveries[0]}`);
    expect(body).toMatchObject({ request: {}, request_body: null });
  });

  it('is the first attempt once the delivery was tried', async () => {
    const { db, call, path, webhookId, deliveries } = await createServerWithEvents(1);
    const delivery_id = deliveries[0] ?? '';
    const event_id = delivery_id;
    const named = { organization_id: organizationId, webhook_id: webhookId, delivery_id, event_id };
    const ids = ['018f0000-0000-7000-8000-00000000000a', '018f0000-0000-7000-8000-00000000000b'];
    const attempts = ids.map((id) => attemptRow({ ...named, id }));
    await db.insertInto('attempt').values(attempts).execute();
    await db.updateTable('delivery').set({ tried: 2 }).execute();
    expect((await call('GET', `${path}/${delivery_id}`)).body).toMatchObject({ id: ids[0] });
  });

  it('is found by its own webhook only', async () => {
    const { call, path, deliveries } = await createServerWithEvents(1);
    const missing = '99999999-9999-4999-8999-999999999999';
    const addresses = [
      `${path}/${missing}`,
      `${path}/none`,
      webhookEventPath(organizationId, missing, deliveries[0] ?? ''),
      webhookEventPath(organizationId, 'none', deliveries[0] ?? ''),
    ];
    for (const address of addresses) expect((await call('GET', address)).status).toBe(404);
  });
});
