import { createHmac } from 'node:crypto';

import { Agent, Client, type Dispatcher as HttpClient } from 'undici';

import { deliveryHeaders, maskDeliveryHeaders, type HmacSha256 } from '../../contract/signature';
import { exchange, type Exchange } from './exchange';
import { ExchangeError, failureWords, statusWords, timeoutWords } from './failure-words';
import {
  guardedConnector,
  isEndOfUsedConnection,
  type ConnectorOptions,
} from './guarded-connector';
import { storableResponse } from './response-text';

/** One HTTP request to make. */
export interface OutgoingAttempt {
  url: string;
  /** The delivery's id. */
  id: string;
  /** The attempt's start, milliseconds since 1970. */
  started_at: number;
  body: string;
  /** In plain text. */
  secret: string | null;
  test?: boolean;
}

/** What came of an attempt, as it may be stored: no secret is in it. */
export interface AttemptResult {
  /** 0 if there was no response in time. */
  status_code: number;
  /** In words, why there was no success; null after a 2xx. */
  error: string | null;
  duration_ms: number;
  request_headers: Record<string, string>;
  response_headers: Record<string, string> | null;
  response_body: string | null;
}

/** Makes attempts, on connections that are kept for a while. */
export interface AttemptSender {
  /** Never rejects, whatever the receiver does; done within the timeout. */
  send(attempt: OutgoingAttempt): Promise<AttemptResult>;
  /** Drops all connections. */
  close(): Promise<void>;
}

const hmacSha256: HmacSha256 = (key, message) => createHmac('sha256', key).update(message).digest();

/**
 * @param options `timeout` is that of one attempt, from the look-up to the last byte, in milliseconds.
 */
export function createAttemptSender(options: ConnectorOptions): AttemptSender {
  const connect = guardedConnector(options);
  // One clock for the whole exchange, ours; the client's own would each watch a part.
  const timeouts = { headersTimeout: 0, bodyTimeout: 0 };
  const pool = new Agent({ connect, ...timeouts });

  /**
   * A connection that the receiver closed while it was idle fails the request that is just being
   * written, perhaps unseen. That is no answer: the same request goes out once more on a new one.
   */
  async function exchangeOnce(request: HttpClient.DispatchOptions, signal: AbortSignal) {
    const first = await exchange(pool, request, signal);
    const { status, error } = first;
    if (status !== 0 || !error || signal.aborted || !isEndOfUsedConnection(error)) return first;
    const fresh = new Client(String(request.origin), { connect, pipelining: 0, ...timeouts });
    try {
      return await exchange(fresh, request, signal);
    } finally {
      await fresh.destroy();
    }
  }

  return {
    async send(attempt) {
      const started = performance.now();
      const headers = deliveryHeaders(
        { ...attempt, timestamp: Math.floor(attempt.started_at / 1000) },
        hmacSha256,
      );
      const outcome = await withTimeout(options.timeout, (signal) =>
        exchangeOnce(
          { ...targetOf(attempt.url), method: 'POST', headers, body: attempt.body },
          signal,
        ),
      );
      return {
        ...resultOf(outcome, attempt.secret),
        duration_ms: Math.round(performance.now() - started),
        request_headers: maskDeliveryHeaders(headers),
      };
    },
    close: () => pool.destroy(),
  };
}

/** @throws {TypeError} if it is no URL. */
function targetOf(url: string): { origin: string; path: string } {
  const { origin, pathname, search } = new URL(url);
  return { origin, path: pathname + search };
}

/** Runs an exchange that is ended when the time is up. */
async function withTimeout(
  timeout: number,
  run: (signal: AbortSignal) => Promise<Exchange>,
): Promise<Exchange> {
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new ExchangeError(timeoutWords(timeout))),
    timeout,
  );
  try {
    return await run(controller.signal);
  } catch (error) {
    const failure = error instanceof Error ? error : new ExchangeError('connection failed');
    return { status: 0, headers: null, body: Buffer.alloc(0), cut: false, error: failure };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The status decides, even if the body breaks off. An answer that had not come to its end when the
 * time was up is none: its status is not reported, what came of it is.
 */
function resultOf(outcome: Exchange, secret: string | null) {
  const { status, error, headers, body, cut } = outcome;
  const isAnswered = status !== 0 && !(error instanceof ExchangeError);
  const nothing = { response_headers: null, response_body: null };
  return {
    status_code: isAnswered ? status : 0,
    error: isAnswered || !error ? statusWords(status) : failureWords(error),
    ...(headers
      ? storableResponse({ headers, body, cut: cut || error !== null }, secret)
      : nothing),
  };
}
