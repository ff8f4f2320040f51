import { Hono } from 'hono';

import type { Db } from './db';
import { environmentResponse, listEnvironments } from './environment-store';
import type { HttpEnv } from './http-context';
import { json } from './json-response';
import {
  findOrganization,
  listOrganizations,
  organizationResponse,
  type OrganizationRow,
} from './organization-store';
import { pathId } from './path-id';
import { notFound } from './problem';
import {
  countEnvironments,
  findProjectAnywhere,
  listProjects,
  projectResponse,
} from './project-store';

/**
 * The look-ups of the Qovery API: organizations, their projects, a project's environments. Every path
 * below an organization, here and in routes that are added later, gets that organization or a 404.
 */
export function organizationRoutes({ db }: { db: Db }) {
  const routes = new Hono<HttpEnv>();
  const requireOrganization = organizationFinder(db);

  routes.use('/organization/:organizationId/*', async (c, next) => {
    c.set('organization', await requireOrganization(c.req.param('organizationId')));
    await next();
  });

  routes.get('/organization', async (c) => {
    const rows = await listOrganizations(db);
    return json(c, { results: rows.map((row) => organizationResponse(row)) });
  });

  routes.get('/organization/:organizationId', (c) =>
    json(c, organizationResponse(c.var.organization)),
  );

  routes.get('/organization/:organizationId/project', async (c) => {
    const organizationId = c.var.organization.id;
    const rows = await listProjects(db, organizationId);
    const environments = await countEnvironments(db, organizationId);
    return json(c, {
      results: rows.map((row) => projectResponse(row, environments.get(row.id) ?? 0)),
    });
  });

  routes.get('/project/:projectId/environment', async (c) => {
    const id = pathId(c.req.param('projectId'), 'The project');
    const project = await findProjectAnywhere(db, id);
    if (!project) throw notFound('The project');
    const rows = await listEnvironments(db, project);
    return json(c, { results: rows.map((row) => environmentResponse(row)) });
  });

  return routes;
}

/** Nothing renames or removes an organization while the server runs: one that was found stays. */
function organizationFinder(db: Db): (param: string) => Promise<OrganizationRow> {
  const found = new Map<string, OrganizationRow>();
  return async (param) => {
    const id = pathId(param, 'The organization');
    const organization = found.get(id) ?? (await findOrganization(db, id));
    if (!organization) throw notFound('The organization');
    found.set(id, organization);
    return organization;
  };
}
