import { afterEach, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';

import { callApi } from './api-client';
import { errorMessage } from './error-message';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** What people read when a call gets this answer (null: none at all). */
async function wordsFor(answer: Response | null): Promise<string> {
  vi.stubGlobal('fetch', async () => {
    if (answer) return answer;
    throw new TypeError('Failed to fetch');
  });
  const error: unknown = await callApi('/api/x', { schema: z.object({ id: z.string() }) }).catch(
    (thrown: unknown) => thrown,
  );
  const { title, detail } = errorMessage(error, 'load the webhooks');
  expect(title).toBe('Could not load the webhooks');
  return detail;
}

const problem = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });

test.each([
  [400, { detail: 'The name is too long.' }, 'The name is too long.'],
  [400, {}, 'The API refused this (400).'],
  [401, { title: 'Unauthorized' }, 'You are signed out. Sign in again.'],
  [403, {}, 'You may not do this, but an administrator of the organization may.'],
  [403, { detail: 'Read only.' }, 'You may not do this. Read only.'],
  [404, {}, 'It does not exist, or not any more: somebody may have deleted it meanwhile.'],
  [409, { detail: 'Taken.' }, 'It conflicts with what is there already. The API says: Taken.'],
  [412, {}, 'It was changed elsewhere meanwhile. Look at it again, then try once more.'],
  [413, {}, 'This is more than the API takes at once.'],
  [415, {}, 'The API refused this (415).'],
  [429, {}, 'Too many requests. Try again in a moment.'],
  [500, { detail: 'Its log says why.' }, 'Its log says why.'],
  [503, {}, 'The server failed (503). Please try again.'],
  [502, { detail: 'The Qovery API gave no answer.' }, 'The Qovery API gave no answer.'],
])('%i %o: %s', async (status, body, words) => {
  expect(await wordsFor(problem(status, body))).toBe(words);
});

test.each([
  ['1', 'Too many requests. Try again in 1 second.'],
  ['90', 'Too many requests. Try again in 90 seconds.'],
  ['600', 'Too many requests. Try again in 10 minutes.'],
  ['-5', 'Too many requests. Try again in a moment.'],
  ['soon', 'Too many requests. Try again in a moment.'],
])('429 with Retry-After %s: %s', async (retryAfter, words) => {
  expect(await wordsFor(problem(429, {}, { 'retry-after': retryAfter }))).toBe(words);
});

test('429 until a point in time counts the seconds to it', async () => {
  vi.useFakeTimers({ now: Date.parse('2026-06-15T12:00:00Z') });
  const until = { 'retry-after': 'Mon, 15 Jun 2026 12:00:30 GMT' };
  expect(await wordsFor(problem(429, {}, until))).toBe(
    'Too many requests. Try again in 30 seconds.',
  );
});

test('no answer, without and with a network', async () => {
  expect(await wordsFor(null)).toBe(
    'The API cannot be reached. Check your connection and that the server is running.',
  );
  vi.stubGlobal('navigator', { onLine: false });
  expect(await wordsFor(null)).toBe('You are offline. Connect to the network, then try again.');
});

test('an answer that is not what was asked for', async () => {
  const words = 'The API answered something that this console does not understand.';
  expect(await wordsFor(problem(200, { id: 1 }))).toBe(words);
  expect(await wordsFor(new Response('<html>'))).toBe(words);
});

test('a mistake of the console itself', () => {
  expect(errorMessage(new TypeError('x is undefined'), 'save').detail).toBe(
    'Something unexpected happened. Please try again.',
  );
});
