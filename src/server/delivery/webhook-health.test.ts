import { expect, it } from 'vitest';

import type { AttemptRow } from './attempt-store';
import {
  addAnswers,
  countAnswers,
  noAnswers,
  parseCodes,
  type RecentAnswers,
} from './webhook-health';

const minute = 60_000;
const hour = 60 * minute;
const now = Date.UTC(2026, 0, 31, 12, 7);

function answered(status_code: number, started_at = now): AttemptRow {
  const isGood = status_code >= 200 && status_code < 300;
  return {
    status_code,
    started_at,
    outcome: isGood ? 'succeeded' : 'failed',
    error: isGood ? null : `answered ${status_code}`,
  } as AttemptRow;
}

const add = (answers: RecentAnswers, ...attempts: AttemptRow[]) =>
  addAnswers(answers, attempts, now);

it('keeps the last 20 status codes, newest last', () => {
  let answers = noAnswers;
  for (let code = 200; code < 215; code += 1) answers = add(answers, answered(code));
  expect(parseCodes(answers.last)).toHaveLength(15);
  answers = add(answers, ...Array.from({ length: 10 }, (_, index) => answered(500 + index)));
  expect(parseCodes(answers.last)).toEqual([
    205, 206, 207, 208, 209, 210, 211, 212, 213, 214, 500, 501, 502, 503, 504, 505, 506, 507, 508,
    509,
  ]);
  const many = Array.from({ length: 256 }, (_, index) => answered(index));
  expect(parseCodes(add(answers, ...many).last)).toEqual(
    many.slice(-20).map(({ status_code }) => status_code),
  );
});

it('keeps the last failure through later successes', () => {
  const answers = add(noAnswers, answered(500), answered(0, now + 1), answered(200, now + 2));
  const failure = {
    last_failure_at: now + 1,
    last_failure_status: 0,
    last_failure_error: 'answered 0',
  };
  expect(answers).toMatchObject(failure);
  expect(add(answers, answered(204))).toMatchObject(failure);
  expect(add(noAnswers, answered(200))).toMatchObject({ last_failure_at: null });
});

it('counts the last 24 hours to the quarter of an hour, and forgets what is older', () => {
  // 12:07: the day begins at 12:15 yesterday.
  const begin = Date.UTC(2026, 0, 30, 12, 15);
  const answers = addAnswers(
    noAnswers,
    [answered(500, begin - 1), answered(200, begin), answered(200, begin + 14 * minute)],
    begin + hour,
  );
  const later = add(answers, answered(500), answered(200, now - 8 * minute), answered(404));
  expect(countAnswers(answers, begin + hour)).toEqual({ succeeded: 2, failed: 1 });
  expect(countAnswers(later, now)).toEqual({ succeeded: 3, failed: 2 });
  expect(later.quarters).not.toContain(String(Math.floor((begin - 1) / (15 * minute))));
  // Nothing is written any more, and time goes on.
  expect(countAnswers(later, now + 8 * minute)).toEqual({ succeeded: 1, failed: 2 });
  expect(countAnswers(later, now + 24 * hour)).toEqual({ succeeded: 0, failed: 0 });
});

it('stays short, however much is counted', () => {
  let answers = noAnswers;
  for (let at = now - 48 * hour; at <= now; at += 5 * minute) {
    answers = addAnswers(answers, [answered(200, at), answered(500, at)], at);
  }
  expect(JSON.parse(answers.quarters)).toHaveLength(96);
  expect(countAnswers(answers, now)).toEqual({ succeeded: 287, failed: 287 });
});
