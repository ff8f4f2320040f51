import { sql } from 'kysely';

import type { Db } from '../db';
import { listed } from '../rows-as-json';
import type { AcceptedPlace } from '../deployment-event-store';

/*
 * What the sweep reads and removes, in pieces: each statement goes by an index, and its cost has a
 * limit that no content of the tables can move. Rows are removed through a list of ids, since not
 * every engine can limit a deletion.
 */

/** An event in the order of acceptance. */
export interface EventInOrder extends AcceptedPlace {
  id: string;
}

/**
 * The events of an organization in the order of their acceptance.
 *
 * @param after only those that follow this place.
 */
export function listEventsInOrder(
  db: Db,
  organizationId: string,
  after: AcceptedPlace,
  limit: number,
): Promise<EventInOrder[]> {
  return db
    .selectFrom('deployment_event')
    .select(['id', 'accepted_id', 'accepted_at'])
    .where('organization_id', '=', organizationId)
    .where((e) =>
      e(
        e.refTuple('accepted_at', 'accepted_id'),
        '>',
        e.tuple(after.accepted_at, after.accepted_id),
      ),
    )
    .orderBy('accepted_at')
    .orderBy('accepted_id')
    .limit(limit)
    .execute();
}

/** Whether a delivery of this event is not over. Looks at up to 10,000 rows: 2 ms. */
export async function hasPendingDelivery(
  db: Db,
  organizationId: string,
  eventId: string,
): Promise<boolean> {
  const pending = await db
    .selectFrom('delivery')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('event_id', '=', eventId)
    .where('status', '=', sql.lit('pending'))
    .limit(1)
    .executeTakeFirst();
  return pending !== undefined;
}

/** The ids of some deliveries of these events that are over. */
export async function listEndedDeliveries(
  db: Db,
  organizationId: string,
  eventIds: readonly string[],
  limit: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('delivery')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('event_id', 'in', listed(eventIds))
    .where('status', '!=', sql.lit('pending'))
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Removes attempts of those of these deliveries that are still over. Gives how many. */
export async function deleteAttemptsOf(
  db: Db,
  deliveryIds: readonly string[],
  limit: number,
): Promise<number> {
  const ids = db
    .selectFrom('delivery')
    .innerJoin('attempt', 'attempt.delivery_id', 'delivery.id')
    .select('attempt.id')
    .where('delivery.id', 'in', listed(deliveryIds))
    .where('delivery.status', '!=', sql.lit('pending'))
    .limit(limit);
  const result = await db.deleteFrom('attempt').where('id', 'in', ids).executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Removes those of these deliveries that are still over. Gives how many. */
export async function deleteEndedDeliveries(db: Db, ids: readonly string[]): Promise<number> {
  const result = await db
    .deleteFrom('delivery')
    .where('id', 'in', listed(ids))
    .where('status', '!=', sql.lit('pending'))
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Removes those of these events that have no delivery any more. Gives how many. */
export async function deleteEventsWithoutDeliveries(
  db: Db,
  organizationId: string,
  ids: readonly string[],
): Promise<number> {
  const result = await db
    .deleteFrom('deployment_event')
    .where('organization_id', '=', organizationId)
    .where('id', 'in', listed(ids))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('delivery')
            .select('delivery.id')
            .whereRef('delivery.organization_id', '=', 'deployment_event.organization_id')
            .whereRef('delivery.event_id', '=', 'deployment_event.id'),
        ),
      ),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Removes tests, which belong to no event, that began before a time. Gives how many. */
export async function deleteTestsBefore(db: Db, before: number, limit: number): Promise<number> {
  const ids = db
    .selectFrom('attempt')
    .select('id')
    .where('trigger', '=', sql.lit('test'))
    .where('started_at', '<', before)
    .limit(limit);
  const result = await db.deleteFrom('attempt').where('id', 'in', ids).executeTakeFirst();
  return Number(result.numDeletedRows);
}

/**
 * Removes the counts of events of the days before one.
 *
 * @param day days since 1970, UTC.
 */
export async function deleteCountsBefore(
  db: Db,
  organizationId: string,
  day: number,
  limit: number,
): Promise<number> {
  const { numAffectedRows } = await sql`delete from deployment_event_count
    where (organization_id, day, event_type, mode, project_name) in (
      select organization_id, day, event_type, mode, project_name from deployment_event_count
      where organization_id = ${organizationId} and day < ${day} limit ${limit}
    )`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** Removes recoveries that began before a time and have made due all they had to. */
export async function deleteRecoveriesBefore(
  db: Db,
  before: number,
  limit: number,
): Promise<number> {
  const ids = db
    .selectFrom('recovery')
    .select('id')
    .where('created_at', '<', before)
    .where('is_queued', '=', sql.lit(1))
    .limit(limit);
  const result = await db.deleteFrom('recovery').where('id', 'in', ids).executeTakeFirst();
  return Number(result.numDeletedRows);
}
