import { errors } from 'undici';

import { isSuccess } from '../contract/webhook-health';

/** A failure of ours to put in words; the message is what the log says. */
export class ExchangeError extends Error {
  override readonly name: string = 'ExchangeError';
}

const words: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  ECONNABORTED: 'connection reset',
  EHOSTUNREACH: 'host unreachable',
  EHOSTDOWN: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  EADDRNOTAVAIL: 'no address to connect from',
  ETIMEDOUT: 'connection timed out',
  ENOTFOUND: 'name not found',
  EAI_AGAIN: 'name look-up failed',
  EMFILE: 'too many open connections on this server',
  ENFILE: 'too many open connections on this server',
  UND_ERR_CONNECT_TIMEOUT: 'connection timed out',
  UND_ERR_HEADERS_OVERFLOW: 'invalid HTTP response: the headers are too large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'invalid HTTP response',
  // The client's own, of a status below 100.
  ERR_ASSERTION: 'invalid HTTP response',
  CERT_HAS_EXPIRED: 'certificate has expired',
  CERT_NOT_YET_VALID: 'certificate is not valid yet',
  CERT_REVOKED: 'certificate was revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate is of an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate is of an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate is of an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate is of an unknown authority',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate is for another name',
  EPROTO: 'TLS handshake failed',
  ERR_INVALID_URL: 'not a valid URL',
};

/** Endings of a connection that the HTTP client reports under one code. */
const socketWords: Record<string, string> = {
  'other side closed': 'connection closed without a response',
  closed: 'connection closed without a response',
  'bad response': 'invalid HTTP response',
  'bad upgrade': 'invalid HTTP response',
};

/** What went wrong in an exchange, in a few plain words without any part of the URL. */
export function failureWords(error: Error): string {
  if (error instanceof ExchangeError) return error.message;
  if (error instanceof errors.HTTPParserError) return 'invalid HTTP response';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = words[code];
  if (known !== undefined) return known;
  if (code === 'UND_ERR_SOCKET') return socketWords[error.message] ?? 'connection failed';
  if (code.startsWith('ERR_SSL_')) return 'TLS handshake failed';
  if (code.startsWith('ERR_TLS_')) return 'certificate is not valid';
  return /^[A-Z_]+$/.test(code) ? `connection failed (${code})` : 'connection failed';
}

/** Why a status is no success, or null for 2xx. */
export function statusWords(status: number): string | null {
  if (isSuccess(status)) return null;
  if (status >= 300 && status < 400) return `answered ${status}; redirects are not followed`;
  return `answered ${status}`;
}

/** Says that the time of an attempt was up. */
export function timeoutWords(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  return `timed out after ${seconds >= 1 ? `${Number(seconds.toFixed(1))} s` : `${milliseconds} ms`}`;
}
