import { describe, expect, it } from 'vitest';

import { webhookPath, webhooksPath } from '../contract/api-paths';
import { createTestServer, organizationId, type TestServer } from './test-server';

const minimal = {
  kind: 'STANDARD',
  target_url: 'https://example.org/hook',
  events: ['DEPLOYMENT_STARTED'],
};
const full = {
  kind: 'SLACK',
  target_url: 'https://hooks.slack.com/services/T0/B0/abc',
  target_secret: 'the webhook secret',
  description: 'für alle <b>👋</b> שלום',
  enabled: false,
  events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STARTED'],
  project_names_filter: ['product*', 'Analytics'],
  environment_types_filter: ['PRODUCTION', 'STAGING'],
};
const list = webhooksPath(organizationId);
const one = (id: unknown) => webhookPath(organizationId, String(id));
const other = '99999999-9999-4999-8999-999999999999';

async function create(server: TestServer, body: object = minimal) {
  const answer = await server.call('POST', list, { body });
  expect(answer.status).toBe(201);
  return answer.body;
}

const storedSecret = async ({ db, deps }: TestServer) => {
  const row = await db
    .selectFrom('webhook')
    .select(['id', 'target_secret'])
    .executeTakeFirstOrThrow();
  return row.target_secret === null ? null : deps.secretBox.open(row.id, row.target_secret);
};

describe('create', () => {
  it('gives back what was sent, and defaults for the rest', async () => {
    const server = await createTestServer();
    const { status, headers, body } = await server.call('POST', list, { body: minimal });
    expect(status).toBe(201);
    expect(headers.get('etag')).toBe('"1"');
    expect(headers.get('location')).toBe(one(body.id));
    expect(body).toEqual({
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      created_at: '2026-01-31T12:00:00.000Z',
      updated_at: '2026-01-31T12:00:00.000Z',
      ...minimal,
      target_secret_set: false,
      description: '',
      enabled: true,
      project_names_filter: [],
      environment_types_filter: [],
      version: 1,
      disabled_reason: null,
      disabled_at: null,
      warnings: [],
    });
  });

  it('keeps every member as it is, and the secret out of sight', async () => {
    const server = await createTestServer();
    const { target_secret, ...visible } = full;
    const created = await create(server, full);
    expect(created).toMatchObject({ ...visible, target_secret_set: true });
    const got = await server.call('GET', one(created.id));
    expect(got.body).toMatchObject(visible);
    expect(got.headers.get('etag')).toBe('"1"');
    expect(await storedSecret(server)).toBe(target_secret);
    expect(JSON.stringify(created) + got.text + server.logLines.join('')).not.toContain(
      target_secret,
    );
    const [row] = await server.db.selectFrom('webhook').selectAll().execute();
    expect(JSON.stringify(row)).not.toContain(target_secret);
  });

  it('passes on what is to be said about the URL', async () => {
    const warning = { pointer: '/target_url', message: 'Private.' };
    const server = await createTestServer({ warnAboutTarget: async () => [warning] });
    const { id, warnings } = await create(server);
    expect(warnings).toEqual([warning]);
    const edited = await server.call('PUT', one(id), { body: minimal });
    expect(edited.body.warnings).toEqual([warning]);
    expect((await server.call('GET', one(id))).body).not.toHaveProperty('warnings');
  });
});

it('lists webhooks in the order in which they were made, over pages of the database', async () => {
  const server = await createTestServer();
  const ids = [];
  for (let i = 0; i < 3; i += 1) {
    ids.push((await create(server)).id);
    if (i === 0) server.clock.now += 1;
  }
  const { created_at: _, ...row } = await server.db
    .selectFrom('webhook')
    .selectAll()
    .executeTakeFirstOrThrow();
  const many = Array.from({ length: 1000 }, (_, i) => ({
    ...row,
    id: `0${String(i).padStart(7, '0')}-0000-4000-8000-000000000000`,
    created_at: server.clock.now + 1,
  }));
  for (let i = 0; i < many.length; i += 100) {
    await server.db
      .insertInto('webhook')
      .values(many.slice(i, i + 100))
      .execute();
  }
  const { body } = await server.call('GET', list);
  const listed = (body.results as { id: string }[]).map(({ id }) => id);
  expect(listed).toEqual([...ids, ...many.map(({ id }) => id)]);
});

describe('edit', () => {
  it('replaces the configuration: what is absent is emptied, but secret and enabled are kept', async () => {
    const server = await createTestServer();
    const { id } = await create(server, full);
    server.clock.now += 5000;
    const { status, headers, body } = await server.call('PUT', one(id), {
      body: { kind: 'SLACK', target_url: full.target_url, events: ['DEPLOYMENT_STARTED'] },
    });
    expect(status).toBe(200);
    expect(headers.get('etag')).toBe('"2"');
    expect(body).toMatchObject({
      created_at: '2026-01-31T12:00:00.000Z',
      updated_at: '2026-01-31T12:00:05.000Z',
      version: 2,
      target_secret_set: true,
      enabled: false,
      description: '',
      events: ['DEPLOYMENT_STARTED'],
      project_names_filter: [],
      environment_types_filter: [],
    });
    expect(await storedSecret(server)).toBe(full.target_secret);
  });

  it('takes a whole response back', async () => {
    const server = await createTestServer();
    const created = await create(server, full);
    const { status, body } = await server.call('PUT', one(created.id), { body: created });
    expect(status).toBe(200);
    expect(body).toEqual({ ...created, version: 2 });
  });

  it('replaces and removes the secret', async () => {
    const server = await createTestServer();
    const { id } = await create(server);
    const put = (target_secret: string | null) =>
      server.call('PUT', one(id), { body: { ...minimal, target_secret } });
    expect((await put('first')).body.target_secret_set).toBe(true);
    expect(await storedSecret(server)).toBe('first');
    await put('second');
    expect(await storedSecret(server)).toBe('second');
    await put(null);
    expect(await storedSecret(server)).toBe('second');
    expect((await put('')).body.target_secret_set).toBe(false);
    expect(await storedSecret(server)).toBeNull();
  });

  it('wants the secret again when anything of the URL but its query changes', async () => {
    const server = await createTestServer();
    const { id } = await create(server, { ...minimal, target_secret: 'a secret' });
    const put = (body: object) => server.call('PUT', one(id), { body: { ...minimal, ...body } });

    const refused = await put({ target_url: 'https://example.org/other' });
    expect(refused.status).toBe(400);
    expect(refused.body.errors).toEqual([
      { pointer: '/target_secret', message: expect.stringMatching(/enter the secret again/) },
    ]);
    expect((await server.call('GET', one(id))).body).toMatchObject({ ...minimal, version: 1 });

    expect((await put({ target_url: 'https://example.org/hook?x=1' })).status).toBe(200);
    expect((await put({ target_url: 'https://a.example/', target_secret: 'new' })).status).toBe(
      200,
    );
    expect(await storedSecret(server)).toBe('new');
    expect((await put({ target_url: 'https://b.example/', target_secret: '' })).status).toBe(200);
    expect((await put({ target_url: 'https://c.example/' })).status).toBe(200);
  });

  it('forgets why it was disabled once it is enabled', async () => {
    const server = await createTestServer();
    const { id } = await create(server, { ...minimal, enabled: false });
    await server.db
      .updateTable('webhook')
      .set({ disabled_reason: 'GONE', disabled_at: 0 })
      .execute();
    const kept = await server.call('PUT', one(id), { body: minimal });
    expect(kept.body).toMatchObject({
      enabled: false,
      disabled_reason: 'GONE',
      disabled_at: '1970-01-01T00:00:00.000Z',
    });
    const enabled = await server.call('PUT', one(id), { body: { ...minimal, enabled: true } });
    expect(enabled.body).toMatchObject({ enabled: true, disabled_reason: null, disabled_at: null });
  });
});

describe('If-Match', () => {
  it.each(['"1"', 'W/"1"', '*', '"7", W/"1"'])('lets %s change version 1', async (tag) => {
    const server = await createTestServer();
    const { id } = await create(server);
    const headers = { 'if-match': tag };
    expect((await server.call('PUT', one(id), { headers, body: minimal })).status).toBe(200);
  });

  it('stops a change and a deletion of another version, and changes nothing', async () => {
    const server = await createTestServer();
    const { id } = await create(server);
    await server.call('PUT', one(id), { body: minimal });
    const headers = { 'if-match': '"1"' };
    const body = { ...minimal, description: 'late' };
    expect((await server.call('PUT', one(id), { headers, body })).status).toBe(412);
    expect((await server.call('DELETE', one(id), { headers })).status).toBe(412);
    expect((await server.call('GET', one(id))).body).toMatchObject({ version: 2, description: '' });
  });

  it('lets one of two edits at once through', async () => {
    const server = await createTestServer();
    const { id } = await create(server);
    const put = () =>
      server.call('PUT', one(id), { headers: { 'if-match': '"1"' }, body: minimal });
    const statuses = (await Promise.all([put(), put()])).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 412]);
  });

  it('is refused where it is no entity tag', async () => {
    const server = await createTestServer();
    const { id } = await create(server);
    const headers = { 'if-match': '1' };
    expect((await server.call('PUT', one(id), { headers, body: minimal })).status).toBe(400);
  });
});

it('deletes', async () => {
  const server = await createTestServer();
  const { id } = await create(server, full);
  const deleted = await server.call('DELETE', one(id), { headers: { 'if-match': '"1"' } });
  expect([deleted.status, deleted.text]).toEqual([204, '']);
  expect((await server.call('GET', one(id))).status).toBe(404);
  expect((await server.call('DELETE', one(id))).status).toBe(404);
  expect((await server.call('GET', list)).body).toEqual({ results: [] });
});

describe('ids that are not there', () => {
  it.each([one(other), one('not-a-uuid'), one('1'), webhookPath(other, other)])(
    'answers 404 at %s',
    async (path) => {
      const server = await createTestServer();
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const answer = await server.call(method, path, method === 'PUT' ? { body: minimal } : {});
        expect([method, answer.status]).toEqual([method, 404]);
        expect(answer.body).toMatchObject({ title: 'Not Found', status: 404 });
      }
      expect((await server.call('GET', `${path}/event`)).status).toBe(404);
    },
  );

  it('does not show the webhook of another organization', async () => {
    const server = await createTestServer();
    await server.db
      .insertInto('organization')
      .values({ id: other, name: 'Other', created_at: 1 })
      .execute();
    const { body } = await server.call('POST', webhooksPath(other), { body: minimal });
    expect((await server.call('GET', webhookPath(other, String(body.id)))).status).toBe(200);
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const call = method === 'PUT' ? { body: minimal } : {};
      expect((await server.call(method, one(body.id), call)).status).toBe(404);
    }
    expect((await server.call('GET', `${one(body.id)}/event`)).status).toBe(404);
    expect((await server.call('GET', list)).body).toEqual({ results: [] });
  });
});
