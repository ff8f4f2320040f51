import { createServer } from 'node:http';
import { once } from 'node:events';

import { errors } from 'undici';
import { expect, it, onTestFinished, vi } from 'vitest';

import { organizationsPath, webhookPath } from '../../contract/api-paths';
import { createLog } from '../log';
import { standIn } from './test-stand-in-state';
import type { Behaviour } from './test-stand-in-upstream';
import { createQoveryServer, qoveryToken } from './test-qovery-server';
import { createUpstream } from './upstream';
import { upstreamLimits, type UpstreamLimits } from './upstream-limits';

// Generous: a busy machine is slow.
vi.setConfig({ testTimeout: 60_000 });

const { organizationId, webhookId } = standIn;
const own = webhookPath(organizationId, webhookId);
const silent = createLog('silent');
const doubt = /Whether the change was made is not known/;

async function portOfNobody(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

it('says that nobody is there', async () => {
  const port = await portOfNobody();
  const { call, logLines } = await createQoveryServer({ url: `http://127.0.0.1:${port}/` });
  const { status, body } = await call('DELETE', own);
  expect([status, body['detail']]).toEqual([
    502,
    `The Qovery API (127.0.0.1:${port}) gave no answer: connection refused.`,
  ]);
  expect(logLines.join('')).toMatch(/"level":"warn".*"error":"connection refused"/);
});

it.each<[NonNullable<Behaviour['answer']>, Partial<UpstreamLimits>, number, RegExp]>([
  ['reset', {}, 502, /gave no answer: connection reset\./],
  ['none', { headers: 40 }, 504, /gave no answer: timed out after 40 ms\./],
  ['none', { whole: 500 }, 504, /gave no answer: timed out after 500 ms\./],
  [
    'half',
    { pause: 40 },
    504,
    /gave no answer: its answer stopped half-way and timed out after 40 ms\./,
  ],
  ['half', { whole: 500 }, 504, /gave no answer: timed out after 500 ms\./],
  [{ bytes: 'HTTP/1.1 banana\r\n\r\n' }, {}, 502, /gave no answer: invalid HTTP response\./],
  [
    { bytes: `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(40_000)}\r\n\r\n` },
    {},
    502,
    /gave no answer: invalid HTTP response: the headers are too large\./,
  ],
  [
    { bytes: 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nno length\r\n' },
    {},
    502,
    /gave no answer: invalid HTTP response\./,
  ],
  [{ status: 200, body: '"12345678"' }, { body: 9 }, 502, /gave an answer that is too large\./],
])('says what went wrong: %j with %j', async (answer, limits, expected, words) => {
  const { call, upstream } = await createQoveryServer({ limits });
  upstream.control({ behaviours: [{ answer }] });
  const read = await call('GET', organizationsPath());
  expect([read.status, read.body['detail']]).toEqual([expected, expect.stringMatching(words)]);
  expect(read.body['detail']).not.toMatch(doubt);
  const written = await call('PUT', own, { body: {} });
  expect([written.status, written.body['detail']]).toEqual([
    expected,
    expect.stringMatching(words),
  ]);
  expect(written.body['detail']).toMatch(doubt);
  // Once each: what may have been read is not sent again.
  expect(upstream.requests.map(({ method }) => method)).toEqual(['GET', 'PUT']);
});

it('is not in doubt about a write that never had a connection', async () => {
  const { upstream } = await createQoveryServer();
  const limits = { ...upstreamLimits, connections: 1 };
  const client = createUpstream({ url: upstream.url, token: qoveryToken }, silent, limits);
  onTestFinished(() => client.close());
  upstream.control({ behaviours: [{ answer: 'none' }] });
  const path = `/organization/${organizationId}/webhook/${webhookId}`;
  const first = client.call({ method: 'DELETE', path });
  await vi.waitFor(() => expect(upstream.requests).toHaveLength(1), 10_000);
  limits.whole = 50;
  await expect(client.call({ method: 'PUT', path, body: '{}' })).rejects.toMatchObject({
    status: 504,
    detail: expect.stringMatching(
      /gave no answer: no connection to it was free, timed out after 50 ms\.$/,
    ),
  });
  // The first one's end makes room: what was given up is not sent then either.
  upstream.endConnections();
  await expect(first).rejects.toMatchObject({ detail: expect.stringMatching(doubt) });
  upstream.control({ behaviours: [] });
  limits.whole = upstreamLimits.whole;
  await client.call({ method: 'GET', path });
  expect(upstream.requests.map(({ method }) => method)).toEqual(['DELETE', 'GET']);
});

it('leaves a fault of its own to those who log it', async () => {
  const { upstream } = await createQoveryServer();
  const { url } = upstream;
  const client = createUpstream({ url, token: qoveryToken }, silent, upstreamLimits);
  onTestFinished(() => client.close());
  const noPath = { method: 'GET', path: Symbol('path') as unknown as string } as const;
  await expect(client.call(noPath)).rejects.toThrow(TypeError);
  const noText = { method: 'PUT', path: '/', body: 7 as unknown as string } as const;
  await expect(client.call(noText)).rejects.toThrow(errors.InvalidArgumentError);
});

it('does not wait for the rest of an answer that is too large', async () => {
  const { call, upstream } = await createQoveryServer({ limits: { body: 0 } });
  upstream.control({ behaviours: [{ answer: 'half' }] });
  expect((await call('GET', organizationsPath())).status).toBe(502);
  await vi.waitFor(() => expect(upstream.requests[0]?.isAbandoned).toBe(true), 10_000);
});

it('is well again once the Qovery API is', async () => {
  const { call, upstream } = await createQoveryServer();
  upstream.control({
    behaviours: [
      { answer: 'reset', times: 1 },
      { after: 1, times: 1 },
    ],
  });
  expect((await call('GET', organizationsPath())).status).toBe(502);
  expect((await call('GET', organizationsPath())).status).toBe(200);
  expect((await call('GET', organizationsPath())).status).toBe(200);
});

it('ends a call for a browser that has gone away, but not a write', async () => {
  const { call, upstream, logLines } = await createQoveryServer();
  upstream.control({ behaviours: [{ method: 'GET', answer: 'none' }, { answer: 'none' }] });
  for (const method of ['GET', 'DELETE']) {
    const leaving = new AbortController();
    const asking = call(method, own, { signal: leaving.signal });
    await vi.waitFor(() => expect(upstream.requests.at(-1)?.method).toBe(method), 10_000);
    leaving.abort();
    await expect(asking).rejects.toThrow();
  }
  await vi.waitFor(() => expect(upstream.requests[0]?.isAbandoned).toBe(true), 10_000);
  await vi.waitFor(() => expect(logLines.join('')).toContain('"status":499'), 10_000);
  expect(upstream.requests[1]?.isAbandoned).toBe(false);
  expect(logLines.join('')).not.toContain('"level":"warn"');
});

it('has the answer to a write whose browser has gone away written down there', async () => {
  const { call, upstream } = await createQoveryServer();
  const leaving = new AbortController();
  upstream.control({ behaviours: [{ after: 50 }] });
  const asking = call('DELETE', own, { signal: leaving.signal });
  await vi.waitFor(() => expect(upstream.requests).toHaveLength(1), 10_000);
  leaving.abort();
  await expect(asking).rejects.toThrow();
  await vi.waitFor(() => expect(upstream.contents.webhooks[organizationId]).toEqual([]), 10_000);
  expect(upstream.requests[0]?.isAbandoned).toBe(false);
});
