import { onTestFinished } from 'vitest';

import { sessionPath } from '../../contract/api-paths';
import { createApp } from '../app';
import { openDatabase } from '../db';
import { startListening } from '../listen';
import { createLog } from '../log';
import { temporaryFolder } from '../temporary-folder';
import { StandInUpstream } from './test-stand-in-upstream';
import { startQovery } from './start-qovery';
import { upstreamLimits, type UpstreamLimits } from './upstream-limits';

export const adminToken = 'the-admin-token-of-this-test';
export const qoveryToken = 'qov_The-Token/of+the=Qovery.API';

interface Options {
  token?: string;
  limits?: Partial<UpstreamLimits>;
  /** Below the address of the stand-in, or another address altogether. */
  url?: string;
}

/** What a test sends: a body is sent as JSON unless it is text. */
interface Call {
  headers?: Record<string, string>;
  body?: unknown;
  signal?: AbortSignal;
}

/** For tests: a server on a Qovery API, both really listening. */
export async function createQoveryServer({ token = qoveryToken, limits, url = '' }: Options = {}) {
  const upstream = await StandInUpstream.start(token);
  const db = await openDatabase(temporaryFolder());
  const logLines: string[] = [];
  const log = createLog('trace', { write: (line) => void logLines.push(line) });
  const settings = { url: URL.canParse(url) ? url : upstream.url + url, token };
  const backEnd = startQovery(log, settings, { ...upstreamLimits, ...limits });
  const app = createApp(
    {
      db,
      log,
      adminToken,
      publicUrl: null,
      now: Date.now,
      consoleFiles: new Map(),
      version: '1.2.3',
    },
    backEnd,
  );
  const listening = await startListening(app.fetch, { host: '127.0.0.1', port: 0 }, 1000);
  onTestFinished(async () => {
    await upstream.stop();
    await listening.stop();
    await db.destroy();
    await backEnd.close();
  });
  const origin = `http://127.0.0.1:${listening.port}`;
  const anonymously = async (method: string, path: string, call: Call = {}) =>
    readAnswer(await fetch(origin + path, requestOf(method, call)));
  return {
    upstream,
    logLines,
    origin,
    /** Without credentials but those in the headers. */
    anonymously,
    /** With the administrator's token. */
    call: (method: string, path: string, { headers, ...call }: Call = {}) =>
      anonymously(method, path, {
        headers: { authorization: `Token ${adminToken}`, ...headers },
        ...call,
      }),
    /** Begins a session. Gives its cookie. */
    async signIn(): Promise<string> {
      const { headers } = await anonymously('POST', sessionPath(), { body: { token: adminToken } });
      return headers.getSetCookie().at(-1)?.split(';')[0] ?? '';
    },
  };
}

function requestOf(method: string, { headers = {}, body, signal }: Call): RequestInit {
  return {
    method,
    redirect: 'manual',
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    ...(signal && { signal }),
  };
}

async function readAnswer(response: Response) {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const body = (isJson && text !== '' ? JSON.parse(text) : {}) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, text, body };
}
