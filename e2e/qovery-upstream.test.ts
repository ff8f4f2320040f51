import {
  Configuration,
  EnvironmentsApi,
  OrganizationMainCallsApi,
  OrganizationWebhookApi,
  ProjectsApi,
  type OrganizationWebhookCreateRequest,
} from 'qovery-typescript-axios';
import { expect, onTestFinished, test, vi } from 'vitest';

import { standIn } from '../src/server/qovery/test-stand-in-state';
import type { Control } from '../src/server/qovery/test-stand-in-upstream';
import { RunningUpstream } from './running-upstream';

// Generous: a busy machine starts processes slowly.
vi.setConfig({ testTimeout: 60_000 });

/* The stand-in for the Qovery API is of use only if the official client takes it for one. */

const token = 'qov_the-token-of-the-stand-in';
const { organizationId, projectId, webhookId } = standIn;

async function startUpstream() {
  const upstream = await RunningUpstream.start(token);
  onTestFinished(() => upstream.stop());
  const configurationWith = (apiKey: string) =>
    new Configuration({
      basePath: upstream.url,
      apiKey,
      baseOptions: { validateStatus: () => true },
    });
  return {
    configurationWith,
    configuration: configurationWith(`Token ${token}`),
    control: (order: Control) => upstream.control(order),
  };
}

test('the official client finds what is there at the beginning', async () => {
  const { configuration } = await startUpstream();
  const organizations = await new OrganizationMainCallsApi(configuration).listOrganization();
  expect(organizations.data.results).toHaveLength(2);
  const projects = await new ProjectsApi(configuration).listProject(organizationId);
  expect(projects.data.results).toMatchObject([
    { id: projectId, organization: { id: organizationId } },
  ]);
  const environments = await new EnvironmentsApi(configuration).listEnvironment(projectId);
  expect(environments.data.results).toMatchObject([
    { mode: 'PRODUCTION', project: { id: projectId } },
  ]);
  const webhooks = new OrganizationWebhookApi(configuration);
  const events = await webhooks.listWebhookEvent(organizationId, webhookId);
  expect(events.data.results).toMatchObject([{ target_response_status_code: 200 }]);
});

test('a PUT replaces everything: a secret that is not given is gone, and no answer has it', async () => {
  const { configuration } = await startUpstream();
  const webhooks = new OrganizationWebhookApi(configuration);
  const request: OrganizationWebhookCreateRequest = {
    kind: 'STANDARD',
    target_url: 'https://hooks.example.org/a',
    target_secret: 'a-secret',
    description: 'for the tests',
    enabled: false,
    events: ['DEPLOYMENT_FAILURE'],
    project_names_filter: ['a*'],
    environment_types_filter: ['STAGING'],
  };
  const added = await webhooks.createOrganizationWebhook(organizationId, request);
  const { target_secret: _, ...visible } = request;
  const { id, created_at } = added.data;
  const row = { id, created_at, ...visible, target_secret_set: true };
  expect([added.status, added.data]).toEqual([201, row]);
  const list = await webhooks.listOrganizationWebHooks(organizationId);
  expect(list.data.results).toContainEqual(row);

  const { kind, target_url, events } = request;
  const edited = await webhooks.editOrganizationWebhook(organizationId, id, {
    kind,
    target_url,
    events,
  });
  expect([edited.status, edited.data]).toEqual([
    200,
    {
      id,
      created_at,
      updated_at: expect.stringMatching(/^\d{4}-.*Z$/),
      kind,
      target_url,
      events,
      target_secret_set: false,
      enabled: true,
      project_names_filter: [],
      environment_types_filter: [],
    },
  ]);
  expect((await webhooks.deleteOrganizationWebhook(organizationId, id)).status).toBe(204);
  expect((await webhooks.getOrganizationWebhook(organizationId, id)).status).toBe(404);
});

test('it refuses what the document refuses, in words of its own', async () => {
  const { configuration, configurationWith } = await startUpstream();
  const webhooks = new OrganizationWebhookApi(configuration);
  const request = { kind: 'STANDARD', target_url: 'example.org', events: [] } as const;
  const invalid = await webhooks.createOrganizationWebhook(organizationId, {
    ...request,
    events: [],
  });
  expect([invalid.status, invalid.data]).toMatchObject([
    400,
    { status: 400, error: 'Bad Request', message: 'target_url: must be an http(s) URL' },
  ]);
  for (const wrong of [
    { kind: 'TEAMS' },
    { events: ['OTHER'] },
    { environment_types_filter: ['OTHER'] },
    { enabled: 'yes' },
    { project_names_filter: 'a' },
  ]) {
    const body = { ...request, target_url: 'https://example.org', ...wrong };
    const answer = await webhooks.createOrganizationWebhook(organizationId, body as never);
    expect(answer.status).toBe(400);
  }
  const stranger = new OrganizationWebhookApi(configurationWith('Token of-another'));
  expect((await stranger.listOrganizationWebHooks(organizationId)).status).toBe(401);
});

test('a test tells it how to behave, and sees what it was asked', async () => {
  const { configuration, control } = await startUpstream();
  const webhooks = new OrganizationWebhookApi(configuration);
  const list = () => webhooks.listOrganizationWebHooks(organizationId);
  const odd = { id: webhookId, created_at: '2025-01-01T00:00:00Z', kind: 'TEAMS', events: null };
  const answer = { status: 429, headers: { 'retry-after': '3' }, body: '{}' };
  await control({
    put: { webhooks: { [organizationId]: [odd] } },
    behaviours: [
      { method: 'GET', path: '/webhook$', times: 1, answer },
      { path: '/webhook$', after: 5, times: 1 },
    ],
  });
  const refused = await list();
  expect([refused.status, refused.headers['retry-after']]).toEqual([429, '3']);
  expect((await list()).data.results).toEqual([odd]);
  const path = `/organization/${organizationId}/webhook`;
  const { requests } = await control({});
  expect(requests).toMatchObject([
    { method: 'GET', path },
    { method: 'GET', path },
  ]);
  expect(await control({ reset: true })).toMatchObject({ requests: [] });
  expect((await list()).data.results).toMatchObject([{ kind: 'STANDARD' }]);
});
