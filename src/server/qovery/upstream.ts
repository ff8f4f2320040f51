import { Agent } from 'undici';

import type { Log } from '../log';
import { noticeEndedConnections } from '../notice-ended-connections';
import { ProblemError } from '../problem';
import { version } from '../version';
import { authorizationOf, type QoverySettings } from './qovery-settings';
import { exchange, Unanswered, type UpstreamAnswer } from './upstream-exchange';
import { faultOf, faultProblem } from './upstream-fault';
import type { UpstreamLimits } from './upstream-limits';

/** One call of a Qovery API. */
export interface UpstreamCall {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the API's address, with a slash first. */
  path: string;
  /** JSON. */
  body?: string;
  /** Ends the call. */
  signal?: AbortSignal;
}

/** A Qovery API, asked with the token. */
export interface Upstream {
  /**
   * Makes one call, once, and follows no redirect: the token must not go anywhere else.
   *
   * @throws {ProblemError} 502 or 504 in words if there was no whole answer; 499 if `signal` ended it.
   */
  call(call: UpstreamCall): Promise<UpstreamAnswer>;
  /** Drops all connections. */
  close(): Promise<void>;
}

/** Makes the calls of a Qovery API; one without an answer is a line in the log. */
export function createUpstream(
  { url, token }: QoverySettings,
  log: Log,
  limits: UpstreamLimits,
): Upstream {
  const pool = new Agent({
    connections: limits.connections,
    connect: { timeout: limits.connect },
    headersTimeout: limits.headers,
    bodyTimeout: limits.pause,
  });
  const { origin, host, pathname } = new URL(url);
  const folder = pathname.replace(/\/$/, '');
  const headersOf = headersWith(token);

  return {
    async call({ method, path, body, signal }) {
      await noticeEndedConnections();
      const headers = headersOf(body);
      const request = { origin, path: folder + path, method, headers, body: body ?? null };
      try {
        return await exchange(pool, request, { limits, signal });
      } catch (error) {
        if (signal?.aborted) throw new ProblemError(499, 'Nobody waits for the answer any more.');
        const fault = error instanceof Unanswered ? faultOf(error, limits) : null;
        if (fault === null) throw error instanceof Unanswered ? error.cause : error;
        log.warn({ method, path, error: fault.words }, 'the Qovery API gave no answer');
        throw faultProblem(fault, { host, method });
      }
    },
    close: () => pool.destroy(),
  };
}

function headersWith(token: string) {
  const headers = {
    authorization: authorizationOf(token),
    accept: 'application/json',
    'accept-encoding': 'identity',
    'user-agent': `webhook-console/${version}`,
  };
  return (body: string | undefined): Record<string, string> =>
    body === undefined ? headers : { ...headers, 'content-type': 'application/json' };
}
