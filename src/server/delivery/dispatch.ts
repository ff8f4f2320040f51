import { createHmac } from 'node:crypto';

import { Agent } from 'undici';

import { deliveryHeaders, maskDeliveryHeaders, type HmacSha256 } from '../../contract/signature';
import { exchange, type Exchange } from './exchange';
import { ExchangeError, failureWords, statusWords } from '../failure-words';
import { guardedConnector, type ConnectorOptions } from './guarded-connector';
import { hostSignOf, type HostSign } from './host-sign';
import { noticeEndedConnections } from '../notice-ended-connections';
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
  /** For the next attempts at the same host. */
  host_sign: HostSign;
  request_headers: Record<string, string>;
  response_headers: Record<string, string> | null;
  response_body: string | null;
}

/** Makes attempts, on connections that are kept for a while. */
export interface AttemptSender {
  /** Sends the request at most once. Never rejects, whatever the receiver does; done within the timeout. */
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
  // The exchange has a clock of its own.
  const pool = new Agent({ connect, headersTimeout: 0, bodyTimeout: 0 });

  return {
    async send(attempt) {
      const started = performance.now();
      const headers = deliveryHeaders(
        { ...attempt, timestamp: Math.floor(attempt.started_at / 1000) },
        hmacSha256,
      );
      // A connection that ends later fails its attempt, and the schedule makes another: whether the
      // receiver had read the request nobody can tell, and what is in the log once must not have been
      // sent twice.
      await noticeEndedConnections();
      const outcome = await exchange(
        pool,
        { url: attempt.url, headers, body: attempt.body },
        options.timeout,
      );
      const duration_ms = Math.round(performance.now() - started);
      return {
        ...resultOf(outcome, attempt.secret),
        duration_ms,
        host_sign: hostSignOf(hasAnswer(outcome), outcome.error, duration_ms),
        request_headers: maskDeliveryHeaders(headers),
      };
    },
    close: () => pool.destroy(),
  };
}

/**
 * The status decides, even if the body breaks off. An answer that had not come to its end when the
 * time was up is none: its status is not reported, what came of it is.
 */
function resultOf(outcome: Exchange, secret: string | null) {
  const { status, error, headers, body, cut } = outcome;
  const isAnswered = hasAnswer(outcome);
  const nothing = { response_headers: null, response_body: null };
  return {
    status_code: isAnswered ? status : 0,
    error: isAnswered || !error ? statusWords(status) : failureWords(error),
    ...(headers
      ? storableResponse({ headers, body, cut: cut || error !== null }, secret)
      : nothing),
  };
}

function hasAnswer({ status, error }: Exchange): boolean {
  return status !== 0 && !(error instanceof ExchangeError);
}
