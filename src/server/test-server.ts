import { onTestFinished } from 'vitest';

import { sessionPath } from '../contract/api-paths';
import type { Warning } from '../contract/webhook';
import { createApp, type AppDeps } from './app';
import { createBackups } from './backup/backups';
import type { ConsoleFiles } from './console-files';
import { databasePath } from './data-folder';
import { openDatabase } from './db';
import { embeddedBackEnd, type EmbeddedDeps } from './embedded-back-end';
import { createLog } from './log';
import { createMatchingWebhooks } from './matching-webhooks';
import { holdResponse } from './openapi/test-document';
import { insertOrganization } from './organization-store';
import { createSecretBox } from './secret-box';
import { temporaryFolder } from './temporary-folder';

export const adminToken = 'the-admin-token-of-this-test';
export const organizationId = '018f0000-0000-7000-8000-000000000001';

interface Options {
  publicUrl?: string | null;
  consoleFiles?: ConsoleFiles;
  warnAboutTarget?: (url: string) => Promise<Warning[]>;
  reserve?: EmbeddedDeps['reserve'];
  wakeWorker?: EmbeddedDeps['wakeWorker'];
  lend?: EmbeddedDeps['lend'];
}

/** What a test sends: headers and a body that is sent as JSON unless it is text or bytes. */
export interface Call {
  headers?: Record<string, string>;
  body?: unknown;
  /** Whether the test makes the server fail at it. */
  mayFail?: boolean;
}

/** A JSON answer, as far as a test looks into it. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body; an empty object if it is no JSON object. */
  body: Record<string, unknown>;
}

/** For tests: the whole app, without a port and a worker, on a new database with one organization. */
export async function createTestServer(options: Options = {}) {
  const folder = temporaryFolder();
  const db = await openDatabase(folder);
  const backups = createBackups(db, databasePath(folder));
  onTestFinished(async () => {
    await backups.stop();
    await db.destroy();
    backups.close();
  });
  await insertOrganization(db, { id: organizationId, name: 'Acme', created_at: 1000 });

  const clock = { now: Date.UTC(2026, 0, 31, 12) };
  const logLines: string[] = [];
  const woken: string[] = [];
  const deps: AppDeps & EmbeddedDeps = {
    db,
    log: createLog('trace', { write: (line) => void logLines.push(line) }),
    secretBox: createSecretBox(Buffer.alloc(32, 'k')),
    matchingWebhooks: createMatchingWebhooks(),
    adminToken,
    publicUrl: options.publicUrl ?? null,
    now: () => clock.now,
    warnAboutTarget: options.warnAboutTarget ?? (async () => []),
    reserve: options.reserve ?? (() => null),
    wakeWorker: (webhookIds) => {
      woken.push(...webhookIds);
      options.wakeWorker?.(webhookIds);
    },
    lend: options.lend ?? (() => null),
    worker: { running: true, failures: 0 },
    backups,
    recoveries: { goOn: () => {} },
    consoleFiles: options.consoleFiles ?? new Map(),
    retention: 30 * 86_400_000,
    version: '1.2.3',
  };
  const app = createApp(deps, embeddedBackEnd(deps));
  const request = async (url: string, init: RequestInit = {}, mayFail = false) => {
    const response = await app.request(url, init);
    await holdResponse({ method: init.method ?? 'GET', url, mayFail }, unpacked(response));
    return response;
  };
  const anonymously = async (method: string, path: string, call: Call = {}): Promise<Answer> =>
    readAnswer(await request(path, requestOf(method, call), call.mayFail));
  return {
    /** Every answer of the app is held against its document, and a test has no way around that. */
    request,
    routes: app.routes,
    db,
    deps,
    backups,
    clock,
    logLines,
    /** The webhooks whose deliveries the worker was told of. */
    woken,
    /** Without credentials but those in the headers. */
    anonymously,
    /** With the administrator's token. */
    call: (method: string, path: string, { headers, ...call }: Call = {}) =>
      anonymously(method, path, {
        headers: { authorization: `Token ${adminToken}`, ...headers },
        ...call,
      }),
  };
}
export type TestServer = Awaited<ReturnType<typeof createTestServer>>;

/** The cookie that an answer sets, as a browser would send it back. */
export function cookieOf(headers: Headers): string {
  return headers.getSetCookie().at(-1)?.split(';')[0] ?? '';
}

/** Begins a session. Gives its cookie. */
export async function signIn(server: TestServer): Promise<string> {
  const { headers } = await server.anonymously('POST', sessionPath(), {
    body: { token: adminToken },
  });
  return cookieOf(headers);
}

function requestOf(method: string, { headers = {}, body }: Call): RequestInit {
  if (body === undefined) return { method, headers };
  const isRaw =
    typeof body === 'string' || body instanceof Uint8Array || body instanceof ReadableStream;
  return {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: isRaw
      ? (body as string | Uint8Array<ArrayBuffer> | ReadableStream)
      : JSON.stringify(body),
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  };
}

/** A compressed answer as a browser's `fetch` would give it, read or not. */
function unpacked(response: Response): Response {
  const encoding = response.headers.get('content-encoding');
  // The API knows no other; the console's files do, and are none of its answers.
  if (encoding !== 'gzip' && encoding !== 'deflate') return response;
  const unpacking = new DecompressionStream(encoding);
  const body = response.clone().body?.pipeThrough(unpacking) ?? null;
  return new Response(body, response);
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const body = (isJson && text !== '' ? JSON.parse(text) : {}) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, text, body };
}
