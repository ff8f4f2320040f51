import { dayLength } from '../duration';
import type { WebhookHealthTable } from '../tables';

/** Since when a webhook has been failing, and what has ended without success since then. */
export type FailingStreak = Pick<
  WebhookHealthTable,
  'failing_since' | 'failed_deliveries' | 'failed_days' | 'last_failed_day'
>;

/** That of a webhook which is new, has just succeeded, or starts clean. */
export const noStreak: FailingStreak = {
  failing_since: null,
  failed_deliveries: 0,
  failed_days: 0,
  last_failed_day: null,
};

const enoughTime = 5 * dayLength;
const enoughDeliveries = 10;
const enoughDays = 3;

/** What an attempt adds to a streak. */
export interface CountedAttempt {
  /** Its start, milliseconds since 1970. */
  at: number;
  succeeded: boolean;
  /** Whether its delivery is over with it. */
  ended: boolean;
}

/** The streak after one attempt more; another object after each failure. */
export function continueStreak(
  streak: FailingStreak,
  { at, succeeded, ended }: CountedAttempt,
): FailingStreak {
  if (succeeded) return noStreak;
  const failing_since = streak.failing_since ?? at;
  if (!ended) return { ...streak, failing_since };
  const today = Math.floor(at / dayLength);
  // Attempts come in the order of their ends: around midnight one of the day before may be the later.
  const isNewDay = streak.last_failed_day === null || today > streak.last_failed_day;
  return {
    failing_since,
    failed_deliveries: streak.failed_deliveries + 1,
    failed_days: streak.failed_days + (isNewDay ? 1 : 0),
    last_failed_day: isNewDay ? today : streak.last_failed_day,
  };
}

/**
 * Whether a webhook has failed for so long that it is disabled: for 5 days or more, with at least 10
 * deliveries that ended without success, on at least 3 days (UTC). All three: a single outage, a quiet
 * webhook and one bad night are no reason.
 *
 * @param now milliseconds since 1970.
 */
export function hasFailedForLong(streak: FailingStreak, now: number): boolean {
  return (
    streak.failing_since !== null &&
    now - streak.failing_since >= enoughTime &&
    streak.failed_deliveries >= enoughDeliveries &&
    streak.failed_days >= enoughDays
  );
}
