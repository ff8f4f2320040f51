import { pino, type DestinationStream, type Logger } from 'pino';

import type { LogLevel } from './env';

export type Log = Logger;

/**
 * Structured lines, one JSON object each; times in ISO 8601.
 *
 * @param destination stdout if there is none.
 */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return destination ? pino(options, destination) : pino(options);
}
