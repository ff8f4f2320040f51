import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished, vi } from 'vitest';

import {
  organizationsPath,
  sessionPath,
  webhooksPath,
  webhookTestPath,
} from '../contract/api-paths';
import { fetchHeld } from './openapi/test-document';
import { temporaryFolder } from './temporary-folder';
import { run, start, tokenOf } from './test-programs';

// Generous: a busy machine starts processes and databases slowly.
vi.setConfig({ testTimeout: 60_000 });

const get = (url: string, token: string) =>
  fetchHeld(url, { headers: { authorization: `Token ${token}` } });

describe('the server', () => {
  it('makes its keys, one organization, and is as it was after a restart', async () => {
    const folder = join(temporaryFolder(), 'data');
    const first = await start({ DATA_DIR: folder, ORGANIZATION_NAME: 'Acme' });
    const token = tokenOf(folder);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(statSync(join(folder, 'admin-token')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'secret-key')).mode & 0o777).toBe(0o600);
    expect((await fetch(`${first.origin}/readyz`)).status).toBe(200);
    const before = await (await get(first.origin + organizationsPath(), token)).text();
    expect(before).toContain('Acme');
    first.child.kill('SIGKILL');
    await first.ended;

    const second = await start({ DATA_DIR: folder, ORGANIZATION_NAME: 'Other' });
    expect(await (await get(second.origin + organizationsPath(), token)).text()).toBe(before);
    for (const secret of [token, readFileSync(join(folder, 'secret-key'), 'utf8').trim()]) {
      expect(first.output() + second.output()).not.toContain(secret);
    }
  });

  it('logs JSON to what is no terminal, with the ranges that deliveries may reach and the way in', async () => {
    const { output, ended, child } = await start({ DATA_DIR: temporaryFolder() });
    child.kill('SIGTERM');
    await ended;
    const lines = output().trim().split('\n');
    const parsed = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(parsed).toContainEqual(
      expect.objectContaining({
        msg: 'listening',
        allowed_private_targets: ['127.0.0.0/8', '::1/128'],
        sign_in: 'npm run sign-in-link',
      }),
    );
    expect(output()).not.toContain('#code=');
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'stops in order at %s, and at no second one',
    async (signal) => {
      const folder = temporaryFolder();
      const { child, ended, output } = await start({ DATA_DIR: folder });
      child.kill(signal);
      child.kill(signal);
      const { code, errors } = await ended;
      expect([code, errors]).toEqual([0, '']);
      expect(output()).toContain('"msg":"stopped"');
      expect(existsSync(join(folder, 'webhooks.db-wal'))).toBe(false);
    },
  );

  it('writes its log to the end, however much of it is under way', async () => {
    const { child, ended, origin, output } = await start({ DATA_DIR: temporaryFolder() });
    const ask = () => fetch(`${origin}/api/${'x'.repeat(4000)}`);
    await Promise.all(Array.from({ length: 100 }, ask));
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    expect(output().match(/"path":/g)).toHaveLength(100);
    expect(output()).toMatch(/"msg":"stopped"}\n$/);
  });

  it('stops in order when nobody reads its log any more', async () => {
    const folder = temporaryFolder();
    const { child, ended } = await start({ DATA_DIR: folder });
    child.stdout.destroy();
    child.kill('SIGTERM');
    const { code, errors } = await ended;
    expect([code, errors]).toEqual([0, '']);
    expect(existsSync(join(folder, 'webhooks.db-wal'))).toBe(false);
  });

  it('stops in order when the reader of its log has stopped reading', async () => {
    const folder = temporaryFolder();
    const { child, ended, origin } = await start({ DATA_DIR: folder });
    child.stdout.pause();
    // More than what lies between the two holds.
    const ask = () => fetch(`${origin}/api/${'x'.repeat(4000)}`);
    for (let i = 0; i < 40; i += 1) await Promise.all(Array.from({ length: 10 }, ask));
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
    expect(existsSync(join(folder, 'webhooks.db-wal'))).toBe(false);
    child.stdout.resume();
    expect((await ended).errors).toBe('');
  });

  it('stops in order at SIGTERM while somebody is still sending a request', async () => {
    const { child, ended, port } = await start({ DATA_DIR: temporaryFolder() });
    const socket = connect(Number(port), '127.0.0.1').on('error', () => {});
    onTestFinished(() => void socket.destroy());
    socket.write('POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n');
    socket.write('Content-Length: 100\r\nExpect: 100-continue\r\n\r\n');
    await once(socket, 'data');
    socket.write('{"code":');
    child.kill('SIGTERM');
    const { code, output } = await ended;
    expect(code).toBe(0);
    expect(output).toContain('"msg":"stopped"');
  });

  it('answers a test that takes as long as an attempt may before it stops', async () => {
    const folder = temporaryFolder();
    const receiver = createServer().listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    onTestFinished(() => void receiver.close().closeAllConnections());
    const address = receiver.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    // More than requests in progress would be given if they could not be tests.
    const server = await start({ DATA_DIR: folder, DELIVERY_TIMEOUT: '6s' });
    const post = async (path: string, body: object) =>
      fetchHeld(server.origin + path, {
        method: 'POST',
        headers: { authorization: `Token ${tokenOf(folder)}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const lists = await get(server.origin + organizationsPath(), tokenOf(folder));
    const { results } = (await lists.json()) as { results: { id: string }[] };
    const organization = results[0]?.id ?? '';
    const target_url = `http://127.0.0.1:${port}`;
    const webhook = { kind: 'STANDARD', target_url, events: ['DEPLOYMENT_STARTED'] };
    const added = await post(webhooksPath(organization), webhook);
    const { id } = (await added.json()) as { id: string };
    const testing = post(webhookTestPath(organization, id), {});
    await once(receiver, 'request');
    server.child.kill('SIGTERM');
    expect(await (await testing).json()).toMatchObject({ error: 'timed out after 6 s' });
    expect((await server.ended).code).toBe(0);
  });

  it.each([
    ['in a file system that takes none', '/proc/none/data', 'it is not there and cannot be made'],
    ['beneath a file', join(import.meta.filename, 'data'), 'a part of its path is a file'],
    ['that is a file', import.meta.filename, 'there is a file of that name'],
    ['with a long name', join('/', 'x'.repeat(300)), 'its path is too long'],
  ])('is refused a data folder %s, with one line', async (_, folder, reason) => {
    const { code, errors } = await run('main', { DATA_DIR: folder, PORT: '0' }).ended;
    expect([code, errors]).toEqual([1, `The data folder ${folder} cannot be used: ${reason}.\n`]);
  });

  it('is refused a data folder that another one has', async () => {
    const folder = temporaryFolder();
    await start({ DATA_DIR: folder });
    const { code, errors } = await run('main', { DATA_DIR: folder, PORT: '0' }).ended;
    expect(code).toBe(1);
    expect(errors).toMatch(/^The data folder .* is in use by another process[^\n]*\n$/);
  });

  it('is refused a port that is taken, and lets go of the data folder', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    onTestFinished(() => void taken.close());
    const address = taken.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    const { code, errors } = await run('main', { DATA_DIR: temporaryFolder(), PORT: port }).ended;
    expect(code).toBe(1);
    expect(errors).toMatch(/^Cannot listen at 127\.0\.0\.1, port \d+[^\n]*listens there\.\n$/);
  });

  it('stops at a setting that is bad, and at a key that is another, with one line', async () => {
    const folder = temporaryFolder();
    const { code, errors } = await run('main', { DATA_DIR: folder, PORT: 'x' }).ended;
    expect([code, errors]).toEqual([1, 'PORT must be a number from 0 to 65535.\n']);

    const { child, ended } = await start({ DATA_DIR: folder });
    child.kill('SIGTERM');
    await ended;
    const key = Buffer.alloc(32, 1).toString('base64');
    const wrong = await run('main', { DATA_DIR: folder, PORT: '0', SECRET_KEY: key }).ended;
    expect(wrong.code).toBe(1);
    expect(wrong.errors).toMatch(/^The secret key is not the one[^\n]*\n$/);
  });
});

it.each([
  ['two lines', 'one\ntwo\n'],
  ['no ASCII', 'schlüssel'],
])('an admin token of %s is refused by both programs, with one line', async (_, text) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'admin-token'), text);
  for (const program of ['main', 'sign-in-link'] as const) {
    const { code, errors } = await run(program, { DATA_DIR: folder, PORT: '1' }).ended;
    expect(code).toBe(1);
    expect(errors).toMatch(/^DATA_DIR\/admin-token must be printable ASCII[^\n]*\n$/);
  }
});

describe('npm run sign-in-link', () => {
  it('prints a link with a code that signs in', async () => {
    const folder = temporaryFolder();
    const { port, origin } = await start({ DATA_DIR: folder });
    const { code, output } = await run('sign-in-link', { DATA_DIR: folder, PORT: port }).ended;
    expect(code).toBe(0);
    const link = new URL(output.trim());
    expect(link.origin + link.pathname).toBe(`${origin}/sign-in`);
    const answer = await fetchHeld(origin + sessionPath(), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: link.hash.replace('#code=', '') }),
    });
    expect(answer.status).toBe(204);
  });

  it('names the address that browsers use', async () => {
    const env = { DATA_DIR: temporaryFolder(), PUBLIC_URL: 'https://hooks.example.org' };
    const { port } = await start(env);
    const { output } = await run('sign-in-link', { ...env, PORT: port }).ended;
    expect(output).toMatch(/^https:\/\/hooks\.example\.org\/sign-in#code=[\w-]{43}\n$/);
  });

  it('says what is missing', async () => {
    const folder = temporaryFolder();
    const { port, child, ended } = await start({ DATA_DIR: folder });
    const ask = (env: Record<string, string>) => run('sign-in-link', env).ended;
    expect(await ask({ DATA_DIR: join(folder, 'none'), PORT: port })).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/^There is no admin token at [^\n]*\n$/),
    });
    expect(await ask({ ADMIN_TOKEN: 'another', PORT: port })).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/has another admin token[^\n]*\n$/),
    });
    child.kill('SIGTERM');
    await ended;
    expect(await ask({ DATA_DIR: folder, PORT: port })).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/^No server answers at http:\/\/127\.0\.0\.1:\d+: [^\n]*\n$/),
    });
    expect(await ask({ DATA_DIR: folder, PORT: '0' })).toMatchObject({ code: 1, output: '' });
  });
});
