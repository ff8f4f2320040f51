import { errors } from 'undici';
import { expect, it } from 'vitest';

import { faultOf, faultProblem } from './upstream-fault';
import { upstreamLimits } from './upstream-limits';

const withCode = (code: string) => Object.assign(new Error('at 10.0.0.1'), { code });

it.each([
  [new errors.ConnectTimeoutError('10.0.0.1'), 504, 'connection timed out', false],
  [withCode('ETIMEDOUT'), 504, 'connection timed out', false],
  [new errors.HeadersTimeoutError(), 504, 'timed out after 20 s', true],
  [
    new errors.BodyTimeoutError(),
    504,
    'its answer stopped half-way and timed out after 10 s',
    true,
  ],
  [new errors.SocketError('other side closed'), 502, 'connection closed without a response', true],
  [withCode('ECONNRESET'), 502, 'connection reset', true],
  [withCode('ECONNREFUSED'), 502, 'connection refused', false],
  [withCode('ENOTFOUND'), 502, 'name not found', false],
  [withCode('CERT_HAS_EXPIRED'), 502, 'certificate has expired', false],
  [new Error('at 10.0.0.1'), 502, 'connection failed', false],
  ['no error', 502, 'connection failed', false],
])('%s is a %i: %s', (error, status, words, mayBeDone) => {
  const fault = faultOf(error, upstreamLimits);
  expect(fault).toEqual({ status, words, mayBeDone });
  const said = `The Qovery API (q.test) gave no answer: ${words}.`;
  expect(faultProblem(fault, { host: 'q.test', method: 'GET' })).toMatchObject({
    status,
    detail: said,
  });
  const { detail } = faultProblem(fault, { host: 'q.test', method: 'PUT' });
  expect(detail.startsWith(said)).toBe(true);
  expect(/Whether the change was made is not known/.test(detail)).toBe(mayBeDone);
});
