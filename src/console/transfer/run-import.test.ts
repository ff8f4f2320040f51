import type { QueryClient } from '@tanstack/react-query';
import { beforeEach, expect, test, vi } from 'vitest';

import { toWebhookRequest, type Webhook } from '../../contract/webhook';
import { createQueryClient } from '../query-client';
import { fakeNetwork, type FakeNetwork } from '../webhooks/fake-network';
import { webhooksQuery } from '../webhooks/queries';
import { testWebhook } from '../webhooks/test-webhook';
import { isWritten, planImport } from './import-plan';
import { startImport } from './run-import';
import { readWebhookFile } from './webhook-file';

const organization = 'o';
const stored = testWebhook('a', { version: null, description: 'before' });
const other = testWebhook('z');

let network: FakeNetwork;
let client: QueryClient;
/** The places of the rows that are through. */
let wrote: number[];

beforeEach(() => {
  network = fakeNetwork();
  client = createQueryClient();
  wrote = [];
});

/** Begins to import these, over what is stored. */
function start(...wanted: Partial<Webhook>[]) {
  client.setQueryData(webhooksQuery(organization).queryKey, {
    results: [stored, other],
    unreadable: 0,
  });
  const rows = wanted.map((change) => toWebhookRequest({ ...stored, ...change }));
  const plan = planImport(readWebhookFile(JSON.stringify(rows)), [stored], {
    keepsSecrets: false,
  });
  return startImport(client, organization, plan.filter(isWritten), ({ place }) => {
    wrote.push(place);
  });
}

test('creates and changes as planned, and the list has it at once', async () => {
  const run = start({ description: 'after' }, { target_url: 'https://example.org/new' });
  const [first, second] = [await network.call(1), await network.call(2)];
  const [read, created] = first.method === 'GET' ? [first, second] : [second, first];
  expect(created).toMatchObject({
    method: 'POST',
    body: { target_url: 'https://example.org/new', description: 'before' },
  });
  read.answer(200, stored);
  created.answer(201, testWebhook('b'));
  const changed = await network.call(3);
  expect(changed).toMatchObject({ method: 'PUT', body: { description: 'after' } });
  changed.answer(200, { ...stored, description: 'after' });
  await run.ended;
  expect(run.get()).toMatchObject({ succeeded: 2, failures: [] });
  expect(wrote.toSorted()).toEqual([0, 1]);
  // What is changed keeps its place, what is new stands where the API lists it.
  const list = client.getQueryData(webhooksQuery(organization).queryKey);
  expect(list?.results).toMatchObject([
    { id: 'a', description: 'after' },
    { id: 'z' },
    { id: 'b' },
  ]);
});

test('leaves what somebody else has changed since it was planned, and says so', async () => {
  const run = start({ description: 'after' });
  (await network.call(1)).answer(200, { ...stored, enabled: !stored.enabled });
  await run.ended;
  expect(run.get().failures).toMatchObject([
    { item: { outcome: 'change' }, error: { status: 412 } },
  ]);
  expect(network.calls.filter(({ method }) => method === 'PUT')).toEqual([]);
  expect(wrote).toEqual([]);
  // The row that it was planned over is an old one.
  const { queryKey } = webhooksQuery(organization);
  await vi.waitFor(() => expect(client.getQueryState(queryKey)?.isInvalidated).toBe(true));
});

test('waits where the API asks for it, and goes on', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const run = start({ target_url: 'https://example.org/new' });
  (await network.call(1)).answer(429, {});
  await vi.waitFor(() => expect(run.get().waiting).not.toBeNull());
  expect(network.calls).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(5000);
  (await network.call(2)).answer(201, testWebhook('b'));
  await run.ended;
  vi.useRealTimers();
  expect(run.get()).toMatchObject({ succeeded: 1, failures: [] });
});
