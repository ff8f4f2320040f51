import { ApiError } from './api-client';
import { duration } from './numbers';

/*
 * A request that the API puts off (429) has done nothing, so it can be sent again, whatever it was:
 * after the time that the API asks for, and not for ever.
 */

const mostWaits = 3;
/** In seconds. Who is told to come back later than that is told, and decides. */
const longestWait = 60;

/** Whether the API asks to be called again, and soon. */
function isPutOff(error: unknown): error is ApiError {
  return (
    error instanceof ApiError && error.status === 429 && (error.retryAfter ?? 0) <= longestWait
  );
}

/** Whether a request that has failed `count` times before waits and goes out again. */
export function waitsAgain(count: number, error: unknown): boolean {
  return isPutOff(error) && count < mostWaits;
}

/** For how long, in milliseconds. */
export function waitBefore(count: number, error: unknown): number {
  return 1000 * secondsOf(count, error);
}

function secondsOf(count: number, error: unknown): number {
  return Math.max(1, (error instanceof ApiError ? error.retryAfter : null) ?? 2 ** count);
}

/**
 * Says that a request waits; null if the last failure was of another kind.
 *
 * @param failures how often it has failed, this time included.
 */
export function waitingWords(failures: number, error: unknown): string | null {
  if (!isPutOff(error)) return null;
  return wordsOfWait(secondsOf(failures - 1, error));
}

/** Says that something waits for so many seconds. */
export function wordsOfWait(seconds: number): string {
  return `Waits ${duration(seconds)}, then tries again by itself.`;
}
