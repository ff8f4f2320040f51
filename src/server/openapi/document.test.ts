import * as z from 'zod/mini';
import { expect, it } from 'vitest';

import { apiPrefix, openapiPath, webhookPath } from '../../contract/api-paths';
import { deploymentEventRequestSchema } from '../../contract/deployment-event';
import { webhookRequestSchema } from '../../contract/webhook';
import { createTestServer, organizationId } from '../test-server';
import type { JsonSchema } from './components';
import { buildDocument } from './document';
import { holdToDocument } from './test-document';

const document = buildDocument('1.2.3');
const missing = '99999999-9999-4999-8999-999999999999';

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId, parameters }]) => ({
    method: method.toUpperCase(),
    path,
    operationId,
    parameters,
  })),
);

it('is answered to anyone, and compressed', async () => {
  const { request, anonymously } = await createTestServer();
  const { status, body } = await anonymously('GET', openapiPath());
  expect([status, body]).toEqual([200, JSON.parse(JSON.stringify(document))]);
  const packed = await request(openapiPath(), { headers: { 'accept-encoding': 'gzip' } });
  expect(packed.headers.get('content-encoding')).toBe('gzip');
});

it('has every route of the API, and no other', async () => {
  const server = await createTestServer();
  const routes = server.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith(`${apiPrefix}/`))
    .map(({ method, path }) => `${method} ${path.slice(apiPrefix.length)}`);
  const described = operations.map(
    ({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
  );
  expect(described.toSorted()).toEqual([...new Set(routes)].toSorted());
  expect(described.length).toBeGreaterThan(20);
});

it('names each operation once', () => {
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

it('refers to what is in it only, and uses all of that', () => {
  const text = JSON.stringify(document);
  const used = new Set(
    [...text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g)].map(([, kind, name]) => `${kind} ${name}`),
  );
  const { schemas, responses } = document.components;
  const present = [
    ...Object.keys(schemas).map((name) => `schemas ${name}`),
    ...Object.keys(responses).map((name) => `responses ${name}`),
  ];
  expect([...used].toSorted()).toEqual(present.toSorted());
});

it('tells of every member what it is', () => {
  for (const [name, { description, properties = {} }] of Object.entries(
    document.components.schemas,
  )) {
    expect(description, name).toMatch(/\S.*\.$/s);
    for (const [member, property] of Object.entries(properties as Record<string, JsonSchema>)) {
      expect(property['description'], `${name}.${member}`).toMatch(/\S/);
    }
  }
});

it('describes lists in requests with their items', () => {
  const { properties } = document.components.schemas['OrganizationWebhookCreateRequest'] ?? {};
  expect(properties).toMatchObject({
    events: { type: 'array', items: { $ref: '#/components/schemas/OrganizationWebhookEventEnum' } },
    project_names_filter: { type: ['array', 'null'], items: { type: 'string' } },
  });
});

it.each([
  ['OrganizationWebhookCreateRequest', webhookRequestSchema],
  ['DeploymentEventRequest', deploymentEventRequestSchema],
])('has an example of %s that the API takes', (name, schema) => {
  const examples = document.components.schemas[name]?.['examples'] as unknown[];
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) expect(z.safeParse(schema, example).error).toBeUndefined();
});

const parameters = operations.flatMap(({ method, path, parameters: all = [] }) =>
  all.filter((one) => one.in === 'query').map(({ name }) => [method, path, name] as const),
);

it.each(parameters)('%s %s reads the parameter %s', async (method, path, name) => {
  const { call } = await createTestServer();
  const address = apiPrefix + path.replace('{organizationId}', organizationId);
  const webhook = await call('POST', `${apiPrefix}/organization/${organizationId}/webhook`, {
    body: { kind: 'STANDARD', target_url: 'https://a.example', events: ['DEPLOYMENT_STARTED'] },
  });
  const of = address.replace('{webhookId}', String(webhook.body['id']));
  const { status, body } = await call(method, `${of}?${name}=x&${name}=x`);
  expect([status, body['errors']]).toMatchObject([400, [{ pointer: `/${name}` }]]);
});

it('finds an answer that is not as described', () => {
  const url = webhookPath(organizationId, missing);
  const problem = { type: 'about:blank', title: 'Not Found', status: 404, detail: 'No.' };
  const held = (
    change: object,
    { status = 404, type = 'application/problem+json', mayFail = false } = {},
    more: Record<string, string> = {},
  ) => {
    const text = JSON.stringify({ ...problem, ...change });
    const headers = new Headers({ 'content-type': type, ...more });
    return () => holdToDocument({ method: 'GET', url, status, headers, text, mayFail });
  };
  expect(held({})).not.toThrow();
  expect(held({ more: 1 })).toThrow('more');
  expect(held({ detail: undefined })).toThrow('detail');
  expect(held({ errors: [{ pointer: 1, message: '' }] })).toThrow('errors[0].pointer');
  expect(held({}, { status: 418 })).toThrow('this status is not documented');
  expect(held({}, { type: 'application/json' })).toThrow('it is application/json');
  expect(held({}, { status: 200 })).toThrow('the header etag is missing');
  expect(held({}, { status: 401 })).toThrow('the header www-authenticate is missing');
  expect(held({}, { status: 401 }, { 'www-authenticate': 'Bearer' })).not.toThrow();
  expect(held({}, {}, { 'retry-after': '1' })).toThrow('it has the header retry-after');
  expect(held({}, { status: 500 })).toThrow(/failed: 500 .*"title"/);
  expect(held({}, { status: 500, mayFail: true })).not.toThrow();
  expect(held({}, { status: 503, mayFail: true })).toThrow('this status is not documented');
});
