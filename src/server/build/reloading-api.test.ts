import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Hono } from 'hono';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { StartError } from '../start-error';
import { ReloadingApi } from './reloading-api';

/** What happened, in order. */
let log: string[];
let version: number;
/** What the settings were last read from. */
let environment: Record<string, string>;
let failure: Error | null;
/** Holds answers back until it is released. */
let gate: { opened: Promise<void>; open: () => void } | null;
let server: Server;
let api: ReloadingApi;

function closedGate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Stands in for the modules of the server, which Vite would load. */
const modules: Record<string, () => unknown> = {
  'env.ts': () => ({
    readSettings: (env: Record<string, string>) => {
      environment = env;
      return { port: env.PORT, logLevel: '' };
    },
  }),
  'log.ts': () => ({ createLog: () => null }),
  'address.ts': () => ({
    browserAddress: (_: unknown, port: string) => `http://127.0.0.1:${port}`,
    signInLink: (address: string, code: string) => `${address}/sign-in#code=${code}`,
  }),
  'assemble.ts': () => ({ assemble }),
};

async function assemble() {
  if (failure) throw failure;
  const own = version;
  log.push(`open ${own}`);
  const app = new Hono().get('/api', async (c) => {
    log.push('asked');
    await gate?.opened;
    log.push('answered');
    return c.text(`version ${own}`);
  });
  return {
    app,
    issueSignInCode: async () => ({ code: 'abc' }),
    close: async () => {
      log.push(`close ${own}`);
    },
  };
}

const get = async () => {
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/api`);
  return `${response.status} ${await response.text()}`;
};

beforeEach(async () => {
  log = [];
  version = 1;
  failure = null;
  gate = null;
  server = createServer((request, response) => void api.answer(request, response));
  const runner = {
    import: async (path: string) => modules[path.replace('/src/server/', '')]?.(),
    clearCache: () => log.push('clear'),
  };
  const say = (message: string) => log.push(message);
  api = new ReloadingApi(runner, server, { info: say, error: say });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  await api.close();
  server.closeAllConnections();
  server.close();
});

test('loads once the port is known, and prints a link to it the first time only', async () => {
  expect(await get()).toBe('200 version 1');
  api.reload();
  await get();
  const { port } = server.address() as AddressInfo;
  const links = log.filter((line) => line.includes('sign-in#'));
  expect(links).toEqual([expect.stringContaining(`http://127.0.0.1:${port}/sign-in#code=abc`)]);
});

test('answers what is asked, closes, and only then loads anew; requests wait meanwhile', async () => {
  await get();
  log = [];
  gate = closedGate();
  const before = get();
  await expect.poll(() => log).toEqual(['asked']);
  version = 2;
  api.reload();
  api.reload();
  const after = get();
  gate.open();
  gate = null;
  expect(await before).toBe('200 version 1');
  expect(await after).toBe('200 version 2');
  expect(log).toEqual(['asked', 'answered', 'close 1', 'clear', 'open 2', 'asked', 'answered']);
});

test('says why it cannot be loaded, until it can', async () => {
  await get();
  failure = new Error('no such table');
  api.reload();
  expect(await get()).toMatch(/^500 .*no such table/s);
  expect(api.isBroken).toBe(true);
  failure = null;
  api.reload();
  expect(await get()).toBe('200 version 1');
  expect(api.isBroken).toBe(false);
});

test('says in one line what only has to be set otherwise', async () => {
  await get();
  log = [];
  failure = new StartError('The data folder is in use.');
  api.reload();
  expect(await get()).toBe('500 The data folder is in use.\n');
  expect(log).toContain('The data folder is in use.');
});

test.each([
  ['', '', 'data/dev', 'warn'],
  [undefined, undefined, 'data/dev', 'warn'],
  ['elsewhere', 'debug', 'elsewhere', 'debug'],
])('takes DATA_DIR=%s LOG_LEVEL=%s for %s and %s', async (folder, level, ...expected) => {
  vi.stubEnv('DATA_DIR', folder);
  vi.stubEnv('LOG_LEVEL', level);
  api.reload();
  await get();
  vi.unstubAllEnvs();
  expect([environment['DATA_DIR'], environment['LOG_LEVEL']]).toEqual(expected);
});

test('closes once, and for good', async () => {
  await get();
  await Promise.all([api.close(), api.close()]);
  api.reload();
  expect(log.filter((line) => line.startsWith('close'))).toEqual(['close 1']);
});
