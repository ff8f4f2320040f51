import { expect, test } from 'vitest';

import { relativeTime, timeUntil } from './relative-time';

const now = Date.parse('2026-06-15T12:00:00Z');
const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
const days = 24 * hours;

test.each([
  [0, 'just now'],
  [59 * seconds, 'just now'],
  [-30 * seconds, 'just now'],
  [60 * seconds, '1 min ago'],
  [3.9 * minutes, '3 min ago'],
  [2 * hours, '2 hours ago'],
  [25 * hours, 'yesterday'],
  [3 * days, '3 days ago'],
  [15 * days, '2 weeks ago'],
  [92 * days, '3 months ago'],
  [800 * days, '2 years ago'],
])('%i ms ago is %s', (age, words) => {
  expect(relativeTime(now - age, now)).toBe(words);
});

test.each([
  [-5 * minutes, 'now'],
  [0, 'now'],
  [1 * seconds, 'in under 1 min'],
  [4.9 * minutes, 'in 4 min'],
  [2 * hours, 'in 2 hours'],
])('%i ms ahead is %s', (wait, words) => {
  expect(timeUntil(now + wait, now)).toBe(words);
});
