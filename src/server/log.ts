import { setTimeout } from 'node:timers/promises';

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

/** At the end, a reader of stdout who does not read is waited for so long, in milliseconds. */
const longestEnd = 500;

/**
 * Structured lines, one JSON object each; times in ISO 8601.
 *
 * @param destination stdout if there is none.
 */
export function createLog(
  level: LogLevel,
  destination: DestinationStream = standardOutput().stream,
): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return pino(options, destination);
}

/**
 * Stdout for a log: written in the background, since waiting for each line would hold up the server. An
 * exit writes the rest; a kill loses what is left to write. Lines that nobody is there to read are lost.
 */
export function standardOutput() {
  const stream = pino.destination({ dest: 1, sync: false, minLength, maxLength });
  setInterval(() => stream.flush(), longestDelay).unref();

  // At the exit it would write again and again where it cannot.
  const writeNoRest = () => void Object.assign(stream, { flushSync: () => {} });
  stream.on('error', writeNoRest);
  const flush = () => new Promise((resolve) => void stream.flush(resolve));
  return {
    stream,
    /** Writes what is left, for at most 0.5 s: a reader who has stopped reading is not waited for. */
    async end() {
      // The first may only wait for a write that was under way.
      const written = flush().then(flush);
      const isLate = await Promise.race([written.then(() => false), setTimeout(longestEnd, true)]);
      if (isLate) writeNoRest();
    },
  };
}
