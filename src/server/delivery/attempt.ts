import type { SecretBox } from '../secret-box';
import type { DeliveryStatus } from '../tables';
import type { NewAttempt } from './attempt-store';
import type { DueDelivery } from './delivery-store';
import type { AttemptResult, AttemptSender } from './dispatch';
import type { HostSign } from './host-sign';
import { maxAttempts, nextAttemptAt } from './retry-policy';

/** A delivery that was taken for one attempt, with all that the attempt needs. */
export interface ClaimedDelivery extends DueDelivery {
  /** As it was built when the event was accepted; null if it is no longer stored. */
  body: string | null;
  /** Where it goes to, for its slot. */
  host: string;
}

/** What came of an attempt: its row for the log, and how its delivery goes on. */
export interface FinishedAttempt {
  row: NewAttempt;
  /** The claim it was made under. */
  claim: number;
  status: DeliveryStatus;
  host_sign: HostSign;
}

/** What attempts are made with. */
export interface AttemptDeps {
  sender: AttemptSender;
  secretBox: Pick<SecretBox, 'open'>;
  /** Milliseconds between attempts. */
  retrySchedule: readonly number[];
  /** Milliseconds since 1970. */
  now: () => number;
  random: () => number;
}

/**
 * Makes one attempt, to the webhook's URL and with its secret as they were read with the claim. A
 * webhook that is disabled or gone gets none; that is in the log too. Never rejects.
 */
export async function makeAttempt(
  deps: AttemptDeps,
  delivery: ClaimedDelivery,
): Promise<FinishedAttempt> {
  const started_at = deps.now();
  const { target_url: url, body } = delivery;
  if (url === null || body === null || delivery.enabled !== 1) {
    return finished(deps, delivery, started_at, notSent(obstacleOf(delivery)), 'cancelled');
  }
  const result = await send(deps, { ...delivery, target_url: url, body }, started_at);
  return finished(deps, delivery, started_at, result, null);
}

function obstacleOf({ target_url, enabled }: ClaimedDelivery): string {
  if (target_url === null) return 'not sent: the webhook was deleted';
  if (enabled !== 1) return 'not sent: the webhook is disabled';
  return 'not sent: the event is no longer stored';
}

async function send(
  { sender, secretBox }: AttemptDeps,
  delivery: ClaimedDelivery & { target_url: string; body: string },
  started_at: number,
): Promise<AttemptResult> {
  const { id, webhook_id, target_url: url, target_secret, body } = delivery;
  let secret: string | null;
  try {
    secret = target_secret === null ? null : secretBox.open(webhook_id, target_secret);
  } catch {
    return notSent('not sent: the stored secret cannot be decrypted');
  }
  return sender.send({ url, id, started_at, body, secret, test: delivery.trigger === 'test' });
}

function notSent(error: string): AttemptResult {
  return {
    status_code: 0,
    error,
    duration_ms: 0,
    host_sign: null,
    request_headers: {},
    response_headers: null,
    response_body: null,
  };
}

/** An answer that broke off counts; one that came to no end in time does not. */
function retryAfterOf({ status_code, response_headers }: AttemptResult): string | undefined {
  return status_code === 0 ? undefined : response_headers?.['retry-after'];
}

function finished(
  { retrySchedule, now, random }: AttemptDeps,
  delivery: ClaimedDelivery,
  started_at: number,
  result: AttemptResult,
  ending: 'cancelled' | null,
): FinishedAttempt {
  const attempt = delivery.schedule_step + 1;
  const isOver = ending !== null || result.error === null;
  const retryAfter = retryAfterOf(result);
  const next = isOver
    ? null
    : nextAttemptAt(retrySchedule, { attempt, retryAfter, now: now() }, random);
  const { organization_id, webhook_id, event_id, event_type, kind, trigger } = delivery;
  return {
    claim: delivery.attempt,
    status: ending ?? (result.error === null ? 'succeeded' : next === null ? 'failed' : 'pending'),
    host_sign: result.host_sign,
    row: {
      started_at,
      organization_id,
      webhook_id,
      delivery_id: delivery.id,
      event_id,
      event_type,
      kind,
      attempt,
      max_attempts: maxAttempts(retrySchedule),
      trigger,
      duration_ms: result.duration_ms,
      target_url_used: delivery.target_url ?? delivery.accepted_url,
      request_headers: JSON.stringify(result.request_headers),
      status_code: result.status_code,
      outcome: result.error === null ? 'succeeded' : 'failed',
      error: result.error,
      response_headers: result.response_headers && JSON.stringify(result.response_headers),
      response_body: result.response_body,
      next_attempt_at: next,
      request_body: trigger === 'test' ? delivery.body : null,
    },
  };
}
