import { QueryClientProvider, useQuery, type QueryClient } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { beforeEach, expect, test } from 'vitest';

import { createQueryClient } from '../query-client';
import { dismissToast, toastStore } from '../ui/toast-store';
import { fakeNetwork, type FakeNetwork } from './fake-network';
import { webhooksQuery } from './queries';
import { useSaveEdits } from './save-edits';
import { testWebhook } from './test-webhook';
import { toggleWebhook } from './toggle-webhook';
import { findRow } from './webhook-cache';
import { initialValues, type WebhookFormValues } from './webhook-form-values';

/*
 * One admin, one webhook, two writes of it at once: a switch, and a form whose save still goes on
 * when it is left by Back, or over which a toast offers Undo.
 */

const organization = 'o';
const before = testWebhook('a', { description: 'before', enabled: true });

let network: FakeNetwork;
let client: QueryClient;

beforeEach(() => {
  for (const { id } of toastStore.get()) dismissToast(id);
  network = fakeNetwork();
  client = createQueryClient();
  client.setQueryData(webhooksQuery(organization).queryKey, { results: [before], unreadable: 0 });
});

/** The page: the list, and a form that saves over the webhook as it was at first. */
function open() {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const left = { isShown: () => false, recover: { label: 'Continue', run: () => undefined } };
  const { result } = renderHook(
    () => ({
      list: useQuery(webhooksQuery(organization)),
      edits: useSaveEdits(organization, 'a', left),
    }),
    { wrapper },
  );
  return {
    save: (change: Partial<WebhookFormValues>) =>
      act(async () =>
        result.current.edits.mutate({
          values: { ...initialValues(before), ...change },
          stored: before,
        }),
      ),
    toggle: (enabled: boolean) =>
      act(async () => toggleWebhook(client, organization, 'a', enabled, () => undefined)),
    comeBack: () => act(async () => void result.current.list.refetch()),
  };
}

const row = () => findRow(client, organization, 'a');
const settled = () => waitFor(() => expect(client.isMutating() + client.isFetching()).toBe(0));
const failures = () => toastStore.get().filter(({ tone }) => tone === 'error');

test('saved while a toggle is on its way: both count, and it is no conflict', async () => {
  const { save, toggle } = open();
  await toggle(false);
  const toggled = await network.call(1);
  await save({ description: 'after' });
  expect(network.calls).toHaveLength(1);
  toggled.answer(200, { ...before, enabled: false, version: 2 });
  // The form was opened before the toggle.
  (await network.call(2)).answer(412, {});
  (await network.call(3)).answer(200, { ...before, enabled: false, version: 2 });
  const saved = await network.call(4);
  expect(saved).toMatchObject({
    method: 'PUT',
    ifMatch: '"2"',
    body: { description: 'after', enabled: false },
  });
  saved.answer(200, { ...before, description: 'after', enabled: false, version: 3 });
  await settled();
  expect(row()).toMatchObject({ description: 'after', enabled: false, version: 3 });
  expect(failures()).toEqual([]);
});

test('toggled while a save is on its way: both count, and the switch does not go back meanwhile', async () => {
  const { save, toggle } = open();
  await save({ description: 'after' });
  const saving = await network.call(1);
  await toggle(false);
  expect(row()?.enabled).toBe(false);
  expect(network.calls).toHaveLength(1);
  saving.answer(200, { ...before, description: 'after', version: 2 });
  const toggled = await network.call(2);
  expect(row()).toMatchObject({ description: 'after', enabled: false, version: 2 });
  expect(toggled).toMatchObject({
    ifMatch: '"2"',
    body: { description: 'after', enabled: false },
  });
  toggled.answer(200, { ...before, description: 'after', enabled: false, version: 3 });
  await settled();
  expect(row()).toMatchObject({ description: 'after', enabled: false, version: 3 });
});

test('a toggle that fails after a save goes back to what was saved', async () => {
  const { save, toggle } = open();
  await save({ enabled: false });
  const saving = await network.call(1);
  await toggle(false);
  await toggle(true);
  saving.answer(200, { ...before, enabled: false, version: 2 });
  (await network.call(2)).answer(500, {});
  (await network.call(3)).answer(500, {});
  await settled();
  expect(row()).toMatchObject({ enabled: false, version: 2 });
});

test('a list that is loaded while a toggle is on its way does not turn it back', async () => {
  const { toggle, comeBack } = open();
  await toggle(false);
  const toggled = await network.call(1);
  await comeBack();
  (await network.call(2)).answer(200, { results: [before] });
  await waitFor(() => expect(client.isFetching()).toBe(0));
  expect(row()?.enabled).toBe(false);
  toggled.answer(500, {});
  await settled();
  expect(row()?.enabled).toBe(true);
});

test('a list that was read before a toggle was saved and comes after it is asked for again', async () => {
  const { toggle, comeBack } = open();
  await toggle(false);
  const toggled = await network.call(1);
  await comeBack();
  const stale = await network.call(2);
  toggled.answer(200, { ...before, enabled: false, version: 2 });
  const again = await network.call(3);
  stale.answer(200, { results: [before] });
  expect(again.method).toBe('GET');
  expect(row()).toMatchObject({ enabled: false, version: 2 });
  again.answer(200, { results: [{ ...before, enabled: false, version: 2 }] });
  await settled();
  expect(row()).toMatchObject({ enabled: false, version: 2 });
});
