import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';

import { callApi } from './api-client';

const schema = z.object({ from: z.string() });
const answer = (from: string, status = 200) => new Response(JSON.stringify({ from }), { status });
const early = (path: string, promise: Promise<Response>) => {
  globalThis.earlyAnswers = new Map([[path, promise]]);
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) =>
    signal?.aborted ? Promise.reject(signal.reason) : Promise.resolve(answer('now')),
  );
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  globalThis.earlyAnswers = undefined;
});

test('what was asked for early is taken once, and by reads only', async () => {
  early('/list', Promise.resolve(answer('early')));
  expect(await callApi('/list', { method: 'POST', schema })).toEqual({ from: 'now' });
  expect(await callApi('/other', { schema })).toEqual({ from: 'now' });
  expect(await callApi('/list', { schema })).toEqual({ from: 'early' });
  expect(await callApi('/list', { schema })).toEqual({ from: 'now' });
});

test.each([
  ['nobody was signed in', () => Promise.resolve(answer('early', 401))],
  ['it failed', () => Promise.reject(new TypeError('Failed to fetch'))],
])('it is asked for again if %s', async (_, make) => {
  early('/list', make());
  expect(await callApi('/list', { schema })).toEqual({ from: 'now' });
});

test('what was asked for early is given up after a minute, too', async () => {
  early('/list', new Promise(() => undefined));
  const call = expect(callApi('/list', { schema })).rejects.toThrow(
    'has not answered for a minute',
  );
  await vi.advanceTimersByTimeAsync(60_000);
  await call;
});

test('and at once if nobody wants it any more', async () => {
  early('/list', new Promise(() => undefined));
  const controller = new AbortController();
  const call = expect(callApi('/list', { schema, signal: controller.signal })).rejects.toThrow(
    'not wanted',
  );
  controller.abort(new Error('not wanted'));
  await call;
});
