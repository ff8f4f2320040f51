import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { RunningServer } from '../running-server';

/** What the server's process says of itself. */
export interface Reading {
  /** The longest turn of the event loop since the reading before, in milliseconds, to 1 ms. */
  longestTurn: number;
  /** Bytes of the whole process. */
  rss: number;
  /** Bytes of JavaScript's heap, what garbage there is included. */
  heapUsed: number;
}

/** Starts a server that can be read. */
export function startWatched(): Promise<RunningServer> {
  const watch = pathToFileURL(join(import.meta.dirname, 'process-watch.mjs')).href;
  return RunningServer.start({}, undefined, watch);
}

/**
 * Reads a server that was started to be watched.
 *
 * @param first whether it is to collect its garbage before: that takes a long turn.
 */
export async function readProcess(
  server: RunningServer,
  first: 'collect' | null = null,
): Promise<Reading> {
  return (await server.ask(first ?? 'read')) as Reading;
}
