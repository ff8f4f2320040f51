import { errors } from 'undici';
import { expect, it } from 'vitest';

import { ExchangeError } from '../failure-words';
import { Unanswered } from './upstream-exchange';
import { faultOf, faultProblem } from './upstream-fault';
import { upstreamLimits } from './upstream-limits';

const withCode = (code: string) => Object.assign(new Error('at 10.0.0.1'), { code });

/** An error, whether anything had been sent, and the fault. */
it.each([
  [new errors.ConnectTimeoutError('10.0.0.1'), false, 502, 'connection timed out'],
  [withCode('ETIMEDOUT'), false, 502, 'connection timed out'],
  [withCode('ETIMEDOUT'), true, 504, 'connection timed out'],
  [new ExchangeError('timed out after 30 s'), false, 504, 'timed out after 30 s'],
  [new ExchangeError('timed out after 30 s'), true, 504, 'timed out after 30 s'],
  [new errors.HeadersTimeoutError(), true, 504, 'timed out after 20 s'],
  [
    new errors.BodyTimeoutError(),
    true,
    504,
    'its answer stopped half-way and timed out after 10 s',
  ],
  [new errors.SocketError('other side closed'), true, 502, 'connection closed without a response'],
  [new errors.HTTPParserError('Expected HTTP/'), true, 502, 'invalid HTTP response'],
  [
    new errors.HeadersOverflowError(),
    true,
    502,
    'invalid HTTP response: the headers are too large',
  ],
  [withCode('ECONNRESET'), true, 502, 'connection reset'],
  // A proxy that hangs up while TLS begins.
  [withCode('ECONNRESET'), false, 502, 'connection reset'],
  [withCode('ECONNREFUSED'), false, 502, 'connection refused'],
  [withCode('ENOTFOUND'), false, 502, 'name not found'],
  [withCode('CERT_HAS_EXPIRED'), false, 502, 'certificate has expired'],
  [withCode('ENEW'), true, 502, 'connection failed (ENEW)'],
])('%s, sent: %s, is a %i: %s', (error, isSent, status, words) => {
  const fault = faultOf(new Unanswered(error, isSent), upstreamLimits);
  expect(fault).toEqual({ status, words, mayBeDone: isSent });
  if (fault === null) return;
  const said = `The Qovery API (q.test) gave no answer: ${words}.`;
  expect(faultProblem(fault, { host: 'q.test', method: 'GET' })).toMatchObject({
    status,
    detail: said,
  });
  const { detail } = faultProblem(fault, { host: 'q.test', method: 'PUT' });
  expect(detail.startsWith(said)).toBe(true);
  expect(/Whether the change was made is not known/.test(detail)).toBe(isSent);
});

it.each([
  new Error('at 10.0.0.1'),
  new TypeError('x is not a function'),
  Object.assign(new TypeError('The argument'), { code: 'ERR_INVALID_ARG_TYPE' }),
  new errors.InvalidArgumentError('invalid path'),
  'no error',
])('%s is a fault of this program', (cause) => {
  expect(faultOf(new Unanswered(cause, true), upstreamLimits)).toBeNull();
});
