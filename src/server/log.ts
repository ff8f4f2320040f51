import { pino, type Logger } from 'pino';

import type { LogLevel } from './env';

export type Log = Logger;

/** Structured lines to stdout, one JSON object each; times in ISO 8601. */
export function createLog(level: LogLevel): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
}
