import { setImmediate as nextRound } from 'node:timers/promises';

import { sql } from 'kysely';

import type { WebhookEvent } from '../../contract/webhook-event';
import type { Db } from '../db';
import type { AttemptRow } from './attempt-store';
import { bodyKey, readBodies, type BodyName } from './body-store';

/** Which rows of a webhook's log are wanted. */
export interface LogPage {
  organization_id: string;
  webhook_id: string;
  /** How many rows at most. */
  limit: number;
  /** A row's id in lower case: only older rows are given. Null: from the newest on. */
  before: string | null;
}

/** A row of the log but for its body, which is kept as text and has up to 256 KiB. */
interface LogRow {
  event: Omit<WebhookEvent, 'request'>;
  body: BodyName;
}

/** Characters of a page, unless its first row alone has more: a page may be shorter than was asked. */
const mostCharacters = 4 * 1024 * 1024;
const rowsPerRead = 16;

/**
 * A webhook's log as the API lists it, newest first: its attempts, and among them a row with
 * `attempt: 0` for each delivery that was not tried yet. Ids are UUIDv7, so they sort by time.
 *
 * @returns the rows as JSON texts, some at a time: the stored bodies are in them as they are, since
 * parsing and writing them again would block the process. Fewer rows than `limit` are no sign of the
 * log's end.
 */
export async function* readLogPage(db: Db, page: LogPage): AsyncGenerator<string[]> {
  const rows = await listRows(db, page);
  let length = 0;
  for (let start = 0; start < rows.length; start += rowsPerRead) {
    if (start > 0) await nextRound();
    const some = rows.slice(start, start + rowsPerRead);
    const names = some.map(({ body }) => body);
    const bodies = await readBodies(db, names);
    const texts: string[] = [];
    for (const { event, body } of some) {
      const text = withRequest(event, bodies.get(bodyKey(body)) ?? '{}');
      const isFirst = length === 0;
      length += text.length;
      if (length > mostCharacters && !isFirst) break;
      texts.push(text);
    }
    yield texts;
    if (length > mostCharacters) return;
  }
}

function withRequest(event: Omit<WebhookEvent, 'request'>, body: string): string {
  return `${JSON.stringify(event).slice(0, -1)},"request":${body}}`;
}

async function listRows(db: Db, page: LogPage): Promise<LogRow[]> {
  // In one transaction: a delivery that is recorded in between would be in neither half.
  const { attempts, untried } = await db.transaction().execute(async (trx) => ({
    attempts: await attemptsOf(trx, page),
    untried: await untriedDeliveries(trx, page),
  }));
  return [
    ...attempts.map((row): LogRow => ({ event: triedEvent(row), body: row })),
    ...untried.map((row): LogRow => ({ event: untriedEvent(row), body: row })),
  ]
    .toSorted((a, b) => (a.event.id < b.event.id ? 1 : -1))
    .slice(0, page.limit);
}

function attemptsOf(db: Db, { organization_id, webhook_id, limit, before }: LogPage) {
  return db
    .selectFrom('attempt')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('webhook_id', '=', webhook_id)
    .$if(before !== null, (query) => query.where('id', '<', before))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** The deliveries of a webhook that are in no log yet, newest first, with its URL as it is now. */
function untriedDeliveries(db: Db, { organization_id, webhook_id, limit, before }: LogPage) {
  return db
    .selectFrom('delivery')
    .leftJoin('webhook', 'webhook.id', 'delivery.webhook_id')
    .selectAll('delivery')
    .select('webhook.target_url')
    .where('delivery.organization_id', '=', organization_id)
    .where('delivery.webhook_id', '=', webhook_id)
    .where('delivery.tried', '=', sql.lit(0))
    .$if(before !== null, (query) => query.where('delivery.id', '<', before))
    .orderBy('delivery.id', 'desc')
    .limit(limit)
    .execute();
}

function triedEvent(row: AttemptRow): LogRow['event'] {
  return {
    id: row.id,
    created_at: isoTime(row.started_at),
    kind: row.kind,
    matched_event: row.event_type,
    target_url_used: row.target_url_used,
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
    request_headers: parseHeaders(row.request_headers),
    response_headers: row.response_headers === null ? null : parseHeaders(row.response_headers),
  };
}

type UntriedRow = Awaited<ReturnType<typeof untriedDeliveries>>[number];

/** `next_attempt_at` is null while the first attempt is in flight. */
function untriedEvent(row: UntriedRow): LogRow['event'] {
  return {
    id: row.id,
    created_at: isoTime(row.accepted_at),
    kind: row.kind,
    matched_event: row.event_type,
    target_url_used: row.target_url ?? row.accepted_url,
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
function parseHeaders(text: string): Record<string, string> {
  return JSON.parse(text) as Record<string, string>;
}
