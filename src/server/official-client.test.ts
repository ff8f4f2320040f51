import { once } from 'node:events';
import { createServer } from 'node:http';

import {
  Configuration,
  EnvironmentModeEnum,
  EnvironmentsApi,
  OrganizationMainCallsApi,
  OrganizationWebhookApi,
  OrganizationWebhookEventEnum,
  OrganizationWebhookKindEnum,
  ProjectsApi,
  type OrganizationWebhookCreateRequest,
} from 'qovery-typescript-axios';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import { apiPrefix, deploymentEventsPath } from '../contract/api-paths';
import { assemble } from './assemble';
import { readSettings } from './env';
import { startListening } from './listen';
import { createLog } from './log';
import { temporaryFolder } from './temporary-folder';

// Generous: a busy machine starts processes and databases slowly.
vi.setConfig({ testTimeout: 60_000 });

/*
 * The wire contract as somebody else's code has it: the official client of the Qovery API, against
 * the whole server, really listening.
 */

const adminToken = 'the-token-of-the-official-client';
const missing = '99999999-9999-4999-8999-999999999999';

async function startServer() {
  const settings = readSettings({
    PORT: '0',
    DATA_DIR: temporaryFolder(),
    ADMIN_TOKEN: adminToken,
    ORGANIZATION_NAME: 'Acme',
  });
  const assembled = await assemble(settings, createLog('silent'));
  const listening = await startListening(assembled.app.fetch, settings, 5000);
  onTestFinished(async () => {
    await listening.stop();
    await assembled.close();
  });
  return { origin: `http://127.0.0.1:${listening.port}`, stopWork: assembled.stopWork };
}

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

const request: OrganizationWebhookCreateRequest = {
  kind: OrganizationWebhookKindEnum.STANDARD,
  target_url: 'https://example.org/hook',
  target_secret: 'a secret',
  description: 'for the tests',
  enabled: true,
  events: [OrganizationWebhookEventEnum.SUCCESSFUL],
  project_names_filter: ['product*'],
  environment_types_filter: [EnvironmentModeEnum.PRODUCTION],
};
const { target_secret: _, ...visible } = request;

let server: Awaited<ReturnType<typeof startServer>>;
let configuration: Configuration;
let webhooks: OrganizationWebhookApi;
let organizationId: string;

beforeEach(async () => {
  server = await startServer();
  configuration = new Configuration({
    basePath: server.origin + apiPrefix,
    apiKey: `Token ${adminToken}`,
    baseOptions: { validateStatus: () => true },
  });
  webhooks = new OrganizationWebhookApi(configuration);
  const { data } = await new OrganizationMainCallsApi(configuration).listOrganization();
  organizationId = data.results?.[0]?.id ?? '';
});

it('finds the organization of a new installation', async () => {
  const { data, status } = await new OrganizationMainCallsApi(configuration).getOrganization(
    organizationId,
  );
  expect(status).toBe(200);
  expect(data).toMatchObject({ id: organizationId, name: 'Acme', plan: 'ENTERPRISE' });
});

it('creates, lists, gets, edits and deletes webhooks', async () => {
  const created = await webhooks.createOrganizationWebhook(organizationId, request);
  expect([created.status, created.data]).toMatchObject([
    201,
    { ...visible, target_secret_set: true },
  ]);
  const { id } = created.data;

  const list = await webhooks.listOrganizationWebHooks(organizationId);
  expect([list.status, list.data.results]).toMatchObject([200, [{ id, ...visible }]]);
  const got = await webhooks.getOrganizationWebhook(organizationId, id);
  expect([got.status, got.data]).toMatchObject([200, { id, ...visible }]);

  const edited = await webhooks.editOrganizationWebhook(organizationId, id, {
    ...got.data,
    kind: OrganizationWebhookKindEnum.STANDARD,
    target_url: 'https://example.org/hook?edited',
    events: [OrganizationWebhookEventEnum.FAILURE],
  });
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

  const deleted = await webhooks.deleteOrganizationWebhook(organizationId, id);
  expect([deleted.status, deleted.data]).toEqual([204, '']);
  expect((await webhooks.getOrganizationWebhook(organizationId, id)).status).toBe(404);
});

it('lists the events of a webhook, and the project and environment they came from', async () => {
  const receiver = await startReceiver();
  const { data: webhook } = await webhooks.createOrganizationWebhook(organizationId, {
    ...request,
    target_url: receiver.url,
  });
  const answer = await fetch(server.origin + deploymentEventsPath(organizationId), {
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

  const { data, status } = await webhooks.listWebhookEvent(organizationId, webhook.id);
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
  const projects = await new ProjectsApi(configuration).listProject(organizationId);
  expect(projects.data.results).toMatchObject([
    { name: 'Product API', associated_environments_count: 1 },
  ]);
  const projectId = projects.data.results?.[0]?.id ?? '';
  const environments = await new EnvironmentsApi(configuration).listEnvironment(projectId);
  expect(environments.data.results).toMatchObject([{ name: 'main', mode: 'PRODUCTION' }]);
});

describe('refuses', () => {
  it('what is not there', async () => {
    expect((await webhooks.listOrganizationWebHooks(missing)).status).toBe(404);
    expect((await webhooks.listWebhookEvent(organizationId, missing)).status).toBe(404);
    expect((await webhooks.deleteOrganizationWebhook(organizationId, missing)).status).toBe(404);
  });

  it('what is not valid', async () => {
    const { status } = await webhooks.createOrganizationWebhook(organizationId, {
      ...request,
      target_url: 'example.org',
    });
    expect(status).toBe(400);
  });

  it('those who have no token', async () => {
    const nobody = new Configuration({
      basePath: server.origin + apiPrefix,
      baseOptions: { validateStatus: () => true },
    });
    const { status } = await new OrganizationWebhookApi(nobody).listOrganizationWebHooks(
      organizationId,
    );
    expect(status).toBe(401);
  });
});
