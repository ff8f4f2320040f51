import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { maxAttempts, nextAttemptAt } from './retry-policy';

const schedule = [5000, 300_000];
const half = () => 0.5;

it('waits as the schedule says, and not after the last attempt', () => {
  const next = (attempt: number) => nextAttemptAt(schedule, { attempt, now: 1000 }, half);
  expect([next(1), next(2), next(3)]).toEqual([6000, 301_000, null]);
  expect(maxAttempts(schedule)).toBe(3);
});

it('moves a wait by up to a fifth, either way', () => {
  const next = (random: number) => nextAttemptAt(schedule, { attempt: 1, now: 0 }, () => random);
  expect([next(0), next(1)]).toEqual([4000, 6000]);
});

it('tries once only without a schedule, whatever the receiver asks for', () => {
  expect(nextAttemptAt([], { attempt: 1, now: 0 })).toBeNull();
  expect(nextAttemptAt([], { attempt: 1, now: 0, retryAfter: '60' })).toBeNull();
  expect(maxAttempts([])).toBe(1);
});

describe('a receiver that says when', () => {
  const now = Date.UTC(2026, 0, 31, 12);
  const waitFor = (retryAfter: string, random = half) =>
    (nextAttemptAt(schedule, { attempt: 1, retryAfter, now }, random) ?? 0) - now;

  it.each([
    ['120', 120_000],
    [' 120 ', 120_000],
    ['6', 6000],
    ['86400', 86_400_000],
    ['Sat, 31 Jan 2026 12:02:00 GMT', 120_000],
    ['Saturday, 31-Jan-26 12:02:00 GMT', 120_000],
    ['Sat Jan 31 12:02:00 2026', 120_000],
    ['Sun Feb  1 11:00:00 2026', 82_800_000],
  ])('is listened to: %j', (retryAfter, wait) => {
    expect(waitFor(retryAfter)).toBe(wait);
  });

  it.each([
    '86401',
    '9'.repeat(400),
    'Sun, 01 Feb 2026 12:00:01 GMT',
    'Fri, 31 Dec 9999 23:59:59 GMT',
  ])('is waited for 24 hours at most: %j', (retryAfter) =>
    expect(waitFor(retryAfter)).toBe(86_400_000),
  );

  it.each([
    '0',
    '4',
    'Sat, 31 Jan 2026 11:00:00 GMT',
    '',
    '-120',
    '120.5',
    '1e3',
    '0x400',
    '60, 120',
    '120 seconds',
    'soon',
    '2026-02-01T00:00:00Z',
    'Sat, 31 Jan 2026 12:02:00 +0000',
    'Sat, 99 Jan 2026 12:02:00 GMT',
    'Sat, 31 Foo 2026 12:02:00 GMT',
    'Sat, 31 Jan 2026 12:02:00 GMT, 120',
  ])('comes no sooner than the schedule, and junk is ignored: %j', (retryAfter) => {
    expect(waitFor(retryAfter)).toBe(5000);
  });

  it('means Greenwich, wherever the server is', () => {
    vi.stubEnv('TZ', 'America/New_York');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(new Date(now).getHours()).toBe(7);
    expect(waitFor('Sat Jan 31 12:02:00 2026')).toBe(120_000);
  });

  it('is measured against the wait as it was moved', () => {
    expect(waitFor('5', () => 1)).toBe(6000);
    expect(waitFor('5', () => 0)).toBe(5000);
  });
});
