import { pino, type DestinationStream, type Logger } from 'pino';

import type { LogLevel } from './env';

export type Log = Logger;

/** So much may wait for a reader of stdout that is slow; further lines are lost, in characters. */
const maxLength = 16 * 1024 * 1024;

/**
 * Structured lines, one JSON object each; times in ISO 8601.
 *
 * @param destination stdout if there is none: written in the background, since a write for each line
 *   would hold up the server, and whole at an orderly exit.
 */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return pino(options, destination ?? pino.destination({ dest: 1, sync: false, maxLength }));
}
