import type { Selectable } from 'kysely';

import type { EnvironmentResponse } from './answers/organization';
import type { Db } from './db';
import type { ProjectRow } from './project-store';
import type { EnvironmentTable } from './tables';

export type EnvironmentRow = Selectable<EnvironmentTable>;

const nilUuid = '00000000-0000-0000-0000-000000000000';

/** All environments of a project, in their order. */
export function listEnvironments(db: Db, project: ProjectRow): Promise<EnvironmentRow[]> {
  return db
    .selectFrom('environment')
    .selectAll()
    .where('organization_id', '=', project.organization_id)
    .where('project_id', '=', project.id)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** The environment of an id in an organization. */
export function findEnvironment(
  db: Db,
  organizationId: string,
  id: string,
): Promise<EnvironmentRow | undefined> {
  return db
    .selectFrom('environment')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The environment of a folded name in a project; of several, the newest. */
export function findEnvironmentByName(
  db: Db,
  project: ProjectRow,
  foldedName: string,
): Promise<EnvironmentRow | undefined> {
  return db
    .selectFrom('environment')
    .selectAll()
    .where('organization_id', '=', project.organization_id)
    .where('project_id', '=', project.id)
    .where('folded_name', '=', foldedName)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
}

/** Adds an environment. */
export async function insertEnvironment(db: Db, row: EnvironmentRow): Promise<void> {
  await db.insertInto('environment').values(row).execute();
}

/** Gives an environment the name, the mode and the project that the row says. */
export async function updateEnvironment(db: Db, row: EnvironmentRow): Promise<void> {
  await db
    .updateTable('environment')
    .set({
      project_id: row.project_id,
      name: row.name,
      folded_name: row.folded_name,
      mode: row.mode,
      updated_at: row.updated_at,
    })
    .where('organization_id', '=', row.organization_id)
    .where('id', '=', row.id)
    .execute();
}

/** An environment as the Qovery API answers it, with what its document requires. */
export function environmentResponse(row: EnvironmentRow): EnvironmentResponse {
  return {
    id: row.id,
    created_at: new Date(row.created_at).toISOString(),
    updated_at: new Date(row.updated_at).toISOString(),
    name: row.name,
    mode: row.mode,
    organization: { id: row.organization_id },
    project: { id: row.project_id },
    cloud_provider: {},
    cluster_id: nilUuid,
  };
}
