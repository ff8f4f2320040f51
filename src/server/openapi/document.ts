import { apiPrefix } from '../../contract/api-paths';
import { describeComponents, referrer, type Reference, type ReferTo } from './components';
import { deliveryComponents } from './delivery-components';
import { deliveryOperations } from './delivery-operations';
import { eventComponents } from './event-components';
import { eventOperations } from './event-operations';
import type { Answer, DescribedResponse, Operation } from './operation';
import { organizationComponents } from './organization-components';
import { organizationOperations } from './organization-operations';
import { commonRefusals, refusalsOf } from './refusals';
import { securityOf, securitySchemes } from './security';
import { serverComponents } from './server-components';
import { serverOperations } from './server-operations';
import { webhookComponents } from './webhook-components';
import { webhookOperations } from './webhook-operations';

const components = [
  ...organizationComponents,
  ...webhookComponents,
  ...deliveryComponents,
  ...eventComponents,
  ...serverComponents,
];

const operations: readonly Operation[] = [
  ...organizationOperations,
  ...webhookOperations,
  ...deliveryOperations,
  ...eventOperations,
  ...serverOperations,
];

const tags = {
  'Organization Main Calls': 'Organizations.',
  Projects: 'Projects that deployment events have named.',
  Environments: 'Environments that deployment events have named.',
  'Organization Webhook': 'Webhooks: where deployment events are sent.',
  Deliveries: 'What was sent, and sending by hand.',
  'Deployment Events': 'What happened: taken in from what deploys, and looked up.',
  Sessions: 'Signing in and out, for browsers.',
  Server: 'About the server itself.',
};

const description = `The API of the webhook console: webhooks of an organization, the deployment events that are sent to them, and the log of what was sent.

The operations with the tags "Organization Main Calls", "Projects", "Environments" and "Organization Webhook" are those of the public Qovery API, under the same names; clients made for it work here. Answers have members of our own beside theirs.

Later versions may answer more members, and more words where a member is one of several: pass over what you do not know. Errors are problem details (RFC 9457). All times are ISO 8601.`;

/** A parameter of a path; the last step of some paths is just an `id`. */
const pathParameters: Record<string, string> = {
  organizationId: 'The organization.',
  projectId: 'The project.',
  webhookId: 'The webhook.',
  id: 'What the path is about. Ids are UUIDs; with any other text it is not found.',
};

/**
 * The API as an OpenAPI document, made from the contract: what requests are held to, and what answers
 * are built by.
 *
 * @param version that of the program.
 */
export function buildDocument(version: string) {
  const refer = referrer(components);
  const paths: Record<string, Record<string, DescribedOperation>> = {};
  for (const operation of operations) {
    (paths[operation.path] ??= {})[operation.method] = describe(operation, refer);
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Webhook console API', version, description, license: { name: 'MIT' } },
    servers: [{ url: apiPrefix, description: 'This server.' }],
    security: securityOf(undefined),
    tags: Object.entries(tags).map(([name, text]) => ({ name, description: text })),
    paths,
    components: {
      schemas: describeComponents(components),
      responses: commonRefusals(refer),
      securitySchemes,
    },
  };
}

/** An operation in the document. */
export type DescribedOperation = ReturnType<typeof describe>;

function describe(operation: Operation, refer: ReferTo) {
  const { id, tag, summary, access, body } = operation;
  const parameters = parametersOf(operation);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(operation.description !== undefined && { description: operation.description }),
    ...(access && { security: securityOf(access) }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: { required: !body.isOptional, content: jsonContent(refer(body.schema)) },
    }),
    responses: { ...answersOf(operation, refer), ...refusalsOf(operation, refer) },
  };
}

function parametersOf({ path, query = [], takesIfMatch }: Operation) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const inPath = names.map((name) => ({
    name,
    in: 'path',
    required: true,
    description: pathParameters[name],
    schema: { type: 'string', format: 'uuid' },
  }));
  const ifMatch = {
    name: 'If-Match',
    in: 'header',
    description:
      'The `ETag` of the version that the write is meant for: if there is a newer one, nothing is changed. Absent: any version.',
    schema: { type: 'string' },
  };
  return [
    ...inPath,
    ...query.map((parameter) => ({ ...parameter, in: 'query' })),
    ...(takesIfMatch ? [ifMatch] : []),
  ];
}

function answersOf({ answers }: Operation, refer: ReferTo): Record<string, DescribedResponse> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, one]) => [status, answerOf(one, refer)]),
  );
}

function answerOf(one: Answer, refer: ReferTo): DescribedResponse {
  const content = one.schema ? jsonContent(refer(one.schema)) : one.content;
  return {
    description: one.description,
    ...(one.headers && { headers: one.headers }),
    ...(content && { content }),
  };
}

const jsonContent = (schema: Reference) => ({ 'application/json': { schema } });
