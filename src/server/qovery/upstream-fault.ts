import { ExchangeError, failureWords, timeoutWords } from '../failure-words';
import { ProblemError } from '../problem';
import { codeOf } from '../system-error';
import type { UpstreamCall } from './upstream';
import type { UpstreamLimits } from './upstream-limits';

/** Why a Qovery API gave no answer. */
interface Fault {
  /** In a few plain words without any part of an address. */
  words: string;
  status: 502 | 504;
  /** Whether the request may have been read all the same. */
  mayBeDone: boolean;
}

/** The connection never stood: nothing was sent. */
const connectTimeouts = new Set(['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT']);

/** The connection stood: how much of the request was read nobody can tell. */
const endings = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** Says what an error of the HTTP client means; an `ExchangeError` means that the whole time was up. */
export function faultOf(error: unknown, limits: UpstreamLimits): Fault {
  const code = codeOf(error);
  const answerTimeouts: Record<string, string> = {
    UND_ERR_HEADERS_TIMEOUT: timeoutWords(limits.headers),
    UND_ERR_BODY_TIMEOUT: `its answer stopped half-way and ${timeoutWords(limits.pause)}`,
  };
  const late = error instanceof ExchangeError ? error.message : answerTimeouts[code];
  if (late !== undefined) return { words: late, status: 504, mayBeDone: true };
  return {
    words: failureWords(error instanceof Error ? error : new Error()),
    status: connectTimeouts.has(code) ? 504 : 502,
    mayBeDone: endings.has(code),
  };
}

/**
 * The fault as people read it.
 *
 * @param host of the API.
 */
export function faultProblem(
  { words, status, mayBeDone }: Fault,
  { host, method }: { host: string; method: UpstreamCall['method'] },
): ProblemError {
  const isInDoubt = mayBeDone && method !== 'GET';
  return new ProblemError(
    status,
    `The Qovery API (${host}) gave no answer: ${words}.${isInDoubt ? ` ${doubt}` : ''}`,
  );
}

/** What to say where a write may or may not have been made. */
export const doubt = 'Whether the change was made is not known: look before you try again.';
