import { describe, expect, it } from 'vitest';

import {
  continueStreak,
  hasFailedForLong,
  noStreak,
  type CountedAttempt,
  type FailingStreak,
} from './failing-streak';

const hour = 3_600_000;
const day = 24 * hour;
/** The first failure: at noon, so that days of the clock are not days of the calendar. */
const start = Date.UTC(2026, 0, 31, 12);

const after = (attempts: readonly CountedAttempt[], streak: FailingStreak = noStreak) =>
  attempts.reduce(continueStreak, streak);
const failure = (at: number, ended = true): CountedAttempt => ({ at, succeeded: false, ended });
const success = (at: number): CountedAttempt => ({ at, succeeded: true, ended: true });
/** So many deliveries that end without success on each of the days named. */
const failuresOn = (perDay: Record<number, number>) =>
  Object.entries(perDay).flatMap(([number, count]) =>
    Array.from({ length: count }, () => failure(start + Number(number) * day)),
  );

describe('a webhook is disabled', () => {
  const enough = { 0: 4, 1: 3, 2: 3 };

  it.each<[string, Record<number, number>, number, boolean]>([
    ['after exactly 5 days', enough, 5 * day, true],
    ['not a moment sooner', enough, 5 * day - 1, false],
    ['any later', enough, 50 * day, true],
    ['not for 9 deliveries', { 0: 3, 1: 3, 2: 3 }, 9 * day, false],
    ['for 10 deliveries on 3 days', { 0: 8, 3: 1, 5: 1 }, 5 * day, true],
    ['not for 2 days', { 0: 50, 5: 50 }, 5 * day, false],
    ['for many on many days', { 0: 50, 1: 9, 2: 9, 3: 9, 9: 9 }, 9 * day, true],
  ])('%s', (_what, perDay, now, expected) => {
    expect(hasFailedForLong(after(failuresOn(perDay)), start + now)).toBe(expected);
  });

  it('by days of the calendar in UTC', () => {
    const evening = Date.UTC(2026, 0, 31, 23, 59, 59, 999);
    const nine = Array.from({ length: 9 }, () => failure(evening));
    expect(after([...nine, failure(evening + 1)])).toMatchObject({ failed_days: 2 });
    expect(after([failure(evening + 1), ...nine])).toMatchObject({
      failed_deliveries: 10,
      failed_days: 1,
    });
  });

  it('for deliveries that ended, not for attempts', () => {
    const attempts = failuresOn({ 0: 50, 1: 50, 2: 50, 3: 50 }).map(({ at }) => failure(at, false));
    const streak = after(attempts);
    expect(streak).toMatchObject({ failing_since: start, failed_deliveries: 0, failed_days: 0 });
    expect(hasFailedForLong(streak, start + 9 * day)).toBe(false);
  });

  it('counted from the first attempt that failed, whether or not its delivery ended', () => {
    const streak = after([failure(start - hour, false), ...failuresOn(enough)]);
    expect(hasFailedForLong(streak, start - hour + 5 * day)).toBe(true);
  });

  it('not if there was a success', () => {
    const streak = after([...failuresOn(enough), success(start + 4 * day)]);
    expect(streak).toEqual(noStreak);
    expect(hasFailedForLong(streak, start + 9 * day)).toBe(false);
    const again = after([failure(start + 4 * day + 1)], streak);
    expect(again).toMatchObject({
      failing_since: start + 4 * day + 1,
      failed_deliveries: 1,
      failed_days: 1,
    });
  });
});
