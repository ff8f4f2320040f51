import {
  EnvironmentModeEnum,
  EnvironmentsApiAxiosParamCreator,
  OrganizationMainCallsApiAxiosParamCreator,
  OrganizationWebhookApiAxiosParamCreator,
  OrganizationWebhookEventEnum,
  OrganizationWebhookKindEnum,
  ProjectsApiAxiosParamCreator,
  type Environment,
  type EnvironmentResponseList,
  type Organization,
  type OrganizationResponseList,
  type OrganizationWebhookCreateRequest,
  type OrganizationWebhookCreateResponse,
  type OrganizationWebhookResponse,
  type OrganizationWebhookResponseList,
  type Project,
  type ProjectResponseList,
  type ReferenceObject,
  type WebhookEventResponse,
  type WebhookEventResponseList,
} from 'qovery-typescript-axios';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type * as z from 'zod/mini';

import type {
  environmentListAnswer,
  organizationListAnswer,
  projectListAnswer,
} from '../answers/organization';
import type { savedWebhookAnswer, webhookListAnswer } from '../answers/webhook';
import type { webhookEventDetailAnswer, webhookEventListAnswer } from '../answers/webhook-event';
import type { webhookRequestSchema } from '../../contract/webhook';
import { buildDocument } from './document';

/* The part of our API that is Qovery's, against the official client of the Qovery API. */

const document = buildDocument('1.2.3');

const clients = {
  'Organization Main Calls': OrganizationMainCallsApiAxiosParamCreator(),
  Projects: ProjectsApiAxiosParamCreator(),
  Environments: EnvironmentsApiAxiosParamCreator(),
  'Organization Webhook': OrganizationWebhookApiAxiosParamCreator(),
};

const operations = Object.entries(clients).flatMap(([tag, client]) =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.tags.includes(tag))
      .map(([method, operation]) => ({
        id: operation.operationId,
        path,
        method,
        operation,
        client: client as object,
      })),
  ),
);

describe('each operation', () => {
  it.each(operations)(
    '$id is the one of the client',
    async ({ id, path, method, client, operation }) => {
      const create: unknown = Object.entries(client).find(([name]) => name === id)?.[1];
      if (typeof create !== 'function') throw new Error(`The client has no operation ${id}.`);
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
      const body = { kind: 'STANDARD' };
      const made: unknown = await create(...names, body);
      expect(made).toMatchObject({
        url: path.replaceAll(/[{}]/g, ''),
        options: { method: method.toUpperCase() },
      });
      const { data } = (made as { options: { data?: unknown } }).options;
      expect(data).toEqual('requestBody' in operation ? JSON.stringify(body) : undefined);
    },
  );

  it('on webhooks is there', () => {
    const ours = operations.filter(({ client }) => client === clients['Organization Webhook']);
    expect(ours.map(({ id }) => id).toSorted()).toEqual(
      Object.keys(clients['Organization Webhook']).toSorted(),
    );
  });
});

type Required<T> = { [Name in keyof T]-?: object extends Pick<T, Name> ? never : Name }[keyof T];
type Optional<T> = Exclude<keyof T, Required<T>>;

/** The members of a type of the client: true where they are required. A drift is a type error. */
type Members<T> = { [Name in Required<T>]: true } & { [Name in Optional<T>]: false };

const id = true;
const created_at = true;
const base = { id, created_at, updated_at: false } as const;
const configuration = {
  kind: false,
  target_url: false,
  description: false,
  enabled: false,
  events: false,
  project_names_filter: false,
  environment_types_filter: false,
} as const;

const organization = true;

const client = {
  Organization: {
    ...base,
    name: true,
    plan: true,
    description: false,
    website_url: false,
    repository: false,
    logo_url: false,
    icon_url: false,
    admin_emails: false,
    owner: false,
    billing_deployment_restriction: false,
    organization_plan: false,
  } satisfies Members<Organization>,
  Project: {
    ...base,
    name: true,
    description: false,
    organization,
    associated_environments_count: true,
  } satisfies Members<Project>,
  Environment: {
    ...base,
    name: true,
    organization,
    project: true,
    last_updated_by: false,
    cloud_provider: true,
    mode: true,
    cluster_id: true,
    cluster_name: false,
    expires_at: false,
  } satisfies Members<Environment>,
  ReferenceObject: { id } satisfies Members<ReferenceObject>,
  OrganizationWebhookCreateRequest: {
    ...configuration,
    kind: true,
    target_url: true,
    events: true,
    target_secret: false,
  } satisfies Members<OrganizationWebhookCreateRequest>,
  OrganizationWebhookResponse: {
    ...base,
    ...configuration,
    target_secret_set: false,
  } satisfies Members<OrganizationWebhookResponse>,
  OrganizationWebhookCreateResponse: {
    ...base,
    ...configuration,
    target_secret_set: false,
  } satisfies Members<OrganizationWebhookCreateResponse>,
  WebhookEventResponse: {
    id,
    created_at,
    kind: true,
    matched_event: true,
    target_url_used: true,
    request: true,
    target_response_status_code: true,
    target_response_body: false,
  } satisfies Members<WebhookEventResponse>,
};

const schemaOf = (name: string) => document.components.schemas[name] ?? {};
const membersOf = (name: string) => Object.keys(schemaOf(name)['properties'] as object);
const requiredOf = (members: Record<string, boolean>) =>
  Object.keys(members).filter((name) => members[name]);

it('requires of a request what the client does, and takes nothing else', () => {
  const wanted = client.OrganizationWebhookCreateRequest;
  const { required } = schemaOf('OrganizationWebhookCreateRequest');
  expect(membersOf('OrganizationWebhookCreateRequest').toSorted()).toEqual(
    Object.keys(wanted).toSorted(),
  );
  expect(required).toEqual(['kind', 'target_url', 'events']);
  expect(requiredOf(wanted)).toEqual(required);
});

it.each([
  'OrganizationWebhookResponse',
  'OrganizationWebhookCreateResponse',
  'WebhookEventResponse',
] as const)('answers every member of %s that the client knows', (name) => {
  expect(schemaOf(name)['required']).toEqual(expect.arrayContaining(Object.keys(client[name])));
});

it.each(['Organization', 'Project', 'Environment', 'ReferenceObject'] as const)(
  'answers every member of %s that the client requires, and none that it does not know',
  (name) => {
    expect(schemaOf(name)['required']).toEqual(expect.arrayContaining(requiredOf(client[name])));
    expect(Object.keys(client[name])).toEqual(expect.arrayContaining(membersOf(name)));
  },
);

it.each([
  ['OrganizationWebhookKindEnum', OrganizationWebhookKindEnum],
  ['OrganizationWebhookEventEnum', OrganizationWebhookEventEnum],
  ['EnvironmentModeEnum', EnvironmentModeEnum],
])('has the words of %s', (name, words) => {
  const { enum: ours } = schemaOf(name);
  expect((ours as string[]).toSorted()).toEqual(Object.values(words).toSorted());
});

it('answers what the types of the client promise', () => {
  type Answered<Schema extends z.core.$ZodType> = z.output<Schema>;
  expectTypeOf<Answered<typeof organizationListAnswer>>().toExtend<OrganizationResponseList>();
  expectTypeOf<Answered<typeof projectListAnswer>>().toExtend<ProjectResponseList>();
  expectTypeOf<Answered<typeof environmentListAnswer>>().toExtend<EnvironmentResponseList>();
  expectTypeOf<Answered<typeof webhookListAnswer>>().toExtend<OrganizationWebhookResponseList>();
  expectTypeOf<Answered<typeof savedWebhookAnswer>>().toExtend<OrganizationWebhookCreateResponse>();
  expectTypeOf<Answered<typeof webhookEventListAnswer>>().toExtend<WebhookEventResponseList>();
  expectTypeOf<Answered<typeof webhookEventDetailAnswer>>().toExtend<WebhookEventResponse>();
  type Row<List extends { results: unknown[] }> = List['results'][number];
  expectTypeOf<Row<Answered<typeof organizationListAnswer>>>().toExtend<Organization>();
  expectTypeOf<Row<Answered<typeof projectListAnswer>>>().toExtend<Project>();
  expectTypeOf<Row<Answered<typeof environmentListAnswer>>>().toExtend<Environment>();
  expectTypeOf<Row<Answered<typeof webhookListAnswer>>>().toExtend<OrganizationWebhookResponse>();
});

it('takes what the types of the client allow', () => {
  type Taken = z.input<typeof webhookRequestSchema>;
  expectTypeOf<OrganizationWebhookCreateRequest>().toExtend<Taken>();
  // And not because it would take anything.
  expectTypeOf<{ kind: 'STANDARD'; target_url: ''; events: [1] }>().not.toExtend<Taken>();
});
