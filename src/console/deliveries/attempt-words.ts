import * as z from 'zod/mini';

import type { WebhookEvent } from '../../contract/webhook-event';
import { isSuccess } from '../../contract/webhook-health';
import { environmentModeName, eventTitle } from '../../contract/wording';

/** How a row of the log went. */
export interface AttemptResult {
  tone: 'success' | 'failure' | 'waiting' | 'unknown';
  /** Such as `204`, `503`, `timed out after 15 s`, `waiting to be sent` or `not told`. */
  words: string;
}

type Told = Pick<
  WebhookEvent,
  'attempt' | 'error' | 'target_response_status_code' | 'next_attempt_at'
>;

/** How a row of the log went, in a few words. A Qovery API says no more than the status. */
export function attemptResult(row: Told): AttemptResult {
  const { attempt, error, target_response_status_code: status, next_attempt_at } = row;
  if (attempt === 0) {
    return {
      tone: 'waiting',
      words: next_attempt_at === null ? 'being sent' : 'waiting to be sent',
    };
  }
  if (status === null && error === null) return { tone: 'unknown', words: 'not told' };
  // An answer that broke off has a status, too.
  const arrived = status !== null && isSuccess(status);
  if (arrived && error === null) return { tone: 'success', words: String(status) };
  if (status && !arrived) return { tone: 'failure', words: String(status) };
  return { tone: 'failure', words: error ?? 'no response' };
}

/** What happened, as a row of the log tells it. */
export function eventWords({ matched_event }: Pick<WebhookEvent, 'matched_event'>): string {
  return eventTitle(matched_event) || 'Event not told';
}

/** Where the event happened, as a STANDARD payload tells it. */
const payloadSchema = z.object({
  payload: z.object({
    project: z.object({ name: z.string() }),
    environment: z.object({ name: z.string(), mode: z.string() }),
  }),
});

interface Placed extends Pick<WebhookEvent, 'project' | 'environment' | 'trigger'> {
  delivery_id?: string | null | undefined;
  request?: WebhookEvent['request'];
}

/**
 * Project and environment, as far as they are known; an empty text where nothing is. A Qovery API
 * tells of them in the payload only.
 */
export function placeWords(row: Placed): string {
  if (row.trigger === 'test') return 'Test with sample data';
  const { project, environment } = row;
  const place =
    project && environment
      ? { project, environment }
      : z.safeParse(payloadSchema, row.request).data?.payload;
  if (!place) return row.delivery_id ? 'The event is no longer stored' : '';
  const mode = environmentModeName(place.environment.mode);
  return `${shownName(place.project.name)} / ${shownName(place.environment.name)} (${mode})`;
}

// What would change how other text is drawn: control characters, and those that set its direction.
const unseen = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const rightToLeft =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A name from outside, of which nothing goes beyond itself: it neither hides nor swaps what is beside it. */
function shownName(name: string): string {
  const seen = name.replace(unseen, '\ufffd');
  return rightToLeft.test(seen) ? `\u2068${seen}\u2069` : seen;
}

const milliseconds = new Intl.NumberFormat('en', { style: 'unit', unit: 'millisecond' });
const seconds = new Intl.NumberFormat('en', {
  style: 'unit',
  unit: 'second',
  unitDisplay: 'narrow',
  maximumFractionDigits: 1,
});

/** `84 ms`, `15 s`. */
export function formatDuration(duration: number): string {
  if (duration < 1000) return milliseconds.format(duration);
  return seconds.format(duration / 1000).replace(/(?<=\d)s$/, ' s');
}
