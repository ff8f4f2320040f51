import { v7 as newId } from 'uuid';

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
import {
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
}

/**
 * Finds the project and the environment that an event names, and keeps them as the event has them:
 * by their ids, or, where it gives none, by name in any case. One that was not known is added; a new
 * name for a known id renames, another spelling without an id does not; the environment's mode
 * follows the event.
 *
 * @param now in milliseconds since 1970.
 */
export async function resolveEventPlace(
  trx: Db,
  organizationId: string,
  request: Pick<DeploymentEventRequest, 'project' | 'environment'>,
  now: number,
): Promise<EventPlace> {
  const project = await resolveProject(trx, organizationId, request.project, now);
  const environment = await resolveEnvironment(trx, project, request.environment, now);
  return { project, environment };
}

async function resolveProject(
  trx: Db,
  organizationId: string,
  { id, name }: DeploymentEventRequest['project'],
  now: number,
): Promise<ProjectRow> {
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
    return added;
  }
  if (!id || known.name === name) return known;
  const renamed = { ...known, name, folded_name, updated_at: now };
  await renameProject(trx, renamed);
  return renamed;
}

async function resolveEnvironment(
  trx: Db,
  project: ProjectRow,
  { id, name, mode }: DeploymentEventRequest['environment'],
  now: number,
): Promise<EnvironmentRow> {
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
    return added;
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
  if (isSame) return known;
  changed.updated_at = now;
  await updateEnvironment(trx, changed);
  return changed;
}
