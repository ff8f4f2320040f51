import { readdirSync } from 'node:fs';

import { describe, expect, it, onTestFinished, vi } from 'vitest';

import {
  deploymentEventsPath,
  organizationsPath,
  sessionPath,
  webhooksPath,
} from '../../contract/api-paths';
import { assemble } from '../assemble';
import { openDatabase } from '../db';
import { startReceiver } from '../delivery/test-receiver';
import { readSettings } from '../env';
import { createLog } from '../log';
import { temporaryFolder } from '../temporary-folder';
import { run, start, tokenOf } from '../test-programs';
import { StandInUpstream } from './test-stand-in-upstream';
import { startQovery } from './start-qovery';
import { adminToken, qoveryToken } from './test-qovery-server';

// Generous: a busy machine starts processes and databases slowly.
vi.setConfig({ testTimeout: 60_000 });

async function startUpstream() {
  const upstream = await StandInUpstream.start(qoveryToken);
  onTestFinished(() => upstream.stop());
  return { upstream, env: { QOVERY_API_URL: upstream.url, QOVERY_API_TOKEN: qoveryToken } };
}

/** A server without a port, on a data folder. */
async function assembleOn(folder: string, env: Record<string, string> = {}) {
  const settings = readSettings({ DATA_DIR: folder, ADMIN_TOKEN: adminToken, ...env });
  const assembled = await assemble(settings, createLog('silent'));
  const headers = { authorization: `Token ${adminToken}`, 'content-type': 'application/json' };
  return {
    ...assembled,
    call: async (method: string, path: string, body?: object) => {
      const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
      return (await assembled.app.request(path, init)).json() as Promise<Record<string, unknown>>;
    },
  };
}

describe('a data folder', () => {
  it('holds sessions and the admin token alone', async () => {
    const folder = temporaryFolder();
    const { env } = await startUpstream();
    const { app, close } = await assembleOn(folder, { ...env, ADMIN_TOKEN: '' });
    expect((await app.request('/readyz')).status).toBe(200);
    const answer = await app.request(sessionPath(), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: tokenOf(folder) }),
    });
    expect(answer.status).toBe(204);
    await close();
    expect(readdirSync(folder).toSorted()).toEqual(['admin-token', 'webhooks.db']);
    const db = await openDatabase(folder);
    onTestFinished(() => db.destroy());
    expect(await db.selectFrom('session').selectAll().execute()).toHaveLength(1);
    for (const table of ['organization', 'installation'] as const) {
      expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
    }
  });

  it('of the embedded API stays as it is: nothing is sent meanwhile, and all of it afterwards', async () => {
    const folder = temporaryFolder();
    const receiver = await startReceiver();
    const { env } = await startUpstream();
    const embedded = await assembleOn(folder);
    const { results } = await embedded.call('GET', organizationsPath());
    const [{ id = '' } = {}] = results as { id?: string }[];
    const event_type = 'DEPLOYMENT_STARTED';
    const webhook = { kind: 'STANDARD', target_url: receiver.url, events: [event_type] };
    await embedded.call('POST', webhooksPath(id), webhook);
    await embedded.stopWork();
    const place = { project: { name: 'a' }, environment: { name: 'b', mode: 'STAGING' } };
    await embedded.call('POST', deploymentEventsPath(id), { event_type, ...place });
    await embedded.close();

    const qovery = await assembleOn(folder, env);
    expect(await qovery.call('GET', organizationsPath())).not.toEqual({ results });
    await qovery.close();
    expect(receiver.received).toEqual([]);
    const db = await openDatabase(folder);
    const kept = await db.selectFrom('delivery').selectAll().execute();
    expect(kept).toMatchObject([{ status: 'pending', attempt: 0, in_flight: 0 }]);
    await db.destroy();

    const again = await assembleOn(folder);
    await receiver.hasReceived(1);
    await again.close();
  });
});

it('warns where the token is not encrypted on its way, and not on the machine itself', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  for (const url of [
    'http://127.0.0.1:1',
    'http://[::1]:1',
    'http://localhost:1',
    'https://q.test',
  ]) {
    startQovery(log, { url, token: qoveryToken });
  }
  expect(lines).toEqual([]);
  startQovery(log, { url: 'http://q.test', token: qoveryToken });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('QOVERY_API_URL is http');
});

describe('the program', () => {
  it('says which API it is on, signs in by a link, and stops in order', async () => {
    const { upstream, env } = await startUpstream();
    const DATA_DIR = temporaryFolder();
    const { child, ended, origin, port, output } = await start({ DATA_DIR, ...env });
    const link = await run('sign-in-link', { DATA_DIR, PORT: port, ...env }).ended;
    const code = new URL(link.output.trim()).hash.replace('#code=', '');
    const session = await fetch(origin + sessionPath(), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    });
    const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const answer = await fetch(origin + organizationsPath(), { headers: { cookie } });
    expect(await answer.json()).toEqual({ results: upstream.contents.organizations });
    expect(upstream.requests.map(({ headers }) => headers.cookie)).toEqual([undefined]);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    expect(output()).toContain(`"qovery_api":"${upstream.url}"`);
    expect(output()).not.toContain('allowed_private_targets');
    expect(output()).not.toContain(qoveryToken);
  });

  it('answers a call that is under way before it stops', async () => {
    const { upstream, env } = await startUpstream();
    const DATA_DIR = temporaryFolder();
    const { child, ended, origin } = await start({ DATA_DIR, ...env });
    upstream.control({ behaviours: [{ after: 300 }] });
    const headers = { authorization: `Token ${tokenOf(DATA_DIR)}` };
    const asking = fetch(origin + organizationsPath(), { headers });
    await vi.waitFor(() => expect(upstream.requests).toHaveLength(1), 10_000);
    child.kill('SIGTERM');
    expect((await asking).status).toBe(200);
    expect((await ended).code).toBe(0);
  });

  it('stops at a setting that is missing, and has nothing to back up', async () => {
    const DATA_DIR = temporaryFolder();
    const { code, errors } = await run('main', { DATA_DIR, QOVERY_API_TOKEN: qoveryToken }).ended;
    expect(code).toBe(1);
    expect(errors).toMatch(/^QOVERY_API_URL must be set [^\n]*\n$/);
    expect(errors).not.toContain(qoveryToken);
    const { env } = await startUpstream();
    const backup = await run('backup/backup', { DATA_DIR, ...env }, 'file').ended;
    expect(backup).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/^There is nothing to/),
    });
  });
});
