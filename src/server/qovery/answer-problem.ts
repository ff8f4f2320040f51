import { STATUS_CODES } from 'node:http';

import type { FieldError } from '../../contract/api-error';
import { readError } from './error-words';
import type { UpstreamCall } from './upstream';
import type { UpstreamAnswer } from './upstream-exchange';
import { doubt } from './upstream-fault';

/** What the browser gets in place of an answer that is no success. */
export interface AnswerProblem {
  status: number;
  detail: string;
  errors?: FieldError[];
  /** What was wrong with the answer itself, in a few words. */
  fault?: string;
}

interface Asked {
  method: UpstreamCall['method'];
  /** Takes the token out of a text. */
  masked: (text: string) => string;
}

/**
 * These speak of the connection to us, of our credentials there, or of versions and ends that we know
 * and the API does not; to a browser they would say that it has to sign in, or to ask anew.
 */
const oursAlone = new Set([401, 407, 408, 412, 421, 425, 426, 428, 431, 499]);

/** A redirect or an error in words: the API's, and where they leave it open whether a write was made, ours. */
export function problemOf(answer: UpstreamAnswer, { method, masked }: Asked): AnswerProblem {
  const isInDoubt = method !== 'GET' && mayBeDone(answer.status);
  const problem = withoutDoubt(answer, masked);
  return isInDoubt ? { ...problem, detail: `${sentence(problem.detail)} ${doubt}` } : problem;
}

function withoutDoubt({ status, body }: UpstreamAnswer, masked: Asked['masked']): AnswerProblem {
  if (status < 400) {
    const redirect = `a redirect (${status}), which is not followed`;
    return {
      status: 502,
      detail: `The Qovery API answered with ${redirect}. Check QOVERY_API_URL.`,
    };
  }
  const title = STATUS_CODES[status] ?? 'an unknown status';
  const { words, errors } = Buffer.isBuffer(body)
    ? readError(body.toString(), masked)
    : { words: '', errors: [] };
  const answered = `The Qovery API answered ${status} (${title})`;
  if (status === 401) {
    const refused = 'The Qovery API refused the token that this server was started with';
    const detail = sentence(withWords(`${refused} (QOVERY_API_TOKEN)`, words));
    return { status: 502, detail: `${detail} Start it again with another.` };
  }
  if (status === 403) {
    const lacks = 'The token that this server was started with (QOVERY_API_TOKEN) lacks the right';
    return { status, detail: withWords(lacks, words) };
  }
  const isOdd = oursAlone.has(status) || status > 599;
  if (status >= 500 || isOdd) {
    return { status: isOdd ? 502 : status, detail: withWords(answered, words) };
  }
  return {
    status,
    detail: words === '' ? `${answered}.` : words,
    ...(errors.length > 0 && { errors }),
  };
}

function withWords(text: string, words: string): string {
  return words === '' ? `${text}.` : `${text}: ${words}`;
}

/** The request was refused for what it is before anybody worked on it (RFC 9110, RFC 6585). */
const certainlyNotDone = new Set([501, 505, 511]);

/**
 * Whether a write with this answer may have been made: a gateway knows only that it got no answer, a
 * server may fail after the change, and a redirect may follow one. Also a 503: who sent it is not known.
 */
function mayBeDone(status: number): boolean {
  const isRedirect = status >= 300 && status < 400;
  const isFailure = status >= 500 && !certainlyNotDone.has(status);
  return isRedirect || isFailure || status === 408 || status === 499;
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
