import type { Selectable } from 'kysely';

import type { Db } from './db';
import type { DeploymentEventTable } from './tables';

export type DeploymentEventRow = Selectable<DeploymentEventTable>;

/** The hash of an event that was accepted under this id before, or undefined. */
export async function findContentHash(
  db: Db,
  organizationId: string,
  id: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('deployment_event')
    .select('content_hash')
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.content_hash;
}

/** Adds an event. */
export async function insertDeploymentEvent(db: Db, row: DeploymentEventRow): Promise<void> {
  await db.insertInto('deployment_event').values(row).execute();
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
