import { once } from 'node:events';
import { createServer } from 'node:http';

import { getRequestListener } from '@hono/node-server';

import type { Settings } from './env';
import { StartError } from './start-error';
import { reasonOf } from './system-error';

/** How long requests in progress may take once we are told to stop, in milliseconds. */
const grace = 5000;

/** A server that listens. */
export interface Listening {
  /** The real one, also where the system chose. */
  port: number;
  /** Takes no new requests, lets those in progress finish for a while, and lets go of the port. */
  stop(): Promise<void>;
}

type Fetch = Parameters<typeof getRequestListener>[0];

/**
 * Serves an app over HTTP.
 *
 * @throws {StartError} if the address cannot be had.
 */
export async function startListening(
  fetch: Fetch,
  { host, port }: Pick<Settings, 'host' | 'port'>,
): Promise<Listening> {
  const listener = getRequestListener(fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => void listener(request, response));
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
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), grace);
      await closed;
      clearTimeout(timer);
    },
  };
}
