import { retryAfterWait } from '../retry-after';

/** How far a wait is moved at random, so that deliveries that failed together do not return together. */
const jitter = 0.2;

/** How many attempts a delivery has under a schedule. */
export function maxAttempts(schedule: readonly number[]): number {
  return schedule.length + 1;
}

/** The longest that a receiver can ask us to wait, in milliseconds. */
const longestAsked = 24 * 3_600_000;

/** What a retry depends on. */
export interface FailedAttempt {
  /** The attempt that has just failed, counted by the schedule; the first is 1. */
  attempt: number;
  /** The `Retry-After` of the answer, if there was one. */
  retryAfter?: string | undefined;
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * When a delivery is tried again: by the schedule, or later if the receiver asks for it, but for that
 * 24 hours from now at most.
 *
 * @param schedule the waits between attempts, in milliseconds.
 * @param random from 0 to 1.
 * @returns milliseconds since 1970, or null after the last attempt.
 */
export function nextAttemptAt(
  schedule: readonly number[],
  { attempt, retryAfter, now }: FailedAttempt,
  random: () => number = Math.random,
): number | null {
  const wait = schedule[attempt - 1];
  if (wait === undefined) return null;
  const scheduled = Math.round(wait * (1 - jitter + 2 * jitter * random()));
  const asked = retryAfter === undefined ? 0 : (retryAfterWait(retryAfter, now) ?? 0);
  return now + Math.max(scheduled, Math.min(asked, longestAsked));
}
