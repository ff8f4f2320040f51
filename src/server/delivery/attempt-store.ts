import type { Selectable } from 'kysely';
import { sql } from 'kysely';

import type { WebhookEvent } from '../../contract/webhook-event';
import type { Db } from '../db';
import type { AttemptTable } from '../tables';
import { untriedDeliveries, type LogPage } from './delivery-store';

export type AttemptRow = Selectable<AttemptTable>;

/** Attempts that ended together are written by few statements, whose texts the engine has prepared. */
const rowsPerStatement = [64, 32, 16, 8, 4, 2, 1] as const;

/** Writes attempts into the log. */
export async function insertAttempts(trx: Db, rows: readonly AttemptRow[]): Promise<void> {
  let written = 0;
  for (const count of rowsPerStatement) {
    for (; rows.length - written >= count; written += count) {
      const values = rows.slice(written, written + count);
      await trx.insertInto('attempt').values(values).execute();
    }
  }
}

/**
 * A webhook's log as the API lists it, newest first: its attempts, and among them a row with
 * `attempt: 0` for each delivery that was not tried yet. Ids are UUIDv7, so they sort by time.
 */
export async function listAttempts(db: Db, page: LogPage): Promise<WebhookEvent[]> {
  // In one transaction: a delivery that is recorded in between would be in neither half.
  const { attempts, untried } = await db.transaction().execute(async (trx) => ({
    attempts: await attemptsOf(trx, page),
    untried: await untriedDeliveries(trx, page),
  }));
  return [...attempts.map((row) => triedEvent(row)), ...untried.map((row) => untriedEvent(row))]
    .toSorted((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, page.limit);
}

function attemptsOf(db: Db, { organization_id, webhook_id, limit, before }: LogPage) {
  return db
    .selectFrom('attempt')
    .leftJoin('deployment_event', (join) =>
      join
        .onRef('deployment_event.organization_id', '=', 'attempt.organization_id')
        .onRef('deployment_event.id', '=', 'attempt.event_id'),
    )
    .selectAll('attempt')
    .select(
      sql<
        string | null
      >`case when attempt.kind = 'SLACK' then slack_body else standard_body end`.as('body'),
    )
    .where('attempt.organization_id', '=', organization_id)
    .where('attempt.webhook_id', '=', webhook_id)
    .$if(before !== null, (query) => query.where('attempt.id', '<', before))
    .orderBy('attempt.id', 'desc')
    .limit(limit)
    .execute();
}

function triedEvent(row: AttemptRow & { body: string | null }): WebhookEvent {
  return {
    id: row.id,
    created_at: isoTime(row.started_at),
    kind: row.kind,
    matched_event: row.event_type,
    target_url_used: row.target_url_used,
    request: parseObject(row.body),
    target_response_status_code: row.status_code,
    target_response_body: row.response_body,
    delivery_id: row.delivery_id,
    deployment_event_id: row.event_id,
    attempt: row.attempt,
    max_attempts: row.max_attempts,
    trigger: row.trigger,
    duration_ms: row.duration_ms,
    error: row.error,
    next_attempt_at: row.next_attempt_at === null ? null : isoTime(row.next_attempt_at),
    request_headers: parseObject(row.request_headers) as Record<string, string>,
    response_headers:
      row.response_headers === null
        ? null
        : (parseObject(row.response_headers) as Record<string, string>),
  };
}

type UntriedRow = Awaited<ReturnType<typeof untriedDeliveries>>[number];

/** `next_attempt_at` is null while the first attempt is in flight. */
function untriedEvent(row: UntriedRow): WebhookEvent {
  return {
    id: row.id,
    created_at: isoTime(row.accepted_at),
    kind: row.kind,
    matched_event: row.event_type,
    target_url_used: row.target_url ?? '',
    request: parseObject(row.body),
    target_response_status_code: 0,
    target_response_body: null,
    delivery_id: row.id,
    deployment_event_id: row.event_id,
    attempt: 0,
    max_attempts: null,
    trigger: row.trigger,
    duration_ms: null,
    error: null,
    next_attempt_at: row.in_flight === 1 ? null : isoTime(row.run_at),
    request_headers: null,
    response_headers: null,
  };
}

const isoTime = (time: number): string => new Date(time).toISOString();

/** What this program has written as JSON itself. */
function parseObject(text: string | null): Record<string, unknown> {
  return text === null ? {} : (JSON.parse(text) as Record<string, unknown>);
}
