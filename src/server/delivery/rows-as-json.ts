import { sql, type RawBuilder } from 'kysely';

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

/** What deliveries of the same event differ in. */
export interface NewDelivery {
  id: string;
  webhook_id: string;
  kind: string;
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

/** New deliveries as a query with what tells them apart. */
export function newDeliveryRows(rows: readonly NewDelivery[]) {
  return sql<NewDelivery>`(
    select value ->> 'id' as id, value ->> 'webhook_id' as webhook_id, value ->> 'kind' as kind
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
