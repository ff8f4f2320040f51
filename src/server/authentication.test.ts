import { describe, expect, it } from 'vitest';

import {
  capabilitiesPath,
  organizationsPath,
  sessionPath,
  webhooksPath,
} from '../contract/api-paths';
import {
  adminToken,
  createTestServer,
  organizationId,
  signIn,
  type TestServer,
} from './test-server';

const origin = 'http://localhost';
const webhook = {
  kind: 'STANDARD',
  target_url: 'https://example.org',
  events: ['DEPLOYMENT_STARTED'],
};

describe('by token', () => {
  it.each([
    `Token ${adminToken}`,
    `Bearer ${adminToken}`,
    `token  ${adminToken}`,
    `BEARER ${adminToken} `,
  ])('lets "%s" in', async (authorization) => {
    const { anonymously } = await createTestServer();
    const answer = await anonymously('GET', organizationsPath(), { headers: { authorization } });
    expect(answer.status).toBe(200);
  });

  it.each([
    adminToken,
    '',
    'Token',
    'Token ',
    `Basic ${adminToken}`,
    `Token ${adminToken}x`,
    `Token ${adminToken.slice(1)}`,
    `Token ${adminToken} ${adminToken}`,
    `Token "${adminToken}"`,
    'Bearer eyJhbGciOiJub25lIn0.e30.',
  ])('keeps "%s" out', async (authorization) => {
    const server = await createTestServer();
    const cookie = await signIn(server);
    for (const headers of [{ authorization }, { authorization, cookie }]) {
      const answer = await server.anonymously('GET', organizationsPath(), { headers });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(answer.body).toMatchObject({ title: 'Unauthorized', detail: expect.any(String) });
    }
  });

  it('needs no Origin', async () => {
    const { call } = await createTestServer();
    const headers = { origin: 'https://elsewhere.example' };
    const answer = await call('POST', webhooksPath(organizationId), { headers, body: webhook });
    expect(answer.status).toBe(201);
  });
});

it('wants credentials everywhere, and for what is not there says so to everybody', async () => {
  const { anonymously } = await createTestServer();
  for (const path of [capabilitiesPath(), sessionPath(), webhooksPath(organizationId)]) {
    expect((await anonymously('GET', path)).status).toBe(401);
  }
  for (const path of ['/api', '/api/', '/api/nothing', '/api/organization/x/nothing']) {
    expect([path, (await anonymously('GET', path)).status]).toEqual([path, 404]);
  }
  expect((await anonymously('PATCH', webhooksPath(organizationId))).status).toBe(404);
});

describe('a write by cookie', () => {
  const post = async (server: TestServer, headers: Record<string, string>) =>
    server.anonymously('POST', webhooksPath(organizationId), { headers, body: webhook });

  it('comes from our own page', async () => {
    const server = await createTestServer();
    const cookie = await signIn(server);
    expect((await post(server, { cookie, origin })).status).toBe(201);
  });

  it.each([
    undefined,
    'null',
    '',
    'https://localhost',
    'http://localhost:8080',
    'http://evil.example',
    'http://localhost.evil.example',
  ])('from %s is refused', async (foreign) => {
    const server = await createTestServer();
    const cookie = await signIn(server);
    const answer = await post(server, {
      cookie,
      ...(foreign !== undefined && { origin: foreign }),
    });
    expect(answer.status).toBe(403);
    expect(answer.body.detail).toMatch(/PUBLIC_URL/);
    const list = await server.call('GET', webhooksPath(organizationId));
    expect(list.body).toEqual({ results: [] });
  });

  it('does not need JSON less than any other', async () => {
    const server = await createTestServer();
    const headers = { cookie: await signIn(server), origin, 'content-type': 'text/plain' };
    expect((await post(server, headers)).status).toBe(415);
  });

  it('nobody signs another page in', async () => {
    const { anonymously } = await createTestServer();
    const headers = { origin: 'http://evil.example' };
    const answer = await anonymously('POST', sessionPath(), {
      headers,
      body: { token: adminToken },
    });
    expect(answer.status).toBe(403);
  });
});

describe('the cookie', () => {
  const signInAt = async (publicUrl: string | null, host: string) => {
    const server = await createTestServer({ publicUrl });
    const response = await server.request(host + sessionPath(), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: adminToken }),
    });
    return { server, cookie: response.headers.getSetCookie().join() };
  };

  it('belongs to the port', async () => {
    const { cookie } = await signInAt(null, 'http://127.0.0.1:8123');
    expect(cookie).toMatch(
      /^webhook-console-8123=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/,
    );
  });

  it('belongs to the host and to https where that is public', async () => {
    const { server, cookie } = await signInAt('https://hooks.example.org', 'http://127.0.0.1:8123');
    expect(cookie).toMatch(/^__Host-webhook-console-443=[\w-]{43};/);
    expect(cookie).toMatch(/; HttpOnly; Secure; SameSite=Strict/);
    expect(cookie).not.toMatch(/Domain/);
    const headers = { cookie: cookie.split(';')[0] ?? '' };
    const write = (from: string) =>
      server.anonymously('POST', webhooksPath(organizationId), {
        headers: { ...headers, origin: from },
        body: webhook,
      });
    expect((await write('https://hooks.example.org')).status).toBe(201);
    expect((await write('http://localhost')).status).toBe(403);
  });
});
