import { sql, type Selectable } from 'kysely';

import type { Db } from './db';
import { eventCountRows, eventNameRows, type EventName } from './rows-as-json';
import { dayLength } from './duration';
import { rowInserter } from './insert-rows';
import type { DeploymentEventCountTable, DeploymentEventTable } from './tables';

export type DeploymentEventRow = Selectable<DeploymentEventTable>;

/** A place in the order of acceptance. */
export type AcceptedPlace = Pick<DeploymentEventRow, 'accepted_at' | 'accepted_id'>;

/** Where an event is in the order of acceptance, or undefined if there is none of this id. */
export function findAcceptedPlace(
  db: Db,
  organizationId: string,
  id: string,
): Promise<AcceptedPlace | undefined> {
  return db
    .selectFrom('deployment_event')
    .select(['accepted_at', 'accepted_id'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The STANDARD body of an event, which says all that the event said; undefined if there is none. */
export async function findStandardBody(
  db: Db,
  organizationId: string,
  id: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('deployment_event')
    .select('standard_body')
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.standard_body;
}

/**
 * The content hashes of those events that were accepted before.
 *
 * @returns by organization and id, with a space between.
 */
export async function findContentHashes(
  db: Db,
  names: readonly EventName[],
): Promise<Map<string, string>> {
  if (names.length === 0) return new Map();
  const { rows } = await sql<EventName & { content_hash: string }>`select
      deployment_event.organization_id, deployment_event.id, deployment_event.content_hash
    from ${eventNameRows(names)} as wanted
    join deployment_event on deployment_event.organization_id = wanted.organization_id
      and deployment_event.id = wanted.id`.execute(db);
  return new Map(
    rows.map(({ organization_id, id, content_hash }) => [`${organization_id} ${id}`, content_hash]),
  );
}

/** Adds events. */
export const insertDeploymentEvents = rowInserter('deployment_event', {
  organization_id: true,
  id: true,
  accepted_id: true,
  accepted_at: true,
  event_type: true,
  mode: true,
  project_id: true,
  project_name: true,
  environment_id: true,
  environment_name: true,
  content_hash: true,
  standard_body: true,
  slack_body: true,
});

/** Adds events to the counts of their days, by what the matcher looks at. */
export async function countDeploymentEvents(
  db: Db,
  rows: readonly DeploymentEventRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const counts = new Map<string, DeploymentEventCountTable>();
  for (const { organization_id, accepted_at, event_type, mode, project_name } of rows) {
    const day = Math.floor(accepted_at / dayLength);
    const key = `${organization_id} ${day} ${event_type} ${mode} ${project_name}`;
    const place = { organization_id, day, event_type, mode, project_name };
    const known = counts.get(key) ?? { ...place, count: 0, latest_at: 0 };
    known.count += 1;
    known.latest_at = Math.max(known.latest_at, accepted_at);
    counts.set(key, known);
  }
  await sql`insert into deployment_event_count
      (organization_id, day, event_type, mode, project_name, count, latest_at)
    select organization_id, day, event_type, mode, project_name, count, latest_at
    from ${eventCountRows([...counts.values()])} as counted where true
    on conflict (organization_id, day, event_type, mode, project_name) do update set
      count = deployment_event_count.count + excluded.count,
      latest_at = case when excluded.latest_at > deployment_event_count.latest_at
        then excluded.latest_at else deployment_event_count.latest_at end`.execute(db);
}

/** The deliveries that an event led to, in their order. */
export function listDeliveriesOfEvent(
  db: Db,
  organizationId: string,
  eventId: string,
): Promise<{ id: string; webhook_id: string }[]> {
  return db
    .selectFrom('delivery')
    .select(['id', 'webhook_id'])
    .where('organization_id', '=', organizationId)
    .where('event_id', '=', eventId)
    .orderBy('id')
    .execute();
}
