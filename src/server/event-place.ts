import type { DeploymentEventRequest } from '../contract/deployment-event';
import { foldCase } from '../contract/fold-case';
import type { Db } from './db';
import {
  findEnvironment,
  findEnvironmentByName,
  insertEnvironment,
  updateEnvironment,
  type EnvironmentRow,
} from './environment-store';
import { newId } from './new-id';
import {
  countEnvironmentsOf,
  findProject,
  findProjectByName,
  insertProject,
  renameProject,
  type ProjectRow,
} from './project-store';

/** Where an event happened. */
export interface EventPlace {
  project: ProjectRow;
  environment: EnvironmentRow;
  /** How many environments the project has. */
  environments: number;
}

type NamedPlace = Pick<DeploymentEventRequest, 'project' | 'environment'>;

/** The projects and environments that events name. */
export interface EventPlaces {
  /**
   * Finds the project and the environment that an event names, and keeps them as the event has them:
   * by their ids, or, where it gives none, by name in any case. One that was not known is added; a
   * new name for a known id renames, another spelling without an id does not; the environment's mode
   * follows the event.
   *
   * @param now in milliseconds since 1970.
   */
  resolve(trx: Db, organizationId: string, named: NamedPlace, now: number): Promise<EventPlace>;
  /** To be called if a transaction in which places were resolved was rolled back. */
  forget(): void;
}

const mostRemembered = 1000;

/**
 * The same places come again and again. They are remembered until one is written: one process owns
 * the database, and only here it writes them.
 */
export function createEventPlaces(): EventPlaces {
  const known = new Map<string, EventPlace>();
  return {
    async resolve(trx, organizationId, { project, environment }, now) {
      const key = JSON.stringify([
        organizationId,
        project.id ?? null,
        project.name,
        environment.id ?? null,
        environment.name,
        environment.mode,
      ]);
      const remembered = known.get(key);
      if (remembered) return remembered;
      const { place, isChanged } = await findPlace(
        trx,
        organizationId,
        { project, environment },
        now,
      );
      if (isChanged || known.size >= mostRemembered) known.clear();
      known.set(key, place);
      return place;
    },
    forget: () => known.clear(),
  };
}

async function findPlace(
  trx: Db,
  organizationId: string,
  named: NamedPlace,
  now: number,
): Promise<{ place: EventPlace; isChanged: boolean }> {
  const project = await resolveProject(trx, organizationId, named.project, now);
  const environment = await resolveEnvironment(trx, project.row, named.environment, now);
  return {
    place: {
      project: project.row,
      environment: environment.row,
      environments: await countEnvironmentsOf(trx, project.row),
    },
    isChanged: project.isChanged || environment.isChanged,
  };
}

interface Resolved<Row> {
  row: Row;
  /** Whether it was written. */
  isChanged: boolean;
}

async function resolveProject(
  trx: Db,
  organizationId: string,
  { id, name }: DeploymentEventRequest['project'],
  now: number,
): Promise<Resolved<ProjectRow>> {
  const folded_name = foldCase(name);
  const known = id
    ? await findProject(trx, organizationId, id)
    : await findProjectByName(trx, organizationId, folded_name);
  if (!known) {
    const added: ProjectRow = {
      organization_id: organizationId,
      id: id ?? newId(),
      name,
      folded_name,
      created_at: now,
      updated_at: now,
    };
    await insertProject(trx, added);
    return { row: added, isChanged: true };
  }
  if (!id || known.name === name) return { row: known, isChanged: false };
  const renamed = { ...known, name, folded_name, updated_at: now };
  await renameProject(trx, renamed);
  return { row: renamed, isChanged: true };
}

async function resolveEnvironment(
  trx: Db,
  project: ProjectRow,
  { id, name, mode }: DeploymentEventRequest['environment'],
  now: number,
): Promise<Resolved<EnvironmentRow>> {
  const folded_name = foldCase(name);
  const known = id
    ? await findEnvironment(trx, project.organization_id, id)
    : await findEnvironmentByName(trx, project, folded_name);
  if (!known) {
    const added: EnvironmentRow = {
      organization_id: project.organization_id,
      id: id ?? newId(),
      project_id: project.id,
      name,
      folded_name,
      mode,
      created_at: now,
      updated_at: now,
    };
    await insertEnvironment(trx, added);
    return { row: added, isChanged: true };
  }
  const changed = {
    ...known,
    ...(id && { name, folded_name }),
    mode,
    project_id: project.id,
  };
  const isSame =
    changed.name === known.name &&
    changed.mode === known.mode &&
    changed.project_id === known.project_id;
  if (isSame) return { row: known, isChanged: false };
  changed.updated_at = now;
  await updateEnvironment(trx, changed);
  return { row: changed, isChanged: true };
}
