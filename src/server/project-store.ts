import type { Selectable } from 'kysely';

import type { ProjectResponse } from './answers/organization';
import type { Db } from './db';
import type { ProjectTable } from './tables';

export type ProjectRow = Selectable<ProjectTable>;

/** All projects of an organization, in their order. */
export function listProjects(db: Db, organizationId: string): Promise<ProjectRow[]> {
  return db
    .selectFrom('project')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** How many environments each project of an organization has; none: not in the map. */
export async function countEnvironments(
  db: Db,
  organizationId: string,
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('environment')
    .select((e) => ['project_id', e.fn.countAll<number>().as('count')])
    .where('organization_id', '=', organizationId)
    .groupBy('project_id')
    .execute();
  return new Map(rows.map(({ project_id, count }) => [project_id, Number(count)]));
}

/** How many environments one project has. */
export async function countEnvironmentsOf(db: Db, project: ProjectRow): Promise<number> {
  const { count } = await db
    .selectFrom('environment')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('organization_id', '=', project.organization_id)
    .where('project_id', '=', project.id)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The project of an id, in whichever organization. */
export function findProjectAnywhere(db: Db, id: string): Promise<ProjectRow | undefined> {
  return db
    .selectFrom('project')
    .selectAll()
    .where('organization_id', 'in', (e) => e.selectFrom('organization').select('id'))
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The project of an id in an organization. */
export function findProject(
  db: Db,
  organizationId: string,
  id: string,
): Promise<ProjectRow | undefined> {
  return db
    .selectFrom('project')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The project of a folded name; of several, the newest, since a name is taken over by a successor. */
export function findProjectByName(
  db: Db,
  organizationId: string,
  foldedName: string,
): Promise<ProjectRow | undefined> {
  return db
    .selectFrom('project')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('folded_name', '=', foldedName)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
}

/** Adds a project. */
export async function insertProject(db: Db, row: ProjectRow): Promise<void> {
  await db.insertInto('project').values(row).execute();
}

/** Gives a project the name that the row says. */
export async function renameProject(db: Db, row: ProjectRow): Promise<void> {
  await db
    .updateTable('project')
    .set({ name: row.name, folded_name: row.folded_name, updated_at: row.updated_at })
    .where('organization_id', '=', row.organization_id)
    .where('id', '=', row.id)
    .execute();
}

/** A project as the Qovery API answers it, with what its document requires. */
export function projectResponse(row: ProjectRow, environments: number): ProjectResponse {
  return {
    id: row.id,
    created_at: new Date(row.created_at).toISOString(),
    updated_at: new Date(row.updated_at).toISOString(),
    name: row.name,
    description: '',
    organization: { id: row.organization_id },
    associated_environments_count: environments,
  };
}
