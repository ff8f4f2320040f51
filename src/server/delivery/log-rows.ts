import { sql, type RawBuilder } from 'kysely';

import { deploymentEventTypes, type DeploymentEventType } from '../../contract/webhook';
import type { LogStatus } from '../../contract/webhook-event';
import type { Db } from '../db';
import type { BodyName } from './body-store';
import { triedEvent, untriedEvent, type LogEvent, type UntriedDelivery } from './log-event';
import { listed } from '../rows-as-json';

/** Which rows of the log are wanted. */
export interface LogPage {
  organization_id: string;
  /** Null: of all webhooks, and of those that are gone. */
  webhook_id: string | null;
  /** How many rows at most. */
  limit: number;
  /** A row's id in lower case: only older rows are given. */
  before: string | null;
  /** A row's id in lower case: only newer rows are given, and of those the ones next to it. */
  after: string | null;
  /** Only rows of this delivery, in lower case; null: of all. */
  delivery_id: string | null;
  /** Null: all. */
  status: LogStatus | null;
  /** Null: all. */
  event_type: DeploymentEventType | null;
  /** Without bodies. */
  is_summary: boolean;
}

/** A row of the log, and where its body is. */
export interface LogRow {
  event: LogEvent;
  body: StoredBody;
}

/** A body that is stored with its event, or, that of a test, is here itself. */
export type StoredBody = BodyName & { request_body: string | null };

/**
 * The rows of a page, from the newest to the oldest; if the page goes upwards from `after`, from the
 * oldest to the newest.
 */
export function listLogRows(db: Db, page: LogPage): Promise<LogRow[]> {
  // In one transaction: a delivery that is recorded in between would be in neither half.
  return db.transaction().execute(async (trx) => {
    const found = (await findIds(trx, page)).toSorted(
      page.after === null ? (a, b) => (a.id < b.id ? 1 : -1) : (a, b) => (a.id < b.id ? -1 : 1),
    );
    const places = found.slice(0, page.limit);
    const rows = new Map<string, LogRow>();
    for (const row of await attemptsOf(trx, page, idsOf(places, 1))) rows.set(row.event.id, row);
    for (const row of await untriedOf(trx, page, idsOf(places, 0))) rows.set(row.event.id, row);
    return places.flatMap(({ id }) => rows.get(id) ?? []);
  });
}

/** Where a row is: among the attempts, or among the deliveries that were not tried. */
interface Place {
  id: string;
  is_attempt: 0 | 1;
}

const idsOf = (places: readonly Place[], kind: Place['is_attempt']): string[] =>
  places.filter(({ is_attempt }) => is_attempt === kind).map(({ id }) => id);

/** Greater than every id. */
const end = 'g';

/**
 * The ids of `limit` rows of each range that the page may draw from: one for each type of event and
 * outcome, since only within those an index has the order of the log. However large the log is, that
 * is at most twelve times the page.
 */
async function findIds(db: Db, page: LogPage): Promise<Place[]> {
  if (page.delivery_id !== null) return findIdsOfDelivery(db, page, page.delivery_id);
  const owner =
    page.webhook_id === null
      ? sql`organization_id = ${page.organization_id}`
      : sql`webhook_id = ${page.webhook_id}`;
  const nearest = page.after === null ? sql`id desc` : sql`id`;
  const within = sql`id < ${page.before ?? end} and id > ${page.after ?? ''} order by ${nearest}
    limit ${page.limit}`;
  const ranges: RawBuilder<unknown>[] = [];
  for (const type of page.event_type === null ? deploymentEventTypes : [page.event_type]) {
    const scope = sql`where ${owner} and event_type = ${type}`;
    for (const outcome of ['succeeded', 'failed'] as const) {
      if (page.status !== null && page.status !== outcome) continue;
      ranges.push(sql`select * from (select id, 1 as is_attempt from attempt
        ${scope} and outcome = ${outcome} and ${within}) as range`);
    }
    // A literal: only then does the engine see that the partial index serves it.
    if (page.status === null || page.status === 'pending') {
      ranges.push(sql`select * from (select id, 0 as is_attempt from delivery
        ${scope} and tried = 0 and ${within}) as range`);
    }
  }
  const { rows } = await sql<Place>`${sql.join(ranges, sql` union all `)}`.execute(db);
  return rows;
}

/** The ids of a delivery's rows, which are few. Whose it is shows when they are read. */
async function findIdsOfDelivery(db: Db, page: LogPage, id: string): Promise<Place[]> {
  const { rows } = await sql<Place & { event_type: string; outcome: LogStatus }>`
    select id, 1 as is_attempt, event_type, outcome from attempt where delivery_id = ${id}
    union all
    select id, 0 as is_attempt, event_type, 'pending' as outcome from delivery
      where id = ${id} and tried = 0`.execute(db);
  return rows.filter(
    (row) =>
      (page.status === null || row.outcome === page.status) &&
      (page.event_type === null || row.event_type === page.event_type) &&
      (page.before === null || row.id < page.before) &&
      (page.after === null || row.id > page.after),
  );
}

/** What an attempt's row has beside the texts that a summary leaves out. */
const briefColumns = [
  'attempt.id',
  'attempt.organization_id',
  'attempt.webhook_id',
  'attempt.delivery_id',
  'attempt.event_id',
  'attempt.event_type',
  'attempt.kind',
  'attempt.attempt',
  'attempt.max_attempts',
  'attempt.trigger',
  'attempt.started_at',
  'attempt.duration_ms',
  'attempt.target_url_used',
  'attempt.request_headers',
  'attempt.status_code',
  'attempt.outcome',
  'attempt.error',
  'attempt.response_headers',
  'attempt.next_attempt_at',
] as const;

/** Where an event happened. */
const placeColumns = [
  'deployment_event.project_id',
  'deployment_event.project_name',
  'deployment_event.environment_id',
  'deployment_event.environment_name',
  'deployment_event.mode',
] as const;

/**
 * Attempts with the places of their events, and whether the next attempt that they tell of is still to
 * come. A test's event is a sample, which is not stored.
 */
function placedAttempts(db: Db) {
  return db
    .selectFrom('attempt')
    .leftJoin('delivery', 'delivery.id', 'attempt.delivery_id')
    .leftJoin('deployment_event', (join) =>
      join
        .onRef('deployment_event.organization_id', '=', 'attempt.organization_id')
        .onRef('deployment_event.id', '=', 'attempt.event_id'),
    )
    .select(placeColumns)
    .select(
      sql<
        number | null
      >`delivery.status = 'pending' and delivery.run_at = attempt.next_attempt_at`.as('is_next'),
    );
}

async function attemptsOf(db: Db, page: LogPage, ids: readonly string[]): Promise<LogRow[]> {
  if (ids.length === 0) return [];
  const query = placedAttempts(db).where('attempt.id', 'in', listed(ids));
  if (page.is_summary) {
    const rows = await query.select(briefColumns).execute();
    return ofOwner(page, rows).map((row) => ({
      event: triedEvent(row),
      body: { ...row, request_body: null },
    }));
  }
  const rows = await query.selectAll('attempt').execute();
  return ofOwner(page, rows).map((row) => ({ event: triedEvent(row), body: row }));
}

async function untriedOf(db: Db, page: LogPage, ids: readonly string[]): Promise<LogRow[]> {
  if (ids.length === 0) return [];
  const rows = await untriedDeliveries(db).where('delivery.id', 'in', listed(ids)).execute();
  return ofOwner(page, rows).map(rowOfUntried);
}

/** Not by SQL: with its owner in the statement, the engine walks through all rows of that. */
function ofOwner<Row extends { organization_id: string; webhook_id: string }>(
  { organization_id, webhook_id }: LogPage,
  rows: readonly Row[],
): Row[] {
  return rows.filter(
    (row) =>
      row.organization_id === organization_id &&
      (webhook_id === null || row.webhook_id === webhook_id),
  );
}

/** Deliveries with the URLs of their webhooks as they are now, and the places of their events. */
function untriedDeliveries(db: Db) {
  return db
    .selectFrom('delivery')
    .leftJoin('webhook', 'webhook.id', 'delivery.webhook_id')
    .leftJoin('deployment_event', (join) =>
      join
        .onRef('deployment_event.organization_id', '=', 'delivery.organization_id')
        .onRef('deployment_event.id', '=', 'delivery.event_id'),
    )
    .selectAll('delivery')
    .select(placeColumns)
    .select('webhook.target_url');
}

const rowOfUntried = (row: UntriedDelivery): LogRow => ({
  event: untriedEvent(row),
  body: { ...row, request_body: null },
});

/** Names a row of a webhook's log. */
export interface LogRowName {
  organization_id: string;
  webhook_id: string;
  id: string;
}

/**
 * One row of a webhook's log, whether the webhook is still there or not, or undefined. The id of a
 * delivery that was tried meanwhile finds its first attempt: that row took its place in the log.
 */
export function findLogRow(db: Db, name: LogRowName): Promise<LogRow | undefined> {
  const { organization_id, webhook_id, id } = name;
  return db.transaction().execute(async (trx) => {
    const attempts = placedAttempts(trx)
      .selectAll('attempt')
      .where('attempt.organization_id', '=', organization_id)
      .where('attempt.webhook_id', '=', webhook_id);
    const attempt =
      (await attempts.where('attempt.id', '=', id).executeTakeFirst()) ??
      (await attempts
        .where('attempt.delivery_id', '=', id)
        .orderBy('attempt.id')
        .executeTakeFirst());
    if (attempt) return { event: triedEvent(attempt), body: attempt };
    const delivery = await untriedDeliveries(trx)
      .where('delivery.organization_id', '=', organization_id)
      .where('delivery.webhook_id', '=', webhook_id)
      .where('delivery.id', '=', id)
      .executeTakeFirst();
    return delivery && rowOfUntried(delivery);
  });
}
