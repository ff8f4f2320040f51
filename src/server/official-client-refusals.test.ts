import type { OrganizationWebhookApi } from 'qovery-typescript-axios';
import { beforeEach, expect, it, vi } from 'vitest';

import { sessionPath } from '../contract/api-paths';
import { fetchHeld } from './openapi/test-document';
import {
  adminToken,
  held,
  missing,
  request,
  startServer,
  visible,
  type Response,
} from './test-official-client';
import { cookieOf } from './test-server';

// Generous: a busy machine starts processes and databases slowly.
vi.setConfig({ testTimeout: 60_000 });

let server: Awaited<ReturnType<typeof startServer>>;
let webhooks: OrganizationWebhookApi;
let organizationId: string;

beforeEach(async () => {
  server = await startServer();
  ({ webhooks, organizationId } = server);
});

/** Every operation on what a webhook's path names. */
const operationsOn = (client: OrganizationWebhookApi, organization: string, webhook: string) => ({
  list: () => client.listOrganizationWebHooks(organization),
  create: () => client.createOrganizationWebhook(organization, request),
  get: () => client.getOrganizationWebhook(organization, webhook),
  edit: () => client.editOrganizationWebhook(organization, webhook, request),
  delete: () => client.deleteOrganizationWebhook(organization, webhook),
  events: () => client.listWebhookEvent(organization, webhook),
});

async function statusesOf(
  operations: Readonly<Record<string, () => Promise<Response<unknown>>>>,
): Promise<Record<string, number>> {
  const statuses: Record<string, number> = {};
  for (const [name, call] of Object.entries(operations)) {
    statuses[name] = (await held(call())).status;
  }
  return statuses;
}

const everyOperation = (status: number) => ({
  list: status,
  create: status,
  get: status,
  edit: status,
  delete: status,
  events: status,
});

it('refuses what is not there', async () => {
  expect(await statusesOf(operationsOn(webhooks, missing, missing))).toEqual(everyOperation(404));
  expect(await statusesOf(operationsOn(webhooks, organizationId, missing))).toEqual({
    ...everyOperation(404),
    list: 200,
    create: 201,
  });
  const lookUps = {
    organization: () => server.organizations.getOrganization(missing),
    projects: () => server.projects.listProject(missing),
    environments: () => server.environments.listEnvironment(missing),
  };
  expect(await statusesOf(lookUps)).toEqual({
    organization: 404,
    projects: 404,
    environments: 404,
  });
});

it('refuses what is not valid, and says which member it is', async () => {
  const wrong = { ...request, target_url: 'example.org' };
  const { data: webhook } = await held(webhooks.createOrganizationWebhook(organizationId, request));
  const calls = [
    webhooks.createOrganizationWebhook(organizationId, wrong),
    webhooks.editOrganizationWebhook(organizationId, webhook.id, wrong),
  ];
  for (const call of calls) {
    const { status, data } = await held(call);
    expect([status, data]).toMatchObject([400, { errors: [{ pointer: '/target_url' }] }]);
  }
  const kept = await held(webhooks.getOrganizationWebhook(organizationId, webhook.id));
  expect(kept.data).toMatchObject(visible);
});

it('refuses those who have no token, or another', async () => {
  for (const caller of [{}, { apiKey: 'Token another' }, { accessToken: 'another' }]) {
    const client = server.clientsOf(caller);
    expect(await statusesOf(operationsOn(client.webhooks, organizationId, missing))).toEqual(
      everyOperation(401),
    );
    const lookUps = {
      organizations: () => client.organizations.listOrganization(),
      projects: () => client.projects.listProject(organizationId),
      environments: () => client.environments.listEnvironment(missing),
    };
    expect(Object.values(await statusesOf(lookUps))).toEqual([401, 401, 401]);
  }
});

it('refuses a write by cookie from another origin, and only that', async () => {
  const signedIn = await fetchHeld(server.origin + sessionPath(), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: adminToken }),
  });
  const cookie = cookieOf(signedIn.headers);
  const { data: webhook } = await held(webhooks.createOrganizationWebhook(organizationId, request));
  const another = server.clientsOf({}, { cookie, origin: 'https://elsewhere.example' }).webhooks;
  expect(await statusesOf(operationsOn(another, organizationId, webhook.id))).toEqual({
    list: 200,
    create: 403,
    get: 200,
    edit: 403,
    delete: 403,
    events: 200,
  });
  const { data } = await held(webhooks.listOrganizationWebHooks(organizationId));
  expect(data.results).toMatchObject([{ id: webhook.id, version: 1 }]);
  const own = server.clientsOf({}, { cookie, origin: server.origin }).webhooks;
  expect(await statusesOf(operationsOn(own, organizationId, webhook.id))).toEqual({
    list: 200,
    create: 201,
    get: 200,
    edit: 200,
    delete: 204,
    events: 404,
  });
});
