import { existsSync, mkdirSync, readdirSync, copyFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished, vi } from 'vitest';

import {
  backupPath,
  deploymentEventsPath,
  organizationsPath,
  webhookEventsPath,
  webhooksPath,
} from '../../contract/api-paths';
import { openDatabase } from '../db';
import { startReceiver } from '../delivery/test-receiver';
import { fetchHeld } from '../openapi/test-document';
import { temporaryFolder } from '../temporary-folder';
import { run, start, tokenOf } from '../test-programs';
import { createTestServer, signIn } from '../test-server';

// Generous: a busy machine starts processes and databases slowly.
vi.setConfig({ testTimeout: 120_000 });

/** Calls a server with the admin token of its data folder. */
function caller(origin: string, folder: string) {
  const headers = { authorization: `Token ${tokenOf(folder)}`, 'content-type': 'application/json' };
  return (path: string, body?: object) =>
    fetchHeld(origin + path, {
      headers,
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
}

const event = {
  event_type: 'DEPLOYMENT_SUCCESSFUL',
  project: { name: 'storefront' },
  environment: { name: 'main', mode: 'PRODUCTION' },
};

async function organizationOf(call: ReturnType<typeof caller>): Promise<string> {
  const { results } = (await (await call(organizationsPath())).json()) as {
    results: { id: string }[];
  };
  return results[0]?.id ?? '';
}

/** Posts events without end, until it is stopped; then gives the ids that were accepted. */
function pour(call: ReturnType<typeof caller>, organization: string) {
  const accepted: string[] = [];
  const over = new AbortController();
  const one = async () => {
    while (!over.signal.aborted) {
      const answer = await call(deploymentEventsPath(organization), event);
      if (answer.status === 202) accepted.push(((await answer.json()) as { id: string }).id);
    }
  };
  const all = Promise.all([one(), one(), one(), one()]);
  const stop = async () => {
    over.abort();
    await all;
  };
  return { accepted, stop };
}

it('is a data folder for a new server: all that was accepted before, and the secrets', async () => {
  const folder = temporaryFolder();
  const receiver = await startReceiver();
  const { origin, port } = await start({ DATA_DIR: folder });
  const call = caller(origin, folder);
  const organization = await organizationOf(call);
  const request = {
    kind: 'STANDARD',
    target_url: receiver.url,
    target_secret: 'not-to-be-lost',
    events: [event.event_type],
  };
  const { id: webhook } = (await (await call(webhooksPath(organization), request)).json()) as {
    id: string;
  };
  const { accepted, stop } = pour(call, organization);
  onTestFinished(stop);
  await receiver.hasReceived(50);
  const before = [...accepted];

  const restored = join(temporaryFolder(), 'restored');
  mkdirSync(restored);
  const file = join(restored, 'webhooks.db');
  const made = await run('backup/backup', { DATA_DIR: folder, PORT: port }, file).ended;
  await stop();
  expect([made.code, made.errors]).toEqual([0, '']);
  expect(made.output).toContain(`Wrote ${file} (`);
  expect(made.output).toContain(join(folder, 'secret-key'));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(restored)).toEqual(['webhooks.db']);

  // The owner's lock has outlived the reading of its file.
  await expect(start({ DATA_DIR: folder })).rejects.toThrow(/is in use by another process/);

  for (const key of ['secret-key', 'admin-token']) {
    copyFileSync(join(folder, key), join(restored, key));
  }
  const other = await start({ DATA_DIR: restored });
  const again = caller(other.origin, restored);
  const received = receiver.received.length;
  expect((await again(deploymentEventsPath(organization), event)).status).toBe(202);
  await receiver.hasReceived(received + 1);
  expect(receiver.received.at(-1)?.headers['qovery-secret']).toBe('not-to-be-lost');
  expect((await again(webhookEventsPath(organization, webhook))).status).toBe(200);
  other.child.kill('SIGTERM');
  await other.ended;

  const db = await openDatabase(restored);
  onTestFinished(() => db.destroy());
  const rows = await db.selectFrom('deployment_event').select('id').execute();
  const stored = new Set(rows.map(({ id }) => id));
  expect(before.length).toBeGreaterThanOrEqual(50);
  expect(before.filter((id) => !stored.has(id))).toEqual([]);
});

describe('npm run backup', () => {
  it('says what is wrong, in a line, and leaves no file', async () => {
    const folder = temporaryFolder();
    const { port, child, ended } = await start({ DATA_DIR: folder });
    const there = join(folder, 'admin-token');
    const file = join(folder, 'copy.db');
    const back = (env: Record<string, string>, ...args: string[]) =>
      run('backup/backup', { DATA_DIR: folder, PORT: port, ...env }, ...args).ended;
    expect(await back({})).toMatchObject({
      code: 1,
      errors: 'Name the file to write: npm run backup -- webhooks-backup.db\n',
    });
    expect(await back({}, there)).toMatchObject({
      code: 1,
      errors: `${there} is there already: name a new file.\n`,
    });
    expect(existsSync(there)).toBe(true);
    const away = join(folder, 'none', 'copy.db');
    expect((await back({}, away)).errors).toMatch(/^\S+ cannot be written: [^\n]*\n$/);
    const other = await back({ ADMIN_TOKEN: 'another' }, file);
    expect(other.errors).toMatch(/has another admin token/);
    child.kill('SIGTERM');
    await ended;
    const none = await back({}, file);
    expect(none.code).toBe(1);
    expect(none.errors).toMatch(
      /^No server answers at [^\n]* if it is stopped, copy the folder [^\n]*\n$/,
    );
    expect(existsSync(file)).toBe(false);
  });

  it.each([
    ['that is cut off', 100, 'x', /^The backup was not made: the server has cut it off/],
    ['that is no database', 5000, 'x'.repeat(5000), /^The backup was not made: the copy/],
    ['of nothing', 0, '', /^The backup was not made: it did not come whole/],
  ])('keeps no copy %s', async (_, length, body, words) => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-length': String(length) });
      response.write(body, () => (body.length < length ? response.destroy() : response.end()));
      if (body === '') response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const file = join(temporaryFolder(), 'copy.db');
    const env = { ADMIN_TOKEN: 'any-token', PORT: String(port) };
    const { code, errors } = await run('backup/backup', env, file).ended;
    expect(code).toBe(1);
    expect(errors).toMatch(words);
    expect(errors.trim()).not.toContain('\n');
    expect(existsSync(file)).toBe(false);
  });
});

describe('POST /api/backup', () => {
  it('takes the admin token and nothing else', async () => {
    const server = await createTestServer();
    const cookie = await signIn(server);
    const headers = { cookie, origin: 'http://localhost' };
    const bySession = await server.anonymously('POST', backupPath(), { headers });
    expect(bySession.status).toBe(403);
    expect(bySession.text).not.toContain('SQLite format 3');
    expect((await server.anonymously('POST', backupPath())).status).toBe(401);
    for (const method of ['GET', 'HEAD']) {
      expect((await server.call(method, backupPath())).status).toBe(404);
    }
  });

  it('is not compressed, not stored, and says its length', async () => {
    const { request, deps } = await createTestServer();
    const headers = { authorization: `Token ${deps.adminToken}`, 'accept-encoding': 'gzip' };
    const response = await request(backupPath(), { method: 'POST', headers });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-length')).toBe(String(bytes.length));
    expect(bytes.subarray(0, 15).toString()).toBe('SQLite format 3');
  });

  it('is made once at a time, and again when the last has ended or was given up', async () => {
    const { request, deps, call } = await createTestServer();
    const headers = { authorization: `Token ${deps.adminToken}` };
    const ask = async () => await request(backupPath(), { method: 'POST', headers });
    const first = await ask();
    expect((await call('POST', backupPath())).status).toBe(409);
    await first.body?.cancel();
    const second = await ask();
    expect(second.status).toBe(200);
    await second.arrayBuffer();
    expect((await ask()).status).toBe(200);
  });

  it('is cut off by a stop, which does not wait for who reads', async () => {
    const { request, deps, backups } = await createTestServer();
    const headers = { authorization: `Token ${deps.adminToken}` };
    const response = await request(backupPath(), { method: 'POST', headers });
    await backups.stop();
    await expect(response.arrayBuffer()).rejects.toThrow('The server stops.');
    expect((await request(backupPath(), { method: 'POST', headers })).status).toBe(409);
  });
});

it('refuses a file name that is a folder', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'admin-token'), 'any-token');
  const { code, errors } = await run('backup/backup', { DATA_DIR: folder, PORT: '1' }, folder)
    .ended;
  expect([code, errors]).toEqual([1, `${folder} is there already: name a new file.\n`]);
});
