import { sql, type RawBuilder } from 'kysely';

import type { BodyName } from './delivery/body-store';
import type { DeploymentEventCountTable, WebhookHealthTable } from './tables';

/*
 * How lists of values reach a statement: as one JSON parameter, so that its text stays the same and
 * the engine prepares it once. This file is the only place where SQL depends on the engine (SQLite).
 */

/** A list of texts, for `where(column, 'in', …)`. */
export function listed(values: readonly string[]): RawBuilder<string> {
  return sql<string>`(select value from json_each(${JSON.stringify(values)}))`;
}

/** A list of texts as a table with the column `value`. */
export function listedRows(values: readonly string[]) {
  return sql<{ value: string }>`json_each(${JSON.stringify(values)})`;
}

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

/** Makes what turns rows into a query that has these columns of theirs. */
function rowsWith<Row>(columns: readonly (keyof Row & string)[]) {
  const selected = sql.raw(columns.map((name, at) => `value ->> ${at} as "${name}"`).join(', '));
  return (rows: readonly Row[]) => {
    const values = rows.map((row) => columns.map((name) => row[name]));
    return sql<Row>`(select ${selected} from json_each(${JSON.stringify(values)}))`;
  };
}

/** Settled deliveries as a query with their columns. */
export const settledRows = rowsWith<SettledDelivery>(['id', 'attempt', 'status', 'run_at']);

/** Ids of an organization's events as a query with its columns. */
export const eventNameRows = rowsWith<EventName>(['organization_id', 'id']);

/** Counts of events as a query with their columns. */
export const eventCountRows = rowsWith<DeploymentEventCountTable>([
  'organization_id',
  'day',
  'event_type',
  'mode',
  'project_name',
  'count',
  'latest_at',
]);

/** The health of webhooks as a query with its columns. */
export const healthRows = rowsWith<WebhookHealthTable>([
  'webhook_id',
  'organization_id',
  'last',
  'quarters',
  'last_failure_at',
  'last_failure_status',
  'last_failure_error',
  'failing_since',
  'failed_deliveries',
  'failed_days',
  'last_failed_day',
]);

/** Names of bodies as a query with their columns. */
export const bodyNameRows = rowsWith<BodyName>(['organization_id', 'event_id', 'kind']);
