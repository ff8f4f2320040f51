import * as z from 'zod';

import { apiPrefix } from '../../contract/api-paths';
import type { JsonSchema } from './components';
import { buildDocument, type DescribedOperation } from './document';
import type { DescribedResponse } from './operation';

/*
 * For tests: whatever the API answers is held against its document. The document's own JSON schemas
 * are what is checked by, not the schemas they were made of.
 */

/** What was asked, and what came. */
export interface Exchange {
  method: string;
  /** A path or a whole URL. */
  url: string;
  status: number;
  headers: Headers;
  /** Absent: it is no text. */
  text?: string;
  /** Whether the test makes the server fail. A status of 5xx is a fault otherwise, documented or not. */
  mayFail?: boolean;
}

const document = buildDocument('1.2.3');

/**
 * Holds an answer of the API against the document: the operation has this status, with this content
 * type, a body of this shape and without members that are not in it, and these headers.
 *
 * @throws {Error} saying where they differ.
 */
export function holdToDocument(exchange: Exchange): void {
  const { method, url, status, headers, text = '', mayFail = false } = exchange;
  const { pathname } = new URL(url, 'http://localhost');
  if (pathname !== apiPrefix && !pathname.startsWith(`${apiPrefix}/`)) return;
  const isHead = method === 'HEAD';
  const operation = findOperation(isHead ? 'get' : method.toLowerCase(), pathname);
  const differs = (what: string) =>
    new Error(`${method} ${pathname} answered ${status}: ${what}, unlike its document.`);
  if (!operation && status !== 404) throw differs('there is no such operation');
  const answer = operation
    ? answerOf(operation, status)
    : document.components.responses['NotFound'];
  if (!answer) throw differs('this status is not documented');
  if (status >= 500 && !mayFail) throw new Error(`${method} ${pathname} failed: ${status} ${text}`);
  const wrongHeader = findWrongHeader(answer, headers);
  if (wrongHeader !== undefined) throw differs(wrongHeader);
  if (isHead) return;
  const type = headers.get('content-type')?.split(';')[0] ?? null;
  const [documentedType = null] = Object.keys(answer.content ?? {});
  if (type !== documentedType) throw differs(`it is ${type}`);
  if (type === null && text !== '') throw differs('it has a body');
  const schema = answer.content?.[type ?? '']?.schema;
  if (!schema || !type?.endsWith('json')) return;
  const read = readerOf(schema).safeParse(JSON.parse(text));
  if (!read.success) throw differs(z.prettifyError(read.error));
}

/** The same for an answer as it came; its body can still be read. What is no JSON is not looked into. */
export async function holdResponse(
  asked: Pick<Exchange, 'method' | 'url' | 'mayFail'>,
  response: Response,
): Promise<void> {
  const { status, headers } = response;
  const type = headers.get('content-type');
  const isText = type === null || type.includes('json');
  const text = isText ? { text: await response.clone().text() } : {};
  holdToDocument({ ...asked, status, headers, ...text });
}

/** `fetch` whose answers are held against the document. */
export async function fetchHeld(url: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, init);
  await holdResponse({ method: init.method ?? 'GET', url }, response);
  return response;
}

/** Sorted, so that a step that is a word goes before one that is a parameter. */
const sortedPaths = Object.keys(document.paths).toSorted();

function findOperation(method: string, pathname: string): DescribedOperation | undefined {
  const steps = pathname.slice(apiPrefix.length).split('/');
  const found = sortedPaths.find((path) => {
    const wanted = path.split('/');
    const fits = wanted.every((step, n) => step === steps[n] || step.startsWith('{'));
    return fits && wanted.length === steps.length;
  });
  return found === undefined ? undefined : document.paths[found]?.[method];
}

function answerOf(operation: DescribedOperation, status: number): DescribedResponse | undefined {
  const answer = operation.responses[status];
  if (!answer || !('$ref' in answer)) return answer;
  return document.components.responses[answer.$ref.slice(answer.$ref.lastIndexOf('/') + 1)];
}

/** Headers that say something of the answer itself. A cookie may come with any. */
const telling = ['etag', 'location', 'retry-after', 'www-authenticate'];

function findWrongHeader(answer: DescribedResponse, headers: Headers): string | undefined {
  const documented = Object.entries(answer.headers ?? {}).map(([name, { required = false }]) => ({
    name: name.toLowerCase(),
    required,
  }));
  const isDocumented = (name: string) => documented.some((one) => one.name === name);
  const unknown = telling.find((name) => headers.has(name) && !isDocumented(name));
  if (unknown !== undefined) return `it has the header ${unknown}`;
  const missing = documented.find(({ name, required }) => required && !headers.has(name));
  return missing && `the header ${missing.name} is missing`;
}

const readers = new WeakMap<JsonSchema, z.ZodType>();

function readerOf(schema: JsonSchema): z.ZodType {
  const known = readers.get(schema);
  if (known) return known;
  const reader = z.fromJSONSchema({
    ...(exact(schema) as JsonSchema),
    $defs: exact(document.components.schemas),
  } as Parameters<typeof z.fromJSONSchema>[0]);
  readers.set(schema, reader);
  return reader;
}

const anyUuid = '^[\\da-f]{8}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{12}$';

/**
 * The same schema, but with no members beside those that it names; ids may be UUIDs of versions that
 * RFC 9562 does not know, which zod minds.
 */
function exact(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(exact);
  if (typeof part !== 'object' || part === null) return part;
  const { format, ...rest } = part as JsonSchema;
  const same = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [
      name,
      name === '$ref' ? String(value).replace('#/components/schemas/', '#/$defs/') : exact(value),
    ]),
  );
  return {
    ...same,
    ...(format === 'uuid' ? { pattern: anyUuid } : format !== undefined && { format }),
    ...('properties' in same &&
      same['type'] === 'object' &&
      !('additionalProperties' in same) && { additionalProperties: false }),
  };
}
