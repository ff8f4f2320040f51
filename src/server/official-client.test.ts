import { once } from 'node:events';
import { createServer } from 'node:http';

import {
  EnvironmentModeEnum,
  OrganizationWebhookEventEnum,
  OrganizationWebhookKindEnum,
  type OrganizationWebhookApi,
} from 'qovery-typescript-axios';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';

import { deploymentEventsPath } from '../contract/api-paths';
import { fetchHeld } from './openapi/test-document';
import { adminToken, held, request, startServer, visible } from './test-official-client';

// Generous: a busy machine starts processes and databases slowly.
vi.setConfig({ testTimeout: 60_000 });

/** A receiver that answers 200; `arrived` is the first body it gets. */
async function startReceiver() {
  const server = createServer();
  const arrived = new Promise<unknown>((resolve) => {
    server.on('request', async (request, response) => {
      let text = '';
      for await (const chunk of request) text += String(chunk);
      response.end('thanks', () => resolve(JSON.parse(text)));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/hook`, arrived };
}

let server: Awaited<ReturnType<typeof startServer>>;
let webhooks: OrganizationWebhookApi;
let organizationId: string;

beforeEach(async () => {
  server = await startServer();
  ({ webhooks, organizationId } = server);
});

it('finds the organization of a new installation', async () => {
  const { data, status } = await held(server.organizations.getOrganization(organizationId));
  expect(status).toBe(200);
  expect(data).toMatchObject({ id: organizationId, name: 'Acme', plan: 'ENTERPRISE' });
});

it('takes the token as it is sent for a JWT, too', async () => {
  const { webhooks: bearer } = server.clientsOf({ accessToken: adminToken });
  const { status, data } = await held(bearer.listOrganizationWebHooks(organizationId));
  expect([status, data]).toEqual([200, { results: [] }]);
});

it('creates, lists, gets, edits and deletes webhooks', async () => {
  const created = await held(webhooks.createOrganizationWebhook(organizationId, request));
  expect([created.status, created.data]).toMatchObject([
    201,
    { ...visible, target_secret_set: true },
  ]);
  const { id } = created.data;

  const list = await held(webhooks.listOrganizationWebHooks(organizationId));
  expect([list.status, list.data.results]).toMatchObject([200, [{ id, ...visible }]]);
  const got = await held(webhooks.getOrganizationWebhook(organizationId, id));
  expect([got.status, got.data]).toMatchObject([200, { id, ...visible }]);

  const edited = await held(
    webhooks.editOrganizationWebhook(organizationId, id, {
      ...got.data,
      kind: OrganizationWebhookKindEnum.STANDARD,
      target_url: 'https://example.org/hook?edited',
      events: [OrganizationWebhookEventEnum.FAILURE],
    }),
  );
  expect([edited.status, edited.data]).toMatchObject([
    200,
    {
      ...visible,
      id,
      target_url: 'https://example.org/hook?edited',
      events: ['DEPLOYMENT_FAILURE'],
      target_secret_set: true,
    },
  ]);

  const deleted = await held(webhooks.deleteOrganizationWebhook(organizationId, id));
  expect([deleted.status, deleted.data]).toEqual([204, '']);
  expect((await held(webhooks.getOrganizationWebhook(organizationId, id))).status).toBe(404);
  const rest = await held(webhooks.listOrganizationWebHooks(organizationId));
  expect(rest.data.results).toEqual([]);
});

it('takes every kind, event and mode that the client knows, and no more than it requires', async () => {
  for (const kind of Object.values(OrganizationWebhookKindEnum)) {
    const full = {
      kind,
      target_url: 'https://example.org/hook',
      events: Object.values(OrganizationWebhookEventEnum),
      environment_types_filter: Object.values(EnvironmentModeEnum),
    };
    const { status, data } = await held(webhooks.createOrganizationWebhook(organizationId, full));
    expect([status, data]).toMatchObject([201, full]);
    const { environment_types_filter: _modes, ...required } = full;
    const least = await held(webhooks.createOrganizationWebhook(organizationId, required));
    expect([least.status, least.data]).toMatchObject([
      201,
      {
        ...required,
        description: '',
        enabled: true,
        target_secret_set: false,
        project_names_filter: [],
        environment_types_filter: [],
      },
    ]);
  }
});

it('lists the events of a webhook, and the project and environment they came from', async () => {
  const receiver = await startReceiver();
  const { data: webhook } = await held(
    webhooks.createOrganizationWebhook(organizationId, { ...request, target_url: receiver.url }),
  );
  const answer = await fetchHeld(server.origin + deploymentEventsPath(organizationId), {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      event_type: 'DEPLOYMENT_SUCCESSFUL',
      project: { name: 'Product API' },
      environment: { name: 'main', mode: 'PRODUCTION' },
    }),
  });
  expect(answer.status).toBe(202);
  const body = await receiver.arrived;
  await server.stopWork();

  const { data, status } = await held(webhooks.listWebhookEvent(organizationId, webhook.id));
  expect([status, data.results]).toEqual([
    200,
    [
      expect.objectContaining({
        kind: 'STANDARD',
        matched_event: 'DEPLOYMENT_SUCCESSFUL',
        target_url_used: receiver.url,
        request: body,
        target_response_status_code: 200,
        target_response_body: 'thanks',
      }),
    ],
  ]);
  const listed = await held(server.projects.listProject(organizationId));
  expect(listed.data.results).toMatchObject([
    { name: 'Product API', associated_environments_count: 1 },
  ]);
  const projectId = listed.data.results?.[0]?.id ?? '';
  const within = await held(server.environments.listEnvironment(projectId));
  expect(within.data.results).toMatchObject([
    { name: 'main', mode: 'PRODUCTION', project: { id: projectId } },
  ]);
});
