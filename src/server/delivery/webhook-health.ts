import type { WebhookHealthTable } from '../tables';
import type { NewAttempt } from './attempt-store';

/** How a receiver has answered lately; a row of health but for the streak of failures. */
export type RecentAnswers = Pick<
  WebhookHealthTable,
  'last' | 'quarters' | 'last_failure_at' | 'last_failure_status' | 'last_failure_error'
>;

/** Of a webhook that was not tried yet. */
export const noAnswers: RecentAnswers = {
  last: '[]',
  quarters: '[]',
  last_failure_at: null,
  last_failure_status: null,
  last_failure_error: null,
};

type Quarter = [number: number, succeeded: number, failed: number];

const mostCodes = 20;
const quarterLength = 15 * 60_000;
const quartersPerDay = 96;

const quarterOf = (time: number): number => Math.floor(time / quarterLength);

/**
 * Adds attempts, in the order of their ends.
 *
 * @param now milliseconds since 1970: quarters of an hour that are out of the last 24 hours are dropped.
 */
export function addAnswers(
  answers: RecentAnswers,
  attempts: readonly NewAttempt[],
  now: number,
): RecentAnswers {
  const codes = attempts.map(({ status_code }) => status_code);
  const quarters = recentQuarters(answers.quarters, now);
  for (const { started_at, outcome } of attempts) count(quarters, quarterOf(started_at), outcome);
  const failure = attempts.findLast(({ outcome }) => outcome === 'failed');
  return {
    last_failure_at: answers.last_failure_at,
    last_failure_status: answers.last_failure_status,
    last_failure_error: answers.last_failure_error,
    last: JSON.stringify([...parseCodes(answers.last), ...codes].slice(-mostCodes)),
    quarters: JSON.stringify(quarters),
    ...(failure && {
      last_failure_at: failure.started_at,
      last_failure_status: failure.status_code,
      last_failure_error: failure.error,
    }),
  };
}

function count(quarters: Quarter[], number: number, outcome: NewAttempt['outcome']): void {
  let quarter = quarters.findLast(([known]) => known === number);
  if (!quarter) quarters.push((quarter = [number, 0, 0]));
  quarter[outcome === 'succeeded' ? 1 : 2] += 1;
}

/** How many attempts of the last 24 hours succeeded and failed, to the quarter of an hour. */
export function countAnswers(
  { quarters }: Pick<RecentAnswers, 'quarters'>,
  now: number,
): { succeeded: number; failed: number } {
  const sum = { succeeded: 0, failed: 0 };
  for (const [, succeeded, failed] of recentQuarters(quarters, now)) {
    sum.succeeded += succeeded;
    sum.failed += failed;
  }
  return sum;
}

/** What this program has written as JSON itself. */
function recentQuarters(text: string, now: number): Quarter[] {
  const oldest = quarterOf(now) - quartersPerDay;
  return (JSON.parse(text) as Quarter[]).filter(([number]) => number > oldest);
}

/** The status codes of the last attempts, newest last. */
export function parseCodes(text: string): number[] {
  return JSON.parse(text) as number[];
}
