import type { DisabledReason } from '../answers/webhook';
import type { Db } from '../db';
import type { MatchingWebhooks } from '../matching-webhooks';
import { disableWebhook } from '../webhook-store';
import type { FinishedAttempt } from './attempt';
import { insertAttempts } from './attempt-store';
import { settleDeliveries } from './delivery-store';
import { continueStreak, hasFailedForLong, noStreak, type FailingStreak } from './failing-streak';
import { addAnswers, noAnswers } from './webhook-health';
import {
  readTriedWebhooks,
  writeHealth,
  type TriedWebhook,
  type WebhookHealthRow,
} from './webhook-health-store';

/** A webhook that its own failures have disabled. */
export interface DisabledWebhook {
  webhook_id: string;
  reason: DisabledReason;
}

/** What came of attempts that have ended. */
export interface Recorded {
  /** Those that are in the log now. */
  recorded: FinishedAttempt[];
  /** Those that were made under a claim that had ended. */
  unrecorded: FinishedAttempt[];
  disabled: DisabledWebhook[];
}

/**
 * Writes attempts that have ended into the log, lets their deliveries go on or end, and their webhooks
 * know: health, and whether to disable them. All in the caller's transaction.
 *
 * @param now milliseconds since 1970.
 */
export async function recordAttempts(
  trx: Db,
  ended: readonly FinishedAttempt[],
  now: number,
  matchingWebhooks: Pick<MatchingWebhooks, 'invalidate'>,
): Promise<Recorded> {
  if (ended.length === 0) return { recorded: [], unrecorded: [], disabled: [] };
  const ids = [...new Set(ended.map(({ row }) => row.webhook_id))];
  const webhooks = await readTriedWebhooks(trx, ids);
  const judged = ended.map((attempt) => (isGone(webhooks, attempt) ? givenUp(attempt) : attempt));
  const ours = await settleDeliveries(
    trx,
    judged.map((attempt) => settled(attempt, now)),
  );
  const isOurs = ({ row, claim }: FinishedAttempt) => ours.get(row.delivery_id) === claim;
  const recorded = judged.filter((attempt) => isOurs(attempt));
  const unrecorded = judged.filter((attempt) => !isOurs(attempt));
  await insertAttempts(
    trx,
    recorded.map(({ row }) => row),
  );
  const disabled = await tellWebhooks(trx, webhooks, recorded, now);
  for (const { webhook, reason } of disabled) {
    await disableWebhook(trx, webhook.id, reason, now);
    matchingWebhooks.invalidate(webhook.organization_id, webhook.id);
  }
  return {
    recorded,
    unrecorded,
    disabled: disabled.map(({ webhook, reason }) => ({ webhook_id: webhook.id, reason })),
  };
}

function settled({ row, claim, status }: FinishedAttempt, now: number) {
  return { id: row.delivery_id, attempt: claim, status, run_at: row.next_attempt_at ?? now };
}

/**
 * Whether the attempt says something of the webhook as it is now: it may have been given another URL
 * since, or have been enabled again.
 */
function isPresent(webhook: TriedWebhook, { row }: FinishedAttempt): boolean {
  const { enabled, target_url, updated_at } = webhook;
  return enabled === 1 && target_url === row.target_url_used && row.started_at >= updated_at;
}

function isGone(webhooks: ReadonlyMap<string, TriedWebhook>, attempt: FinishedAttempt): boolean {
  const webhook = webhooks.get(attempt.row.webhook_id);
  return webhook !== undefined && attempt.row.status_code === 410 && isPresent(webhook, attempt);
}

function givenUp(attempt: FinishedAttempt): FinishedAttempt {
  return { ...attempt, status: 'failed', row: { ...attempt.row, next_attempt_at: null } };
}

/**
 * Brings the health of the attempts' webhooks up to date. Cancelled deliveries are no part of it:
 * nothing was tried. Webhooks that were deleted meanwhile have none.
 *
 * @returns the webhooks that are to be disabled.
 */
async function tellWebhooks(
  trx: Db,
  webhooks: ReadonlyMap<string, TriedWebhook>,
  recorded: readonly FinishedAttempt[],
  now: number,
) {
  const health: WebhookHealthRow[] = [];
  const disabled: { webhook: TriedWebhook; reason: DisabledReason }[] = [];
  for (const [webhook_id, attempts] of triedByWebhook(recorded)) {
    const webhook = webhooks.get(webhook_id);
    if (!webhook) continue;
    const rows = attempts.map(({ row }) => row);
    const before = streakOf(webhook);
    const streak = streakAfter(webhook, before, attempts);
    const answers = addAnswers(webhook.last === null ? noAnswers : webhook, rows, now);
    const { organization_id } = webhook;
    health.push({ webhook_id, organization_id, ...answers, ...streak });
    if (attempts.some((attempt) => isGone(webhooks, attempt))) {
      disabled.push({ webhook, reason: 'GONE' });
    } else if (streak !== before && hasFailedForLong(streak, now)) {
      disabled.push({ webhook, reason: 'FAILING' });
    }
  }
  if (health.length > 0) await writeHealth(trx, health);
  return disabled;
}

function triedByWebhook(recorded: readonly FinishedAttempt[]): Map<string, FinishedAttempt[]> {
  const tried = new Map<string, FinishedAttempt[]>();
  for (const attempt of recorded) {
    if (attempt.status === 'cancelled') continue;
    const { webhook_id } = attempt.row;
    const known = tried.get(webhook_id);
    if (known) known.push(attempt);
    else tried.set(webhook_id, [attempt]);
  }
  return tried;
}

function streakOf(webhook: TriedWebhook): FailingStreak {
  if (webhook.last === null) return noStreak;
  const { failing_since, failed_deliveries, failed_days, last_failed_day } = webhook;
  return { failing_since, failed_deliveries, failed_days, last_failed_day };
}

/** Only what its host was asked at the present URL of an enabled webhook says something of a receiver. */
function streakAfter(
  webhook: TriedWebhook,
  before: FailingStreak,
  attempts: readonly FinishedAttempt[],
): FailingStreak {
  let streak = before;
  for (const attempt of attempts) {
    if (attempt.host_sign === null || !isPresent(webhook, attempt)) continue;
    const { started_at, outcome } = attempt.row;
    const succeeded = outcome === 'succeeded';
    streak = continueStreak(streak, {
      at: started_at,
      succeeded,
      ended: attempt.status === 'failed',
    });
  }
  return streak;
}
