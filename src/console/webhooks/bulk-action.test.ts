import type { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { Webhook } from '../../contract/webhook';
import { createQueryClient } from '../query-client';
import {
  isWhole,
  outcomeDetail,
  outcomeTitle,
  outcomeToast,
  startBulk,
  type BulkAction,
} from './bulk-action';
import { webhooksQuery } from './queries';
import { findRow } from './webhook-cache';
import { testWebhook } from './test-webhook';

const organization = 'o';

const webhook = (id: string, enabled = true) => testWebhook(id, { enabled });

type Answer = (id: string, method: string) => Response | Promise<Response>;

let client: QueryClient;
/** The network: what was asked, and what it answers. */
let asked: string[];
let answer: Answer;

beforeEach(() => {
  asked = [];
  vi.stubGlobal('fetch', async (path: string, { method = 'GET', body }: RequestInit) => {
    const id = path.split('/').at(-1) ?? '';
    asked.push(`${method} ${id}`);
    const given = await answer(id, method);
    if (given.status !== 200) return given;
    const { enabled } = JSON.parse(typeof body === 'string' ? body : '{}') as Partial<Webhook>;
    return Response.json({ ...webhook(id, enabled), version: 2 });
  });
  client = createQueryClient();
});

afterEach(() => vi.useRealTimers());

const ok: Answer = () => new Response(null, { status: 200 });
const refusal = (status: number, headers = {}) => new Response('{}', { status, headers });

function start(action: BulkAction, webhooks: Webhook[], list = webhooks) {
  client.setQueryData(webhooksQuery(organization).queryKey, { results: list, unreadable: 0 });
  const wrote: string[] = [];
  const bulk = startBulk(client, organization, action, webhooks, ({ id }) => wrote.push(id));
  return { ...bulk, bulk, wrote };
}

const many = (count: number) => Array.from({ length: count }, (_, index) => webhook(`w${index}`));
const shown = (id: string) => findRow(client, organization, id)?.enabled;

test('some fail: only these go back, and no other is stopped', async () => {
  answer = (id) => (id === 'w1' || id === 'w8' ? refusal(500) : refusal(200));
  const { bulk, run, wrote } = start('disable', many(10));
  await run.ended;
  expect(run.get().failures.map(({ item }) => item.id)).toEqual(['w1', 'w8']);
  expect([shown('w0'), shown('w1'), shown('w8'), shown('w9')]).toEqual([false, true, true, false]);
  expect(wrote).toHaveLength(8);
  expect(outcomeTitle(bulk)).toBe('Disabled 8 of 10 webhooks');
  expect(outcomeDetail(bulk)).toBe('Events that happen meanwhile are not kept. 2 failed.');
});

test('at most four requests are under way at a time', async () => {
  let underWay = 0;
  let most = 0;
  answer = async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await Promise.resolve();
    underWay -= 1;
    return refusal(200);
  };
  await start('disable', many(20)).run.ended;
  expect(most).toBe(4);
  expect(asked).toHaveLength(20);
});

test('too many requests: all wait as long as the API asks, and then go on', async () => {
  vi.useFakeTimers();
  let refused = false;
  answer = () => {
    if (refused) return refusal(200);
    refused = true;
    return refusal(429, { 'retry-after': '7' });
  };
  const { run, changed } = start('disable', many(9));
  await vi.advanceTimersByTimeAsync(6900);
  expect(run.get()).toMatchObject({ phase: 'running', waiting: 7, failures: [] });
  // Those that were under way with it.
  expect(asked).toHaveLength(4);
  await vi.advanceTimersByTimeAsync(200);
  await run.ended;
  expect(changed).toHaveLength(9);
  expect(asked).toHaveLength(10);
});

test('too many requests, for an hour: nothing waits that long, the rest is not started', async () => {
  answer = () => refusal(429, { 'retry-after': '3600' });
  const { bulk, run } = start('disable', many(9));
  await run.ended;
  expect(asked).toHaveLength(4);
  expect(run.get()).toMatchObject({ waiting: null, failures: [] });
  expect([shown('w0'), shown('w8')]).toEqual([true, true]);
  expect(outcomeDetail(bulk)).toBe(
    '9 were not started. Too many requests. Try again in 60 minutes.',
  );
});

test('too many requests, again and again: three waits, and no more', async () => {
  vi.useFakeTimers();
  answer = () => refusal(429);
  const { bulk, run } = start('disable', many(9));
  for (const seconds of [1, 2, 4]) {
    await vi.advanceTimersByTimeAsync(500);
    expect(run.get()).toMatchObject({ phase: 'running', waiting: seconds });
    await vi.advanceTimersByTimeAsync(seconds * 1000 - 500);
  }
  await run.ended;
  expect(outcomeDetail(bulk)).toBe('9 were not started. Too many requests. Try again in a moment.');
});

test('too many requests now and then: as long as some succeed, it goes on', async () => {
  vi.useFakeTimers();
  let requests = 0;
  answer = () => {
    requests += 1;
    return requests % 2 === 0 ? refusal(429, { 'retry-after': '1' }) : refusal(200);
  };
  const { run, changed } = start('disable', many(40));
  await vi.advanceTimersByTimeAsync(120_000);
  await run.ended;
  expect(changed).toHaveLength(40);
});

test('a stop ends the wait, too, and leaves the rest as it is', async () => {
  vi.useFakeTimers();
  answer = () => refusal(429, { 'retry-after': '60' });
  const { bulk, run } = start('disable', many(9));
  await vi.advanceTimersByTimeAsync(1000);
  expect(run.get().waiting).toBe(60);
  run.stop();
  await run.ended;
  expect(asked).toHaveLength(4);
  expect([shown('w0'), shown('w8')]).toEqual([true, true]);
  expect(outcomeDetail(bulk)).toBe('9 were not started.');
});

test('a stop lets what is under way be finished', async () => {
  const { promise, resolve } = withResolver();
  answer = () => promise.then(() => refusal(200));
  const { run, wrote } = start('disable', many(9));
  await vi.waitFor(() => expect(asked).toHaveLength(4));
  run.stop();
  expect(run.get().phase).toBe('stopping');
  resolve();
  await run.ended;
  expect(wrote).toHaveLength(4);
  expect(shown('w3')).toBe(false);
  expect(shown('w4')).toBe(true);
});

test.each([
  ['has ended', 401],
  ['may not write', 403],
])('a session that %s stops the run', async (_why, status) => {
  answer = () => refusal(status);
  const { run } = start('disable', many(20));
  await run.ended;
  expect(asked).toHaveLength(4);
});

test('what is gone leaves the list: switching it counts apart, deleting it as done', async () => {
  answer = (id) => (id === 'w0' ? refusal(404) : refusal(200));
  const switched = start('disable', many(2));
  await switched.run.ended;
  expect(shown('w0')).toBeUndefined();
  expect(outcomeTitle(switched.bulk)).toBe('Disabled 1 webhook');
  expect(outcomeDetail(switched.bulk)).toContain('1 does not exist any more.');

  const deleted = start('delete', many(2));
  await deleted.run.ended;
  expect(outcomeTitle(deleted.bulk)).toBe('Deleted 2 webhooks');
  expect(findRow(client, organization, 'w1')).toBeUndefined();
});

test('what is so already is not written', async () => {
  answer = ok;
  const { bulk, run, changed } = start('disable', [webhook('a', false), webhook('b')]);
  await run.ended;
  expect(asked).toEqual(['PUT b']);
  expect(changed.map(({ id }) => id)).toEqual(['b']);
  expect(outcomeDetail(bulk)).toContain('1 was disabled already.');
});

test('somebody else saved meanwhile: the switch goes on top of theirs', async () => {
  let stale = true;
  answer = (_id, method) => {
    if (method !== 'PUT' || !stale) return refusal(200);
    stale = false;
    return refusal(412);
  };
  const { run } = start('disable', many(1));
  await run.ended;
  expect(asked).toEqual(['PUT w0', 'GET w0', 'PUT w0']);
  expect(run.get().failures).toEqual([]);
  expect(shown('w0')).toBe(false);
});

function withResolver() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

test('leaves out those whose secret the API would drop, and takes them where it keeps it', async () => {
  const secret = (id: string, version: number | null = null) =>
    testWebhook(id, { enabled: true, version, target_secret_set: true });
  const all = [webhook('w0'), secret('w1'), secret('w2'), webhook('w3')];
  answer = ok;
  const { bulk, run, wrote } = start('disable', all);
  await run.ended;
  expect(asked.toSorted()).toEqual(['PUT w0', 'PUT w3']);
  expect(wrote).toEqual(['w0', 'w3']);
  expect(bulk.leftOut.map(({ id }) => id)).toEqual(['w1', 'w2']);
  expect(isWhole(bulk)).toBe(false);
  expect(outcomeTitle(bulk)).toBe('Disabled 2 of 4 webhooks');
  expect(outcomeDetail(bulk)).toContain('2 were left out because this API would drop their secret');
  expect(outcomeToast(bulk, () => undefined)).toMatchObject({
    tone: 'error',
    detail: expect.stringMatching(
      /secret\. https:\/\/example\.org\/w1, https:\/\/example\.org\/w2$/,
    ),
  });
  // Those that are as wanted need nothing.
  expect(start('enable', all).bulk.leftOut).toEqual([]);

  const again = start('disable', [secret('w1', 1), secret('w2', 1)]);
  await again.run.ended;
  expect(again.bulk.leftOut).toEqual([]);
  expect(isWhole(again.bulk)).toBe(true);
});
