import { expect, it } from 'vitest';

import { maxAttempts, nextAttemptAt } from './retry-policy';

const schedule = [5000, 300_000];

it('waits as the schedule says, and not after the last attempt', () => {
  const next = (attempt: number) => nextAttemptAt(schedule, attempt, 1000, () => 0.5);
  expect([next(1), next(2), next(3)]).toEqual([6000, 301_000, null]);
  expect(maxAttempts(schedule)).toBe(3);
});

it('moves a wait by up to a fifth, either way', () => {
  const next = (random: number) => nextAttemptAt(schedule, 1, 0, () => random);
  expect([next(0), next(1)]).toEqual([4000, 6000]);
});

it('tries once only without a schedule', () => {
  expect(nextAttemptAt([], 1, 0)).toBeNull();
  expect(maxAttempts([])).toBe(1);
});
