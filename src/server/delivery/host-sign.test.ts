import { expect, it } from 'vitest';

import { hostSignOf } from './host-sign';
import { RefusedTargetError } from './target-guard';
import { startReceiver } from './test-receiver';
import { createTestSender, attemptTo, resolveTo, startAnswering } from './test-sender';

it('takes an answer that kept others waiting for a failure', () => {
  expect(hostSignOf(true, null, 5000)).toBe('answers');
  expect(hostSignOf(true, null, 5001)).toBe('fails');
  expect(hostSignOf(true, new Error('broke off'), 10)).toBe('answers');
});

it('learns nothing where this server failed', () => {
  expect(hostSignOf(false, new RefusedTargetError(), 0)).toBeNull();
  expect(hostSignOf(false, Object.assign(new Error('full'), { code: 'EMFILE' }), 0)).toBeNull();
});

it.each([
  ['an error status', 'answers', 500],
  ['a reset', 'fails', 0],
  ['no answer in time', 'fails', 0],
  ['an answer without an end', 'fails', 0],
])('after %s says that the host %s', async (what, sign, status_code) => {
  const receiver =
    what === 'an error status'
      ? await startReceiver((_request, response) => void response.writeHead(500).end())
      : await startAnswering((socket) => {
          if (what === 'a reset') socket.resetAndDestroy();
          if (what === 'an answer without an end') {
            socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n');
          }
        });
  const sender = createTestSender({ timeout: status_code === 0 ? 300 : 20_000 });
  const result = await sender.send(attemptTo(receiver.url));
  expect(result).toMatchObject({ status_code, host_sign: sign });
});

it.each([
  ['10.0.0.1', null, 'refused: private address'],
  ['private.example', null, 'refused: private address'],
  ['missing.example', 'fails', 'name not found'],
])('an attempt at %s gives %j', async (host, sign, error) => {
  const lookUp = host === 'missing.example' ? async () => [] : resolveTo('10.0.0.1');
  const result = await createTestSender({ lookUp }).send(attemptTo(`http://${host}/`));
  expect(result).toMatchObject({ host_sign: sign, error });
});
