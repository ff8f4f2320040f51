import { pino, type DestinationStream, type Logger } from 'pino';

import type { LogLevel } from './env';

export type Log = Logger;

/**
 * So much is written at once, in bytes, or after so many milliseconds what there is. The stream takes
 * only less than the 16,384 bytes that it writes at most.
 */
const minLength = 8192;
const longestDelay = 100;

/** So much may wait for a slow reader of stdout, in bytes; further lines are lost. */
const maxLength = 16 * 1024 * 1024;

/**
 * Structured lines, one JSON object each; times in ISO 8601.
 *
 * @param destination stdout if there is none: written in the background, since waiting for each line
 *   would hold up the server. An orderly exit writes the rest; a kill loses what is left to write.
 */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return pino(options, destination ?? standardOutput());
}

function standardOutput(): DestinationStream {
  const stdout = pino.destination({ dest: 1, sync: false, minLength, maxLength });
  setInterval(() => stdout.flush(), longestDelay).unref();
  return stdout;
}
