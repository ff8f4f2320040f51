import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/*
 * The receiver of the delivery bench, forked so that it takes no time from who is measured. It
 * listens on several ports, since a server sends only so much to one host at a time, and counts.
 */

/** What it is told. */
export type ReceiverCommand =
  /** Answers nothing, so that what is sent stays in flight. */
  | { do: 'hang' }
  /** Forgets what it counted and answers 204; says `complete` when that many different ids came. */
  | { do: 'count'; expected: number }
  | { do: 'report' };

/** One request as it came: the bare loop sends the same. */
export interface SampleRequest {
  headers: Record<string, string>;
  body: string;
}

/** What it tells. */
export type ReceiverMessage =
  | { is: 'listening'; ports: number[] }
  | { is: 'complete' }
  | {
      is: 'report';
      requests: number;
      different: number;
      /** From the first arrival to the last. */
      milliseconds: number;
      sample: SampleRequest | null;
    };

const ports = 8;

let isHanging = false;
let expected = Infinity;
let requests = 0;
let ids = new Set<string>();
let firstAt = 0;
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
    lastAt = performance.now();
    if (requests === 0) firstAt = lastAt;
    requests += 1;
    ids.add(String(request.headers['webhook-id']));
    sample ??= sampleOf(request, parts);
    response.writeHead(204).end();
    if (ids.size === expected) tell({ is: 'complete' });
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

async function listen(): Promise<Server> {
  const server = createServer({ keepAliveTimeout: 60_000 }, receive);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

process.on('message', (command: ReceiverCommand) => {
  if (command.do === 'report') {
    const milliseconds = lastAt - firstAt;
    tell({ is: 'report', requests, different: ids.size, milliseconds, sample });
    return;
  }
  isHanging = command.do === 'hang';
  expected = command.do === 'count' ? command.expected : Infinity;
  requests = 0;
  ids = new Set();
});
// Whoever forked it is gone.
process.on('disconnect', () => process.exit());

const servers = await Promise.all(Array.from({ length: ports }, listen));
tell({ is: 'listening', ports: servers.map((server) => (server.address() as AddressInfo).port) });
