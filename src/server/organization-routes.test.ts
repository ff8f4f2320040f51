import { expect, it } from 'vitest';

import {
  deploymentEventsPath,
  environmentsPath,
  organizationPath,
  organizationsPath,
  projectsPath,
} from '../contract/api-paths';
import { projectListSchema } from '../contract/organization';
import { createTestServer, organizationId } from './test-server';

const organization = {
  id: organizationId,
  created_at: '1970-01-01T00:00:01.000Z',
  name: 'Acme',
  plan: 'ENTERPRISE',
  description: '',
};
const projectId = '11111111-1111-4111-8111-111111111111';
const environmentId = '22222222-2222-4222-8222-222222222222';
const other = '99999999-9999-4999-8999-999999999999';

it('lists organizations and gets one, in either case of its id', async () => {
  const { call } = await createTestServer();
  expect((await call('GET', organizationsPath())).body).toEqual({ results: [organization] });
  expect((await call('GET', organizationPath(organizationId))).body).toEqual(organization);
  expect((await call('GET', organizationPath(organizationId.toUpperCase()))).status).toBe(200);
});

it('lists the projects and environments that events have named', async () => {
  const { call } = await createTestServer();
  const event = {
    event_type: 'DEPLOYMENT_STARTED',
    project: { id: projectId, name: 'api' },
    environment: { id: environmentId, name: 'main', mode: 'STAGING' },
  };
  const before = await call('GET', projectsPath(organizationId));
  expect(projectListSchema.parse(before.body)).toEqual({ results: [], unreadable: 0 });
  await call('POST', deploymentEventsPath(organizationId), { body: event });

  const times = { created_at: '2026-01-31T12:00:00.000Z', updated_at: '2026-01-31T12:00:00.000Z' };
  expect((await call('GET', projectsPath(organizationId))).body).toEqual({
    results: [
      {
        id: projectId,
        ...times,
        name: 'api',
        description: '',
        organization: { id: organizationId },
        associated_environments_count: 1,
      },
    ],
  });
  expect((await call('GET', environmentsPath(projectId))).body).toEqual({
    results: [
      {
        id: environmentId,
        ...times,
        name: 'main',
        mode: 'STAGING',
        organization: { id: organizationId },
        project: { id: projectId },
        cloud_provider: {},
        cluster_id: '00000000-0000-0000-0000-000000000000',
      },
    ],
  });
});

it.each([
  organizationPath(other),
  organizationPath('not-a-uuid'),
  organizationPath('%'),
  projectsPath(other),
  projectsPath('1'),
  environmentsPath(other),
  environmentsPath('null'),
])('answers 404 at %s', async (path) => {
  const { call } = await createTestServer();
  const { status, body } = await call('GET', path);
  expect(status).toBe(404);
  expect(body.detail).toMatch(/^The (organization|project) was not found\.$/);
});
