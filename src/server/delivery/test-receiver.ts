import { once } from 'node:events';
import {
  createServer as createHttpServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';

import { onTestFinished } from 'vitest';

/** A request as it came in. */
export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** For tests: a receiver on loopback, gone when the test is over. */
export interface Receiver {
  /** Without a path. */
  url: string;
  port: number;
  /** In the order of their ends. */
  received: Received[];
  /** How many connections were made to it. */
  connections: () => number;
  /** Resolves when no connection is open. */
  hasNoConnections: () => Promise<void>;
  /** Resolves when so many requests have come in all. */
  hasReceived: (count: number) => Promise<void>;
  /** Stops listening and drops all connections. */
  close: () => Promise<void>;
}

/** How a receiver answers; by default with 200 and an empty body. */
export type Answer = (request: Received, response: ServerResponse) => void;

/**
 * Starts an HTTP receiver that reads each request to its end and then answers.
 *
 * @param port by default one that the system chooses.
 */
export function startReceiver(
  answer: Answer = (_request, response) => void response.end(),
  port = 0,
  host = '127.0.0.1',
): Promise<Receiver> {
  return listen((note) => createHttpServer(reading(answer, note)), port, host);
}

/**
 * Starts a receiver that keeps its answers back, in the order of the requests, until they are called.
 *
 * @param answered so many requests it answers at once before it begins to.
 * @param held where they are kept; several receivers may share it.
 */
export async function startHoldingReceiver(
  answered = 0,
  held: (() => void)[] = [],
): Promise<{ held: (() => void)[]; receiver: Receiver }> {
  let requests = 0;
  const receiver = await startReceiver((_request, response) => {
    requests += 1;
    if (requests > answered) held.push(() => response.end());
    else response.end();
  });
  return { held, receiver };
}

/** Makes a listener for HTTP requests of an answer; `note` is told of each. */
export function reading(answer: Answer, note: (request: Received) => void): RequestListener {
  return (incoming, response) => {
    void readRequest(incoming).then((request) => {
      note(request);
      return answer(request, response);
    });
  };
}

/** Starts a receiver that does with each connection as it likes. */
export function startTcpReceiver(converse: (socket: Socket) => void): Promise<Receiver> {
  return listen(() => createTcpServer(converse));
}

/** Puts a server on a port, by default one that the system chooses, of an address of this machine. */
export async function listen(
  create: (note: (request: Received) => void) => Server,
  wanted = 0,
  host = '127.0.0.1',
): Promise<Receiver> {
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  const server = create((request) => {
    received.push(request);
    for (const look of waiting) look();
  });
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(wanted, host);
  await once(server, 'listening');
  const close = async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  onTestFinished(async () => {
    if (server.listening) await close();
  });
  const { port } = server.address() as AddressInfo;
  const hasReceived = (count: number) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (received.length < count) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    received,
    connections: () => connections,
    hasNoConnections: async () => {
      await Promise.all([...sockets].map((socket) => once(socket, 'close')));
    },
    hasReceived,
    close,
  };
}

async function readRequest(incoming: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString(),
  };
}
