import type { RecoverProblemResponse } from './answers/problem';
import type {
  RecoverableResponse,
  RecoveryResponse,
  RecoveryStartedResponse,
} from './answers/resend';
import { recoveryPath } from '../contract/api-paths';
import type { Db } from './db';
import {
  countEnded,
  findRecovery,
  hasPendingOf,
  insertRecovery,
  recoveryAtWork,
  runningRecovery,
  type EndedDeliveries,
  type RecoveryRow,
} from './delivery/recovery-store';
import { newId } from './new-id';
import { notFound, ProblemError } from './problem';
import { requireEnabled } from './require-enabled';
import { findWebhook, type WebhookRow } from './webhook-store';

/** What is to be recovered. */
export interface WantedRecovery {
  organization_id: string;
  webhook_id: string;
  /** Deliveries accepted from then on, milliseconds since 1970. */
  since: number;
  /** Deliveries accepted until then. */
  until: number;
}

/**
 * Counts what a recovery would send: the deliveries that ended without success and were made for the
 * webhook's kind of today.
 *
 * @throws {ProblemError} 404 if the webhook is not there.
 */
async function countRecoverable(db: Db, wanted: WantedRecovery): Promise<number> {
  const webhook = await requireWebhook(db, wanted);
  return countEnded(db, endedOf(wanted, webhook));
}

/** What a dry run answers: see `countRecoverable`. */
export async function readRecoverable(
  db: Db,
  wanted: WantedRecovery,
): Promise<RecoverableResponse> {
  const total = await countRecoverable(db, wanted);
  return { total, recovery_id: await runningRecovery(db, wanted.webhook_id) };
}

/**
 * Begins a recovery; what is to be done for it is done by `Recoveries`.
 *
 * @throws {ProblemError} 404 if the webhook is not there, 409 if it is disabled, or if a recovery of it
 *   is at work.
 */
export async function beginRecovery(
  db: Db,
  wanted: WantedRecovery,
): Promise<RecoveryStartedResponse> {
  requireEnabled(await requireWebhook(db, wanted));
  // Outside the transaction, which others would have to wait for.
  const total = await countRecoverable(db, wanted);
  const { organization_id, webhook_id, since, until } = wanted;
  return db.transaction().execute(async (trx) => {
    requireEnabled(await requireWebhook(trx, wanted));
    await requireNoneAtWork(trx, wanted);
    const id = newId();
    await insertRecovery(trx, {
      id,
      organization_id,
      webhook_id,
      created_at: until,
      since,
      total,
      position_at: since,
      position: '',
      is_queued: 0,
      queued: 0,
      succeeded: 0,
      failed: 0,
    });
    return { id, total };
  });
}

async function requireNoneAtWork(
  trx: Db,
  { organization_id, webhook_id }: WantedRecovery,
): Promise<void> {
  const id = await recoveryAtWork(trx, webhook_id);
  if (id === undefined) return;
  throw new ProblemError(409, `The recovery ${id} of this webhook is still at work.`, {
    headers: { location: recoveryPath(organization_id, webhook_id, id) },
    members: { recovery_id: id } satisfies Pick<RecoverProblemResponse, 'recovery_id'>,
  });
}

function endedOf(
  { webhook_id, since, until }: WantedRecovery,
  webhook: WebhookRow,
): EndedDeliveries {
  return { webhook_id, kind: webhook.kind, position_at: since, position: '', until };
}

async function requireWebhook(db: Db, { organization_id, webhook_id }: WantedRecovery) {
  const webhook = await findWebhook(db, organization_id, webhook_id);
  if (!webhook) throw notFound('The webhook');
  return webhook;
}

/** How far a recovery of a webhook is, or undefined if there is none with this id. */
export async function readRecovery(
  db: Db,
  webhookId: string,
  id: string,
): Promise<RecoveryResponse | undefined> {
  return db.transaction().execute(async (trx) => {
    const row = await findRecovery(trx, id);
    if (row?.webhook_id !== webhookId) return undefined;
    return recoveryResponse(row, await hasPendingOf(trx, id));
  });
}

/** What is neither on its way nor has succeeded has failed: also what is too old to be kept now. */
function recoveryResponse(row: RecoveryRow, hasPending: boolean): RecoveryResponse {
  const { id, total, queued, succeeded } = row;
  const pending = hasPending ? queued - succeeded - row.failed : 0;
  const isRunning = row.is_queued === 0 || hasPending;
  return {
    id,
    created_at: new Date(row.created_at).toISOString(),
    since: new Date(row.since).toISOString(),
    total,
    queued,
    pending,
    succeeded,
    failed: queued - succeeded - pending,
    status: isRunning ? 'running' : queued < total ? 'stopped' : 'done',
  };
}
