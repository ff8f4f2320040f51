import { expect, it } from 'vitest';

import { prepareDeliveries } from './test-deliveries';
import { startReceiver, startTcpReceiver } from './test-receiver';

/* The line of an attempt names neither path nor secret nor body, whatever the receiver does. */

const hidden = 'HIDDEN_7f3a';

const answer = (status: number, headers: Record<string, string> = {}) =>
  startReceiver((_request, response) => {
    response.writeHead(status, hidden, { 'x-answer': hidden, ...headers });
    response.end(hidden);
  });

const raw = (text: string) =>
  startTcpReceiver((socket) => {
    socket.once('data', () => socket.end(text));
  });

it.each<[string, () => Promise<{ url: string }>, string | undefined]>([
  ['a success', () => answer(200), undefined],
  ['a failure', () => answer(500), 'answered 500'],
  [
    'a redirect',
    () => answer(302, { location: `/${hidden}` }),
    'answered 302; redirects are not followed',
  ],
  ['no HTTP', () => raw(`${hidden}\r\n\r\n`), 'invalid HTTP response'],
  ['a bad header', () => raw(`HTTP/1.1 200 OK\r\n${hidden} x: 1\r\n\r\n`), 'invalid HTTP response'],
  [
    'a bad length',
    () => raw(`HTTP/1.1 200 OK\r\nContent-Length: ${hidden}\r\n\r\n`),
    'invalid HTTP response',
  ],
  [
    'a reset',
    () => startTcpReceiver((socket) => socket.once('data', () => socket.resetAndDestroy())),
    'connection reset',
  ],
])('after %s', async (_what, startAnswering, error) => {
  const { addWebhook, accept, start, hasTried, logged } = await prepareDeliveries();
  const { url } = await startAnswering();
  const target = `${url}/${hidden}?key=${hidden}`;
  const webhook = await addWebhook(target, { secret: hidden });
  const [delivery = ''] = await accept([webhook], { body: `{"a":"${hidden}"}` });
  start();
  await hasTried(delivery, 1);
  expect(logged).toContainEqual(
    expect.objectContaining({ msg: 'attempt', webhook, delivery, attempt: 1 }),
  );
  const line = logged.find(({ msg }) => msg === 'attempt') ?? {};
  expect(line).toMatchObject({ event: expect.any(String), duration_ms: expect.any(Number) });
  expect(line['status']).toEqual(expect.any(Number));
  expect(line['error']).toBe(error);
  expect(JSON.stringify(logged)).not.toMatch(/hidden/i);
});
