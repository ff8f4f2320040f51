import type { Db } from './db';
import { dayLength, type AcceptedPlace } from './deployment-event-store';
import type { DeploymentEventCountTable } from './tables';

/** Events that look the same to the matcher: how many, and when the last was accepted. */
export type EventCount = Omit<DeploymentEventCountTable, 'organization_id' | 'day'>;

const rowsPerStatement = 500;

/**
 * The counts of whole days, some at a time.
 *
 * @param firstDay days since 1970, UTC.
 */
export async function* countsSince(
  db: Db,
  organizationId: string,
  firstDay: number,
): AsyncGenerator<EventCount[]> {
  // No event has an empty type: all counts of the first day follow this one.
  let after = { day: firstDay, event_type: '', mode: '', project_name: '' };
  for (let isDone = false; !isDone;) {
    const rows = await db
      .selectFrom('deployment_event_count')
      .select(['day', 'event_type', 'mode', 'project_name', 'count', 'latest_at'])
      .where('organization_id', '=', organizationId)
      .where((e) =>
        e(
          e.refTuple('day', 'event_type', 'mode', 'project_name'),
          '>',
          e.tuple(after.day, after.event_type, after.mode, after.project_name),
        ),
      )
      .orderBy('day')
      .orderBy('event_type')
      .orderBy('mode')
      .orderBy('project_name')
      .limit(rowsPerStatement)
      .execute();
    yield rows;
    isDone = rows.length < rowsPerStatement;
    after = rows.at(-1) ?? after;
  }
}

/**
 * The events that were accepted from a time on until the next day (UTC) begins, some at a time, each
 * as a count of one.
 */
export async function* eventsUntilNextDay(
  db: Db,
  organizationId: string,
  from: number,
): AsyncGenerator<EventCount[]> {
  const end = Math.ceil(from / dayLength) * dayLength;
  let after: AcceptedPlace = { accepted_at: from, accepted_id: '' };
  for (let isDone = from === end; !isDone;) {
    const rows = await db
      .selectFrom('deployment_event')
      .select(['event_type', 'mode', 'project_name', 'accepted_at', 'accepted_id'])
      .where('organization_id', '=', organizationId)
      .where((e) =>
        e(
          e.refTuple('accepted_at', 'accepted_id'),
          '>',
          e.tuple(after.accepted_at, after.accepted_id),
        ),
      )
      .where('accepted_at', '<', end)
      .orderBy('accepted_at')
      .orderBy('accepted_id')
      .limit(rowsPerStatement)
      .execute();
    yield rows.map((row) => ({ ...row, count: 1, latest_at: row.accepted_at }));
    isDone = rows.length < rowsPerStatement;
    after = rows.at(-1) ?? after;
  }
}
