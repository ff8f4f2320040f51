import { describe, expect, it } from 'vitest';

import { deploymentEventsPath, projectsPath } from '../contract/api-paths';
import { createTestServer, organizationId, type TestServer } from './test-server';

const projectId = '11111111-1111-4111-8111-111111111111';
const environmentId = '22222222-2222-4222-8222-222222222222';

const event = {
  event_type: 'DEPLOYMENT_FAILURE',
  project: { name: 'Product API' },
  environment: { name: 'main', mode: 'PRODUCTION' },
};

const send = (server: TestServer, members: object) =>
  server.call('POST', deploymentEventsPath(organizationId), { body: { ...event, ...members } });

describe('projects and environments', () => {
  const place = async (server: TestServer, project: object, environment: object) => {
    const { status, body } = await send(server, {
      project,
      environment: { ...event.environment, ...environment },
    });
    expect(status).toBe(202);
    const row = await server.db
      .selectFrom('deployment_event')
      .selectAll()
      .where('id', '=', String(body.id))
      .executeTakeFirstOrThrow();
    const { payload } = JSON.parse(row.standard_body) as {
      payload: Record<'project' | 'environment', Record<string, unknown>>;
    };
    expect(payload.project.id).toBe(row.project_id);
    expect(payload.environment).toMatchObject({ id: row.environment_id, mode: row.mode });
    return payload;
  };

  it('are found by name in any case, which keeps its first spelling', async () => {
    const server = await createTestServer();
    const first = await place(server, { name: 'Straße' }, { name: 'Main' });
    const again = await place(server, { name: 'STRAẞE' }, { name: 'MAIN' });
    expect(again.project).toEqual(first.project);
    expect(again.environment).toEqual(first.environment);
    const other = await place(server, { name: 'Strasse' }, { name: 'main' });
    expect(other.project.id).not.toBe(first.project.id);
    expect(other.environment.id).not.toBe(first.environment.id);
  });

  it('are renamed by their ids', async () => {
    const server = await createTestServer();
    await place(server, { id: projectId, name: 'old' }, { id: environmentId, name: 'old' });
    server.clock.now += 1000;
    const renamed = await place(
      server,
      { id: projectId, name: 'new' },
      { id: environmentId, name: 'new' },
    );
    expect(renamed.project).toMatchObject({
      id: projectId,
      name: 'new',
      created_at: '2026-01-31T12:00:00.000Z',
      updated_at: '2026-01-31T12:00:01.000Z',
    });
    expect(renamed.environment).toMatchObject({ id: environmentId, name: 'new' });
    expect((await place(server, { name: 'NEW' }, { name: 'new' })).project.id).toBe(projectId);
    const { body } = await server.call('GET', projectsPath(organizationId));
    expect(body.results).toHaveLength(1);
  });

  it('of an id that is not known are new, whatever their names', async () => {
    const server = await createTestServer();
    const byName = await place(server, { name: 'api' }, {});
    expect(byName.project.id).not.toBe(projectId);
    expect((await place(server, { id: projectId, name: 'api' }, {})).project.id).toBe(projectId);
  });

  it('follow the event in mode and project', async () => {
    const server = await createTestServer();
    const id = { id: environmentId };
    await place(server, { name: 'a' }, id);
    const moved = await place(server, { name: 'b' }, { ...id, mode: 'PREVIEW' });
    expect(moved.environment).toMatchObject({
      id: environmentId,
      mode: 'PREVIEW',
      project: { id: moved.project.id },
    });
  });
});
