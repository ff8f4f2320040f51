import { STATUS_CODES } from 'node:http';

import { problemAnswer } from '../answers/problem';
import type { Reference, ReferTo } from './components';
import type { DescribedResponse, Headers, Operation, Refusal } from './operation';

/** Why calls are refused, wherever it is for the same reason. */
const common = {
  400: 'Something is wrong with the request: `errors` says what.',
  401: 'The token is missing or not valid, or the session has ended.',
  403: 'A write by cookie comes from a page of another origin.',
  404: 'It is not there.',
  412: 'The webhook has another version than `If-Match` says. Nothing was changed.',
  413: 'The body is larger than 256 KiB.',
  415: 'The body is not sent as `application/json`.',
  500: 'The server failed at this request. Its log says why.',
} as const;
type CommonStatus = keyof typeof common;

const challenge: Headers = {
  'WWW-Authenticate': {
    description: 'Always `Bearer`.',
    required: true,
    schema: { type: 'string' },
  },
};

const onlyToken = "The caller has a session: this is for the administrator's token only.";

/** The responses that operations share, as `components.responses` of an OpenAPI document. */
export function commonRefusals(refer: ReferTo): Record<string, DescribedResponse> {
  return Object.fromEntries(
    Object.entries(common).map(([status, description]) => [
      nameOf(Number(status)),
      problemResponse(refer, { description, ...(status === '401' && { headers: challenge }) }),
    ]),
  );
}

/** Everything that an operation is refused with, by status. */
export function refusalsOf(
  operation: Operation,
  refer: ReferTo,
): Record<string, DescribedResponse | Reference> {
  const own = operation.refusals ?? {};
  const refusals: Record<string, DescribedResponse | Reference> = {};
  for (const status of commonStatusesOf(operation)) {
    refusals[status] = { $ref: `#/components/responses/${nameOf(status)}` };
  }
  if (operation.access === 'token')
    refusals['403'] = problemResponse(refer, { description: onlyToken });
  for (const [status, refusal] of Object.entries(own)) {
    const told = typeof refusal === 'string' ? { description: refusal } : refusal;
    refusals[status] = problemResponse(refer, {
      ...(status === '401' && { headers: challenge }),
      ...told,
    });
  }
  return refusals;
}

function commonStatusesOf(operation: Operation): readonly CommonStatus[] {
  const { access, method, path, query, body, takesIfMatch } = operation;
  const reads = query !== undefined || body !== undefined || takesIfMatch !== undefined;
  const statuses: (readonly [CommonStatus, boolean])[] = [
    [400, reads],
    [401, access !== 'anyone'],
    [403, access === undefined && method !== 'get'],
    [404, path.includes('{')],
    [412, takesIfMatch !== undefined],
    [413, body !== undefined],
    [415, body !== undefined],
    [500, true],
  ];
  return statuses.filter(([, isGiven]) => isGiven).map(([status]) => status);
}

function problemResponse(
  refer: ReferTo,
  { description, headers, schema = problemAnswer }: Exclude<Refusal, string>,
): DescribedResponse {
  return {
    description,
    ...(headers && { headers }),
    content: { 'application/problem+json': { schema: refer(schema) } },
  };
}

/** `Not Found` → `NotFound`. */
function nameOf(status: number): string {
  return (STATUS_CODES[status] ?? '').replaceAll(/[^A-Za-z]/g, '');
}
