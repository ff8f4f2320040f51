import { describe, expect, it } from 'vitest';

import { sessionPath, signInCodePath } from '../contract/api-paths';
import { createApp } from './app';
import { embeddedBackEnd } from './embedded-back-end';
import { adminToken, cookieOf, createTestServer, signIn, type TestServer } from './test-server';

const origin = 'http://localhost';
const hour = 3_600_000;

describe('a session', () => {
  it('begins with the token, tells who one is, and ends', async () => {
    const server = await createTestServer();
    const cookie = await signIn(server);
    const session = await server.anonymously('GET', sessionPath(), { headers: { cookie } });
    expect(session.body).toEqual({ role: 'admin', expires_at: '2026-02-01T00:00:00.000Z' });

    const headers = { cookie, origin };
    const ended = await server.anonymously('DELETE', sessionPath(), { headers });
    expect(ended.status).toBe(204);
    expect(ended.headers.getSetCookie().at(-1)).toMatch(/^webhook-console-80=;.*Max-Age=0/);
    expect((await server.anonymously('GET', sessionPath(), { headers })).status).toBe(401);
  });

  it('leaves nothing behind once it has ended, or its token is another', async () => {
    const server = await createTestServer();
    const sessions = () => server.db.selectFrom('session').selectAll().execute();
    await signIn(server);
    await signIn(server);
    expect(await sessions()).toHaveLength(2);
    server.clock.now += 12 * hour;
    await signIn(server);
    const [kept, ...others] = await sessions();
    expect([kept?.created_at, others]).toEqual([server.clock.now, []]);

    const changed = createApp(
      { ...server.deps, adminToken: 'another' },
      embeddedBackEnd(server.deps),
    );
    await changed.request(sessionPath(), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"token":"another"}',
    });
    const rows = await sessions();
    expect(rows).toHaveLength(1);
    expect(rows[0]?.id_hash).not.toBe(kept?.id_hash);
  });

  it('is kept as a hash', async () => {
    const server = await createTestServer();
    const id = (await signIn(server)).split('=')[1];
    const rows = await server.db.selectFrom('session').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(id);
    expect(JSON.stringify(rows)).not.toContain(adminToken);
  });

  it.each([{ token: 'wrong' }, { token: '' }, { code: 'wrong' }, { code: adminToken }])(
    'does not begin with %j',
    async (body) => {
      const { anonymously } = await createTestServer();
      const answer = await anonymously('POST', sessionPath(), { body });
      expect(answer.status).toBe(401);
      expect(answer.headers.getSetCookie()).toEqual([]);
    },
  );

  it.each([{}, { token: 5 }, { code: null }])('is refused for %j', async (body) => {
    const { anonymously } = await createTestServer();
    expect((await anonymously('POST', sessionPath(), { body })).status).toBe(400);
  });

  it('lasts 12 hours without a request, and longer with one', async () => {
    const server = await createTestServer();
    const headers = { cookie: await signIn(server) };
    const get = () => server.anonymously('GET', sessionPath(), { headers });
    server.clock.now += 11 * hour;
    const kept = await get();
    expect(kept.body.expires_at).toBe('2026-02-01T11:00:00.000Z');
    expect(cookieOf(kept.headers)).toBe(headers.cookie);
    server.clock.now += 12 * hour - 1;
    expect((await get()).status).toBe(200);
    server.clock.now += 12 * hour;
    expect((await get()).status).toBe(401);
  });

  it('is not written at every request', async () => {
    const server = await createTestServer();
    const headers = { cookie: await signIn(server) };
    server.clock.now += 59_000;
    const answer = await server.anonymously('GET', sessionPath(), { headers });
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(answer.body.expires_at).toBe('2026-02-01T00:00:00.000Z');
  });

  it('survives a restart, but not another admin token', async () => {
    const server = await createTestServer();
    const headers = { cookie: await signIn(server) };
    const restarted = createApp(server.deps, embeddedBackEnd(server.deps));
    expect((await restarted.request(sessionPath(), { headers })).status).toBe(200);
    const changed = createApp(
      { ...server.deps, adminToken: 'another' },
      embeddedBackEnd(server.deps),
    );
    expect((await changed.request(sessionPath(), { headers })).status).toBe(401);
  });

  it('takes the place of the one before in the same browser', async () => {
    const server = await createTestServer();
    const cookie = await signIn(server);
    const again = await server.anonymously('POST', sessionPath(), {
      headers: { cookie },
      body: { token: adminToken },
    });
    expect(cookieOf(again.headers)).not.toBe(cookie);
    expect((await server.anonymously('GET', sessionPath(), { headers: { cookie } })).status).toBe(
      401,
    );
  });

  it('of nobody is refused', async () => {
    const { anonymously } = await createTestServer();
    const headers = { cookie: 'webhook-console-80=made-up' };
    expect((await anonymously('GET', sessionPath(), { headers })).status).toBe(401);
  });

  it('of a program with a token has no end', async () => {
    const { call } = await createTestServer();
    expect((await call('GET', sessionPath())).body).toEqual({ role: 'admin', expires_at: null });
  });
});

describe('a sign-in code', () => {
  const issue = async (server: TestServer) => {
    const { status, body } = await server.call('POST', signInCodePath());
    expect({ status, body }).toEqual({
      status: 201,
      body: {
        code: expect.stringMatching(/^[\w-]{43}$/),
        expires_at: new Date(server.clock.now + 600_000).toISOString(),
      },
    });
    return String(body.code);
  };
  const redeem = (server: TestServer, code: string) =>
    server.anonymously('POST', sessionPath(), { body: { code } });

  it('signs in once', async () => {
    const server = await createTestServer();
    const code = await issue(server);
    const cookie = cookieOf((await redeem(server, code)).headers);
    expect((await server.anonymously('GET', sessionPath(), { headers: { cookie } })).status).toBe(
      200,
    );
    expect((await redeem(server, code)).status).toBe(401);
  });

  it('signs in one of two who try at once', async () => {
    const server = await createTestServer();
    const code = await issue(server);
    const answers = await Promise.all([redeem(server, code), redeem(server, code)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 401]);
  });

  it('lasts 10 minutes', async () => {
    const server = await createTestServer();
    const [early, late] = [await issue(server), await issue(server)];
    server.clock.now += 599_999;
    expect((await redeem(server, early)).status).toBe(204);
    server.clock.now += 1;
    expect((await redeem(server, late)).status).toBe(401);
  });

  it('is made with the token only, and kept as a hash', async () => {
    const server = await createTestServer();
    const cookie = await signIn(server);
    const headers = { cookie, origin };
    expect((await server.anonymously('POST', signInCodePath(), { headers })).status).toBe(403);
    expect((await server.anonymously('POST', signInCodePath())).status).toBe(401);
    const code = await issue(server);
    const rows = await server.db.selectFrom('sign_in_code').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(code);
    expect(server.logLines.join('')).not.toContain(code);
  });
});
