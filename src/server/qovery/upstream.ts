import { Agent, request, type Dispatcher } from 'undici';

import { ExchangeError, timeoutWords } from '../failure-words';
import { noticeEndedConnections } from '../notice-ended-connections';
import type { Log } from '../log';
import { ProblemError } from '../problem';
import { version } from '../version';
import { authorizationOf, type QoverySettings } from './qovery-settings';
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

/** What was answered. */
export interface UpstreamAnswer {
  status: number;
  retryAfter: string | null;
  /** Null if it is longer than an answer of that status may be. */
  body: Buffer | null;
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

/** Makes the calls of a Qovery API; what goes wrong with one is a line in the log. */
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
  const headers = {
    authorization: authorizationOf(token),
    accept: 'application/json',
    'accept-encoding': 'identity',
    'user-agent': `webhook-console/${version}`,
  };
  const { host } = new URL(url);

  return {
    async call(call) {
      const { method, path, body, signal } = call;
      const ending = new AbortController();
      const end = () => ending.abort();
      const giveUp = () => ending.abort(new ExchangeError(timeoutWords(limits.whole)));
      const timer = setTimeout(giveUp, limits.whole);
      signal?.addEventListener('abort', end);
      try {
        signal?.throwIfAborted();
        await noticeEndedConnections();
        const response = await request(url + path, {
          dispatcher: pool,
          method,
          headers:
            body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
          ...(body !== undefined && { body }),
          signal: ending.signal,
        });
        const answer = await read(response, limits);
        const { status } = answer;
        if (isFailure(status)) log.warn({ method, path, status }, 'the Qovery API failed');
        return answer;
      } catch (error) {
        if (signal?.aborted) throw new ProblemError(499, 'Nobody waits for the answer any more.');
        const fault = faultOf(error, limits);
        log.warn({ method, path, error: fault.words }, 'the Qovery API gave no answer');
        throw faultProblem(fault, { host, method });
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
      }
    },
    close: () => pool.destroy(),
  };
}

/** What is not for who asked, but for who runs this server. */
function isFailure(status: number): boolean {
  return status >= 500 || status === 401 || (status >= 300 && status < 400);
}

async function read(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  limits: UpstreamLimits,
): Promise<UpstreamAnswer> {
  const most = statusCode < 300 ? limits.body : limits.errorBody;
  const retryAfter = headers['retry-after'];
  return {
    status: statusCode,
    retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
    body: await readAtMost(body, most),
  };
}

/** The whole of a body; null if it is longer than `most` bytes, and the rest is not waited for. */
async function readAtMost(body: Dispatcher.ResponseData['body'], most: number) {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    // To leave the loop ends the connection.
    length += (chunk as Buffer).length;
    if (length > most) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks, length);
}
