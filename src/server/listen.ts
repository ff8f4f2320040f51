import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';

import { getRequestListener } from '@hono/node-server';

import type { Settings } from './env';
import { StartError } from './start-error';
import { reasonOf } from './system-error';

/** A server that listens. */
export interface Listening {
  /** The real one, also where the system chose. */
  port: number;
  /**
   * Takes no new requests, lets those that have come in whole finish for a while, and lets go of the
   * port.
   */
  stop(): Promise<void>;
}

type Fetch = Parameters<typeof getRequestListener>[0];

/**
 * Serves an app over HTTP.
 *
 * @param grace how long requests in progress may take at the stop, in milliseconds.
 * @throws {StartError} if the address cannot be had.
 */
export async function startListening(
  fetch: Fetch,
  { host, port }: Pick<Settings, 'host' | 'port'>,
  grace: number,
): Promise<Listening> {
  const listener = getRequestListener(fetch);
  const server = createServer((request, response) => void listener(request, response));
  const connections = new Connections(server);
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new StartError(
      `Cannot listen at ${host}, port ${port} (HOST, PORT): ${reasonOf(error)}.`,
    );
  }
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      connections.closeWhenDone();
      const timer = setTimeout(() => server.closeAllConnections(), grace);
      await closed;
      clearTimeout(timer);
    },
  };
}

/** The connections of a server and what they are busy with. */
class Connections {
  private readonly sockets = new Set<Socket>();
  private readonly requests = new Set<IncomingMessage>();
  private isClosing = false;

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    server.on('request', (request, response) => {
      this.requests.add(request);
      response.once('close', () => {
        this.requests.delete(request);
        if (this.isClosing) this.closeIdle();
      });
    });
  }

  /**
   * Closes each connection once it has no request in progress. One that is still being sent is none:
   * a peer that never ends would hold up the stop, and nothing was done yet.
   */
  closeWhenDone(): void {
    this.isClosing = true;
    this.closeIdle();
  }

  private closeIdle(): void {
    const busy = new Set<Socket>();
    for (const { complete, socket } of this.requests) if (complete) busy.add(socket);
    for (const socket of this.sockets) {
      if (busy.has(socket)) continue;
      // Once is enough: while an answer is still on its way, each time would wait for it anew.
      this.sockets.delete(socket);
      socket.destroySoon();
    }
  }
}
