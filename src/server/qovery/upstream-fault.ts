import { errors } from 'undici';

import { ExchangeError, failureWords, timeoutWords } from '../failure-words';
import { ProblemError } from '../problem';
import { codeOf } from '../system-error';
import type { UpstreamCall } from './upstream';
import type { Unanswered } from './upstream-exchange';
import type { UpstreamLimits } from './upstream-limits';

/** Why a Qovery API gave no answer. */
interface Fault {
  /** In a few plain words without any part of an address. */
  words: string;
  /** 504 for what took too long where the API could be reached. */
  status: 502 | 504;
  /** Whether the request may have been read all the same. */
  mayBeDone: boolean;
}

/**
 * Says why there was no answer. Whatever happens to a request that has begun to be sent, how much of
 * it was read nobody can tell. Null if neither the connection nor the API is to blame: then it is a
 * fault of this program.
 */
export function faultOf({ cause, isSent }: Unanswered, limits: UpstreamLimits): Fault | null {
  if (!(cause instanceof Error) || isOurs(cause)) return null;
  const code = codeOf(cause);
  const tooLate: Record<string, string> = {
    UND_ERR_HEADERS_TIMEOUT: timeoutWords(limits.headers),
    UND_ERR_BODY_TIMEOUT: `its answer stopped half-way and ${timeoutWords(limits.pause)}`,
  };
  const isLate =
    cause instanceof ExchangeError || code in tooLate || (isSent && code === 'ETIMEDOUT');
  return {
    words: tooLate[code] ?? failureWords(cause),
    status: isLate ? 504 : 502,
    mayBeDone: isSent,
  };
}

/** What a connection does to us has a code, but for answers that cannot be parsed. */
function isOurs(error: Error): boolean {
  if (error instanceof ExchangeError || error instanceof errors.HTTPParserError) return false;
  const isMisuse =
    error instanceof TypeError ||
    error instanceof RangeError ||
    error instanceof errors.InvalidArgumentError;
  return isMisuse || codeOf(error) === '';
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
