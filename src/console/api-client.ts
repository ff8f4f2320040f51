import * as z from 'zod/mini';

import { problemSchema, type FieldError } from '../contract/api-error';

/** What went wrong with a request. */
export class ApiError extends Error {
  override name = 'ApiError';

  constructor(
    /** The HTTP status; 0 if there was no answer, or none that could be read. */
    readonly status: number,
    message: string,
    /** What is wrong with which member of the request. */
    readonly fieldErrors: FieldError[] = [],
    /** Seconds after which the API asks to be called again. */
    readonly retryAfter: number | null = null,
    /** The whole answer, for those who know what else it may say. */
    readonly answer: unknown = undefined,
  ) {
    super(message);
  }
}

interface RequestOptions<T> {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Sent as JSON. */
  body?: unknown;
  /** Reads the answer; without it the answer is passed over. */
  schema?: z.core.$ZodType<T>;
  /** The `version` that the caller has seen: the API refuses the write (412) if there is a newer. */
  ifMatch?: number | null;
  signal?: AbortSignal;
}

/**
 * One call of the API, on the console's own origin and with the session's cookie.
 *
 * @returns what `schema` reads from the answer.
 * @throws {ApiError} for anything but a success that the schema can read, also after a minute without
 * an answer. An aborted call throws what `fetch` throws then.
 */
export async function callApi<T = undefined>(
  path: string,
  { method = 'GET', body, schema, ifMatch = null, signal }: RequestOptions<T> = {},
): Promise<T> {
  const response = await send(path, {
    method,
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(ifMatch !== null && { 'if-match': `"${ifMatch}"` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  const answer = await readJson(response);
  if (!response.ok) throw asApiError(response, answer);
  if (!schema) return undefined as T;
  const read = z.safeParse(schema, answer);
  if (!read.success)
    throw new ApiError(0, 'The API answered something that this console does not understand.');
  return read.data;
}

declare global {
  // oxlint-disable-next-line no-var -- the only way to declare a global
  var earlyAnswers: Map<string, Promise<Response>> | undefined;
}

/**
 * The answer to what `public/early-requests.js` has asked for, each once; null if there is none that
 * is of use. Not that nobody is signed in: somebody may be by now.
 */
async function takeEarlyAnswer(path: string, signal: AbortSignal): Promise<Response | null> {
  const answer = globalThis.earlyAnswers?.get(path);
  if (!answer) return null;
  globalThis.earlyAnswers?.delete(path);
  const aborted = new Promise<null>((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  const response = await Promise.race([answer.catch(() => null), aborted]);
  return response?.status === 401 ? null : response;
}

/** How long an answer may take to begin, in milliseconds: a test event alone may take 15 seconds. */
const patience = 60_000;

async function send(path: string, init: RequestInit): Promise<Response> {
  const tooLong = new AbortController();
  const timer = setTimeout(() => tooLong.abort(), patience);
  const signal = AbortSignal.any([tooLong.signal, ...(init.signal ? [init.signal] : [])]);
  try {
    const early = init.method === 'GET' ? await takeEarlyAnswer(path, signal) : null;
    return early ?? (await fetch(path, { ...init, signal }));
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiError(0, whyUnanswered(tooLong.signal.aborted));
  } finally {
    clearTimeout(timer);
  }
}

function whyUnanswered(tookTooLong: boolean): string {
  if (tookTooLong) return 'The API has not answered for a minute. Check that the server is well.';
  return navigator.onLine
    ? 'The API cannot be reached. Check your connection and that the server is running.'
    : 'You are offline. Connect to the network, then try again.';
}

/** What the answer says; undefined if it is empty or no JSON, as errors of proxies are. */
async function readJson(response: Response): Promise<unknown> {
  try {
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asApiError(response: Response, answer: unknown): ApiError {
  const problem = z.safeParse(problemSchema, answer);
  const { title, detail, errors } = problem.success
    ? problem.data
    : { title: '', detail: '', errors: [] };
  return new ApiError(
    response.status,
    detail || title,
    errors,
    secondsUntilRetry(response.headers.get('retry-after')),
    answer,
  );
}

/** `Retry-After` is a number of seconds or a date; null if it is neither, or past. */
function secondsUntilRetry(header: string | null): number | null {
  if (header === null) return null;
  const seconds = /^\d+$/.test(header)
    ? Number(header)
    : Math.ceil((Date.parse(header) - Date.now()) / 1000);
  return seconds >= 0 ? seconds : null;
}
