/*
 * For tests: what the public Qovery API holds requests to, and how it words a refusal, as far as its
 * document and its behaviour tell. Apart from the contract: what this program thinks of the API must
 * not decide how the API behaves.
 */

export type Row = Record<string, unknown>;

/** Values of enumerations that the API takes. */
export interface Accepted {
  kinds: string[];
  events: string[];
  modes: string[];
}

/** Those of the document. */
export const documented: Readonly<Accepted> = {
  kinds: ['STANDARD', 'SLACK'],
  events: [
    'DEPLOYMENT_STARTED',
    'DEPLOYMENT_CANCELLED',
    'DEPLOYMENT_FAILURE',
    'DEPLOYMENT_SUCCESSFUL',
  ],
  modes: ['DEVELOPMENT', 'PREVIEW', 'PRODUCTION', 'STAGING'],
};

/** A refusal: its status and message. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The body of a refusal, in the API's own style. */
export function refusalBody({ status, message }: Refusal, path: string): Row {
  const names: Record<number, string> = { 400: 'Bad Request', 401: 'Unauthorized' };
  return {
    timestamp: new Date().toISOString(),
    status,
    error: names[status] ?? 'Not Found',
    message,
    path,
  };
}

/**
 * Holds the body of `POST` and `PUT` of a webhook to the document. Null counts as absent.
 *
 * @throws {Refusal} 400 with the first thing that is wrong.
 */
export function requireWebhook(body: unknown, accepted: Accepted): Row {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Refusal(400, 'JSON parse error');
  }
  const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
  const check = (name: string, isRight: boolean, expected: string) => {
    if (!isRight) throw new Refusal(400, `${name}: must be ${expected}`);
  };
  const url = given['target_url'];
  check('kind', accepted.kinds.includes(given['kind'] as string), accepted.kinds.join(' or '));
  check('target_url', typeof url === 'string' && /^https?:\/\//.test(url), 'an http(s) URL');
  check('events', isListOf(given['events'], accepted.events), 'a list of events');
  for (const name of ['description', 'target_secret']) {
    check(name, ['undefined', 'string'].includes(typeof given[name]), 'a text');
  }
  check('enabled', ['undefined', 'boolean'].includes(typeof given['enabled']), 'a boolean');
  const { project_names_filter: names = [], environment_types_filter: modes = [] } = given;
  check('project_names_filter', isListOf(names), 'a list of texts');
  check('environment_types_filter', isListOf(modes, accepted.modes), 'a list of modes');
  return given;
}

function isListOf(value: unknown, among?: readonly string[]): boolean {
  const isRight = (item: unknown) =>
    typeof item === 'string' && (among === undefined || among.includes(item));
  return Array.isArray(value) && value.every(isRight);
}
