import { sql, type RawBuilder } from 'kysely';

import type { DeliveryTable, DeploymentEventCountTable, WebhookHealthTable } from '../tables';
import type { BodyName } from './body-store';

/*
 * How lists of values reach a statement: as one JSON parameter, so that its text stays the same and
 * the engine prepares it once. This file is the only place where the SQL of the deliveries depends on
 * the engine (SQLite).
 */

/** A list of texts, for `where(column, 'in', …)`. */
export function listed(values: readonly string[]): RawBuilder<string> {
  return sql<string>`(select value from json_each(${JSON.stringify(values)}))`;
}

/** A list of texts as a table with the column `value`. */
export function listedRows(values: readonly string[]) {
  return sql<{ value: string }>`json_each(${JSON.stringify(values)})`;
}

/** A delivery as it is when its event is accepted. */
export type NewDelivery = Pick<
  DeliveryTable,
  | 'id'
  | 'organization_id'
  | 'webhook_id'
  | 'event_id'
  | 'event_type'
  | 'kind'
  | 'accepted_at'
  | 'accepted_url'
  | 'attempt'
  | 'in_flight'
  | 'run_at'
>;

/** Names an event: its id is unique in its organization. */
export interface EventName {
  organization_id: string;
  id: string;
}

/** How a delivery goes on after an attempt. */
export interface SettledDelivery {
  id: string;
  /** The claim that the attempt was made under. */
  attempt: number;
  status: string;
  run_at: number;
}

/** Settled deliveries as a query with their columns. */
export function settledRows(rows: readonly SettledDelivery[]) {
  return sql<SettledDelivery>`(
    select value ->> 'id' as id, value ->> 'attempt' as attempt,
      value ->> 'status' as status, value ->> 'run_at' as run_at
    from json_each(${JSON.stringify(rows)})
  )`;
}

/** New deliveries as a query with their columns. */
export function newDeliveryRows(deliveries: readonly NewDelivery[]) {
  const rows = deliveries.map((one) => [
    one.id,
    one.organization_id,
    one.webhook_id,
    one.event_id,
    one.event_type,
    one.kind,
    one.accepted_at,
    one.accepted_url,
    one.attempt,
    one.in_flight,
    one.run_at,
  ]);
  return sql<NewDelivery>`(
    select value ->> 0 as id, value ->> 1 as organization_id, value ->> 2 as webhook_id,
      value ->> 3 as event_id, value ->> 4 as event_type, value ->> 5 as kind,
      value ->> 6 as accepted_at, value ->> 7 as accepted_url, value ->> 8 as attempt,
      value ->> 9 as in_flight, value ->> 10 as run_at
    from json_each(${JSON.stringify(rows)})
  )`;
}

/** Ids of an organization's events as a query with its columns. */
export function eventNameRows(names: readonly EventName[]) {
  const rows = names.map(({ organization_id, id }) => [organization_id, id]);
  return sql<EventName>`(
    select value ->> 0 as organization_id, value ->> 1 as id
    from json_each(${JSON.stringify(rows)})
  )`;
}

/** Counts of events as a query with their columns. */
export function eventCountRows(counts: readonly DeploymentEventCountTable[]) {
  const rows = counts.map((one) => [
    one.organization_id,
    one.day,
    one.event_type,
    one.mode,
    one.project_name,
    one.count,
    one.latest_at,
  ]);
  return sql<DeploymentEventCountTable>`(
    select value ->> 0 as organization_id, value ->> 1 as day, value ->> 2 as event_type,
      value ->> 3 as mode, value ->> 4 as project_name, value ->> 5 as count,
      value ->> 6 as latest_at
    from json_each(${JSON.stringify(rows)})
  )`;
}

/** The health of webhooks as a query with its columns. */
export function healthRows(health: readonly WebhookHealthTable[]) {
  const rows = health.map((one) => [
    one.webhook_id,
    one.organization_id,
    one.last,
    one.quarters,
    one.last_failure_at,
    one.last_failure_status,
    one.last_failure_error,
    one.failing_since,
    one.failed_deliveries,
    one.failed_days,
    one.last_failed_day,
  ]);
  return sql<WebhookHealthTable>`(
    select value ->> 0 as webhook_id, value ->> 1 as organization_id, value ->> 2 as last,
      value ->> 3 as quarters, value ->> 4 as last_failure_at, value ->> 5 as last_failure_status,
      value ->> 6 as last_failure_error, value ->> 7 as failing_since,
      value ->> 8 as failed_deliveries, value ->> 9 as failed_days, value ->> 10 as last_failed_day
    from json_each(${JSON.stringify(rows)})
  )`;
}

/** Names of bodies as a query with their columns. */
export function bodyNameRows(names: readonly BodyName[]) {
  const rows = names.map(({ organization_id, event_id, kind }) => [
    organization_id,
    event_id,
    kind,
  ]);
  return sql<BodyName>`(
    select value ->> 0 as organization_id, value ->> 1 as event_id, value ->> 2 as kind
    from json_each(${JSON.stringify(rows)})
  )`;
}
