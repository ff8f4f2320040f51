import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { wallTime } from './clock';

/*
 * The receiver of the bench, a process of its own. It listens on several ports, since a server sends
 * only so much to one host at a time, and notes what comes, by `webhook-id`.
 */

/** What it is told. */
export type ReceiverCommand =
  /** Answers nothing, so that what is sent stays in flight. */
  | { do: 'hang' }
  /** Forgets what it noted and answers 204. */
  | { do: 'count' }
  /** Says `complete` once that many different ids have come since it was told to count. */
  | { do: 'expect'; count: number }
  | { do: 'report' };

/** One request as it came: what stores nothing sends the same. */
export interface SampleRequest {
  headers: Record<string, string>;
  body: string;
}

/** What came. */
export interface Arrivals {
  requests: number;
  /** Each id with the time of its first arrival, in milliseconds since 1970. */
  ids: Map<string, number>;
  /** The latest arrival of all. */
  lastAt: number;
  sample: SampleRequest | null;
}

/** What it tells. */
export type ReceiverMessage =
  { is: 'listening'; ports: number[] } | { is: 'complete' } | ({ is: 'report' } & Arrivals);

const ports = 32;

let isHanging = false;
let expected = Infinity;
let requests = 0;
let ids = new Map<string, number>();
let lastAt = 0;
let sample: SampleRequest | null = null;

function tell(message: ReceiverMessage): void {
  process.send?.(message);
}

function receive(request: IncomingMessage, response: ServerResponse): void {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => {
    if (!sample) parts.push(part);
  });
  request.on('end', () => {
    if (isHanging) return;
    const id = String(request.headers['webhook-id']);
    lastAt = wallTime();
    requests += 1;
    if (!ids.has(id)) {
      ids.set(id, lastAt);
      if (ids.size === expected) tell({ is: 'complete' });
    }
    sample ??= sampleOf(request, parts);
    response.writeHead(204).end();
  });
}

function sampleOf(request: IncomingMessage, parts: readonly Buffer[]): SampleRequest {
  const own = new Set(['host', 'connection', 'content-length', 'transfer-encoding']);
  const headers = Object.entries(request.headers).filter(([name]) => !own.has(name));
  return {
    headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])),
    body: Buffer.concat(parts).toString(),
  };
}

function obey(command: ReceiverCommand): void {
  switch (command.do) {
    case 'hang':
      isHanging = true;
      break;
    case 'count':
      isHanging = false;
      expected = Infinity;
      requests = 0;
      ids = new Map();
      break;
    case 'expect':
      expected = command.count;
      if (ids.size >= expected) tell({ is: 'complete' });
      break;
    case 'report':
      tell({ is: 'report', requests, ids, lastAt, sample });
      break;
  }
}

async function listen(): Promise<Server> {
  const server = createServer({ keepAliveTimeout: 60_000 }, receive);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

process.on('message', obey);
// Whoever forked it is gone.
process.on('disconnect', () => process.exit());

const servers = await Promise.all(Array.from({ length: ports }, listen));
tell({ is: 'listening', ports: servers.map((server) => (server.address() as AddressInfo).port) });
