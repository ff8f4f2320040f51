import type { ExpressionBuilder } from 'kysely';

import type { Db } from './db';
import type { AcceptedPlace } from './deployment-event-store';
import { dayLength } from './duration';
import type { DeploymentEventCountTable, Tables } from './tables';

/** Events that look the same to the matcher: how many, and when the last was accepted. */
export type EventCount = Omit<DeploymentEventCountTable, 'organization_id' | 'day'>;

/** Few enough for a short statement; the engine sums them up faster than their rows are read. */
const countsPerStatement = 2000;

/** A place among the counts of an organization. */
type CountPlace = Pick<DeploymentEventCountTable, 'day' | 'event_type' | 'mode' | 'project_name'>;

/**
 * The counts of whole days, summed up a few thousand at a time.
 *
 * @param firstDay days since 1970, UTC.
 */
export async function* countsOfDays(
  db: Db,
  organizationId: string,
  firstDay: number,
): AsyncGenerator<EventCount[]> {
  let after: CountPlace | undefined = beginningOf(firstDay);
  while (after) {
    const last: CountPlace | undefined = await countsAfter(db, organizationId, after)
      .select(['day', 'event_type', 'mode', 'project_name'])
      .orderBy('day')
      .orderBy('event_type')
      .orderBy('mode')
      .orderBy('project_name')
      .limit(1)
      .offset(countsPerStatement - 1)
      .executeTakeFirst();
    const rest = countsAfter(db, organizationId, after);
    yield (last ? rest.where((e) => placed(e, '<=', last)) : rest)
      .select((e) => [
        'event_type',
        'mode',
        'project_name',
        e.fn.sum<number>('count').as('count'),
        e.fn.max('latest_at').as('latest_at'),
      ])
      .groupBy(['event_type', 'mode', 'project_name'])
      .execute();
    after = last;
  }
}

/** No event has an empty type: all counts of the day follow this place. */
function beginningOf(day: number): CountPlace {
  return { day, event_type: '', mode: '', project_name: '' } as object as CountPlace;
}

function countsAfter(db: Db, organizationId: string, after: CountPlace) {
  return db
    .selectFrom('deployment_event_count')
    .where('organization_id', '=', organizationId)
    .where((e) => placed(e, '>', after));
}

function placed(
  e: ExpressionBuilder<Tables, 'deployment_event_count'>,
  operator: '>' | '<=',
  { day, event_type, mode, project_name }: CountPlace,
) {
  return e(
    e.refTuple('day', 'event_type', 'mode', 'project_name'),
    operator,
    e.tuple(day, event_type, mode, project_name),
  );
}

const eventsPerStatement = 2000;

/**
 * The events that were accepted from a time on until the next day (UTC) begins, counted a few
 * thousand at a time: they may be a million.
 */
export async function* countsUntilNextDay(
  db: Db,
  organizationId: string,
  from: number,
): AsyncGenerator<EventCount[]> {
  const end = { accepted_at: Math.ceil(from / dayLength) * dayLength, accepted_id: '' };
  let after: AcceptedPlace | undefined = { accepted_at: from, accepted_id: '' };
  while (after) {
    const last: AcceptedPlace | undefined = await eventsBetween(db, organizationId, after, end)
      .select(['accepted_at', 'accepted_id'])
      .orderBy('accepted_at')
      .orderBy('accepted_id')
      .limit(1)
      .offset(eventsPerStatement)
      .executeTakeFirst();
    yield eventsBetween(db, organizationId, after, last ?? end)
      .select((e) => [
        'event_type',
        'mode',
        'project_name',
        e.fn.countAll<number>().as('count'),
        e.fn.max('accepted_at').as('latest_at'),
      ])
      .groupBy(['event_type', 'mode', 'project_name'])
      .execute();
    after = last;
  }
}

/** Those from the first place on, up to but without the second. */
function eventsBetween(db: Db, organizationId: string, from: AcceptedPlace, to: AcceptedPlace) {
  return db
    .selectFrom('deployment_event')
    .where('organization_id', '=', organizationId)
    .where((e) =>
      e.and([
        e(
          e.refTuple('accepted_at', 'accepted_id'),
          '>=',
          e.tuple(from.accepted_at, from.accepted_id),
        ),
        e(e.refTuple('accepted_at', 'accepted_id'), '<', e.tuple(to.accepted_at, to.accepted_id)),
      ]),
    );
}
