import { RefusedTargetError } from './target-guard';

/**
 * What an attempt says of its host: `answers`, or `fails` if it held its place for nothing or for
 * long. Null: nothing, since the host was not asked.
 */
export type HostSign = 'answers' | 'fails' | null;

/** In milliseconds. An answer that takes longer keeps others waiting nearly as a dead host does. */
const longestGoodAnswer = 5000;

/** Failures of this server: no connection is left to open, or it has no network itself. */
const ownFailures = new Set([
  'EMFILE',
  'ENFILE',
  'EADDRNOTAVAIL',
  'ENETDOWN',
  'ENETUNREACH',
  'ERR_INVALID_URL',
]);

/**
 * @param isAnswered whether an answer came to its end in time, whatever its status.
 * @param error why the exchange did not come to its end.
 * @param duration in milliseconds.
 */
export function hostSignOf(isAnswered: boolean, error: Error | null, duration: number): HostSign {
  if (isAnswered) return duration <= longestGoodAnswer ? 'answers' : 'fails';
  if (error instanceof RefusedTargetError) return null;
  if (error && 'code' in error && ownFailures.has(String(error.code))) return null;
  return 'fails';
}
