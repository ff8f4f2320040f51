/** How far a wait is moved at random, so that deliveries that failed together do not return together. */
const jitter = 0.2;

/** How many attempts a delivery has under a schedule. */
export function maxAttempts(schedule: readonly number[]): number {
  return schedule.length + 1;
}

/**
 * When a delivery is tried again.
 *
 * @param schedule the waits between attempts, in milliseconds.
 * @param attempt the attempt that has just failed; the first is 1.
 * @param now milliseconds since 1970.
 * @param random from 0 to 1.
 * @returns milliseconds since 1970, or null after the last attempt.
 */
export function nextAttemptAt(
  schedule: readonly number[],
  attempt: number,
  now: number,
  random: () => number = Math.random,
): number | null {
  const wait = schedule[attempt - 1];
  if (wait === undefined) return null;
  return now + Math.round(wait * (1 - jitter + 2 * jitter * random()));
}
