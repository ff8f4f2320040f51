import { STATUS_CODES } from 'node:http';

import type { ProblemResponse } from './answers/problem';
import { mostFieldErrors, type FieldError } from '../contract/api-error';

/** Statuses of refusals that the API gives by itself. */
export type ProblemStatus =
  400 | 401 | 403 | 404 | 409 | 412 | 413 | 415 | 422 | 429 | 499 | 500 | 502 | 503 | 504;

interface ProblemOptions {
  errors?: readonly FieldError[];
  headers?: Readonly<Record<string, string>>;
  /** More that a program can go by. */
  members?: Readonly<Record<string, string>>;
}

/** A refusal with its words; thrown anywhere below a route, answered as problem details. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  /** @param detail what is wrong, as one would say it to a person; never a secret. */
  constructor(
    readonly status: ProblemStatus,
    readonly detail: string,
    readonly options: ProblemOptions = {},
  ) {
    super(detail);
  }
}

/** A request with something wrong in it: 400 with a message for each place. */
export function invalid(errors: readonly FieldError[]): ProblemError {
  const [first] = errors;
  const count = errors.length < mostFieldErrors ? errors.length : `At least ${mostFieldErrors}`;
  const detail =
    errors.length === 1 && first ? first.message : `${count} things are wrong with it.`;
  return new ProblemError(400, detail, { errors });
}

/** What is not there, or not the caller's. */
export function notFound(what: string): ProblemError {
  return new ProblemError(404, `${what} was not found.`);
}

/** What problem details are made of; the status may be one that another API gave. */
interface ProblemParts {
  status: number;
  detail: string;
  options: ProblemOptions;
}

/** Problem details (RFC 9457) as a response. */
export function problemResponse({ status, detail, options }: ProblemParts): Response {
  const problem: ProblemResponse = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    ...(options.errors && { errors: [...options.errors] }),
    ...options.members,
  };
  return new Response(JSON.stringify(problem), {
    status,
    headers: { 'content-type': 'application/problem+json', ...options.headers },
  });
}
