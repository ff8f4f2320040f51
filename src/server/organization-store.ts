import type { Selectable } from 'kysely';

import type { OrganizationResponse } from './answers/organization';
import type { Db } from './db';
import type { OrganizationTable } from './tables';

export type OrganizationRow = Selectable<OrganizationTable>;

/** All organizations, in their order. */
export function listOrganizations(db: Db): Promise<OrganizationRow[]> {
  return db.selectFrom('organization').selectAll().orderBy('created_at').orderBy('id').execute();
}

/** One organization, or undefined. */
export function findOrganization(db: Db, id: string): Promise<OrganizationRow | undefined> {
  return db.selectFrom('organization').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Adds an organization. */
export async function insertOrganization(db: Db, row: OrganizationRow): Promise<void> {
  await db.insertInto('organization').values(row).execute();
}

/** An organization as the Qovery API answers it, with what its document requires. */
export function organizationResponse(row: OrganizationRow): OrganizationResponse {
  return {
    id: row.id,
    created_at: new Date(row.created_at).toISOString(),
    name: row.name,
    plan: 'ENTERPRISE',
    description: '',
  };
}
