import type { QueryClient } from '@tanstack/react-query';
import { waitFor } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';

import { webhookPath } from '../../contract/api-paths';
import { createQueryClient } from '../query-client';
import { startMutation } from '../run-mutation';
import { fakeNetwork, type FakeNetwork } from './fake-network';
import { webhooksQuery } from './queries';
import { testWebhook } from './test-webhook';
import { toggleWebhook } from './toggle-webhook';
import { findRow, writeScope } from './webhook-cache';
import { newestWebhookQuery } from './newest-webhook';

const organization = 'o';

let network: FakeNetwork;
let client: QueryClient;

beforeEach(() => {
  network = fakeNetwork();
  client = createQueryClient();
  client.setQueryData(webhooksQuery(organization).queryKey, {
    results: [testWebhook('a', { enabled: true, warnings: [{ pointer: '/x', message: 'x' }] })],
    unreadable: 0,
  });
});

const ask = () => client.fetchQuery({ ...newestWebhookQuery(organization, 'a'), staleTime: 0 });
const toggle = (enabled: boolean) =>
  toggleWebhook(client, organization, 'a', enabled, () => undefined);
const shown = () => findRow(client, organization, 'a');
const settled = () => waitFor(() => expect(client.isMutating()).toBe(0));

const disabled = { enabled: false, disabled_reason: 'GONE', version: 2 };

test('what has changed is in the list, and what nothing has changed stays as it was', async () => {
  const before = shown();
  const same = ask();
  const first = await network.call(1);
  expect(first.path).toBe(webhookPath(organization, 'a'));
  first.answer(200, testWebhook('a', { enabled: true }));
  await same;
  expect(shown()).toBe(before);
  const other = ask();
  (await network.call(2)).answer(200, testWebhook('a', disabled));
  await other;
  expect(shown()).toMatchObject({ ...disabled, warnings: before?.warnings });
});

test('one that is gone leaves the list', async () => {
  const asked = ask();
  (await network.call(1)).answer(404, {});
  await asked;
  expect(shown()).toBeUndefined();
});

test('an answer from before a toggle does not undo it', async () => {
  const asked = ask();
  const old = await network.call(1);
  toggle(false);
  (await network.call(2)).answer(200, testWebhook('a', { enabled: false, version: 2 }));
  await settled();
  old.answer(200, testWebhook('a', { enabled: true, description: 'old' }));
  await asked;
  expect(shown()).toMatchObject({ enabled: false, version: 2 });
});

test.each(['before', 'after'])('an answer %s that of a toggle does not undo it', async (when) => {
  toggle(false);
  const toggled = await network.call(1);
  const asked = ask();
  const old = await network.call(2);
  const saved = testWebhook('a', { enabled: false, version: 2 });
  if (when === 'after') {
    toggled.answer(200, saved);
    await settled();
  }
  old.answer(200, testWebhook('a', { enabled: true, description: 'old' }));
  await asked;
  expect(shown()).toMatchObject({ enabled: false, description: '' });
  toggled.answer(200, saved);
  await settled();
  expect(shown()).toMatchObject(saved);
});

test('an answer that crosses an edit or a deletion counts for nothing', async () => {
  const asked = ask();
  const old = await network.call(1);
  const options = { scope: writeScope(organization, 'a'), mutationFn: () => new Promise(() => {}) };
  startMutation(client, options, undefined);
  old.answer(404, {});
  await asked;
  expect(shown()).toMatchObject({ enabled: true });
});
