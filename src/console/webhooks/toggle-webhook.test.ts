import type { QueryClient } from '@tanstack/react-query';
import { waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, test, vi } from 'vitest';

import { webhookPath } from '../../contract/api-paths';
import type { Webhook } from '../../contract/webhook';
import { capabilitiesQuery } from '../capabilities-queries';
import { createQueryClient } from '../query-client';
import { runMutation } from '../run-mutation';
import { dismissToast, toastStore } from '../ui/toast-store';
import { fakeNetwork, type FakeNetwork } from './fake-network';
import { webhooksQuery } from './queries';
import {
  flipWebhook,
  SecretAtRisk,
  toggleOptions,
  toggleWebhook,
  type AskForSecret,
} from './toggle-webhook';
import { findRow } from './webhook-cache';
import { testWebhook } from './test-webhook';

const organization = 'o';
const ask = vi.fn<AskForSecret>();

let network: FakeNetwork;
let client: QueryClient;

beforeEach(() => {
  for (const { id } of toastStore.get()) dismissToast(id);
  ask.mockClear();
  network = fakeNetwork();
  client = createQueryClient();
  client.setQueryData(webhooksQuery(organization).queryKey, {
    results: [testWebhook('a'), testWebhook('b')],
    unreadable: 0,
  });
});

const toggleOf = (id: string) => (enabled: boolean) =>
  toggleWebhook(client, organization, id, enabled, ask);

const shown = (id: string) => findRow(client, organization, id)?.enabled;
const settled = () => waitFor(() => expect(client.isMutating()).toBe(0));

test('shows the wanted value at once and keeps what the API answers', async () => {
  toggleOf('a')(true);
  expect(shown('a')).toBe(true);
  const call = await network.call(1);
  expect(call).toMatchObject({ method: 'PUT', path: webhookPath(organization, 'a') });
  expect(call).toMatchObject({ ifMatch: '"1"', body: { enabled: true } });
  expect(call.body).not.toHaveProperty('target_secret');
  expect(call.body).not.toHaveProperty('id');
  call.answer(200, testWebhook('a', { enabled: true, version: 2 }));
  await settled();
  expect(findRow(client, organization, 'a')).toMatchObject({ enabled: true, version: 2 });
  expect(network.calls).toHaveLength(1);
});

test('goes back and says why if the API refuses', async () => {
  toggleOf('a')(true);
  (await network.call(1)).answer(500, { title: 'Internal error' });
  await settled();
  expect(shown('a')).toBe(false);
  expect(toastStore.get()).toMatchObject([
    { tone: 'error', title: 'Could not change the webhook' },
  ]);
});

test('a failure of one row leaves another row alone', async () => {
  toggleOf('a')(true);
  toggleOf('b')(true);
  const [a, b] = [await network.call(1), await network.call(2)];
  a.answer(500, {});
  b.answer(200, testWebhook('b', { enabled: true, version: 2 }));
  await settled();
  expect([shown('a'), shown('b')]).toEqual([false, true]);
});

test('two fast clicks follow each other and end in the state last wanted', async () => {
  const toggle = toggleOf('a');
  toggle(true);
  const first = await network.call(1);
  toggle(false);
  expect(shown('a')).toBe(false);
  first.answer(200, testWebhook('a', { enabled: true, version: 2 }));
  const second = await network.call(2);
  expect(shown('a')).toBe(false);
  expect(second).toMatchObject({ ifMatch: '"2"', body: { enabled: false } });
  second.answer(200, testWebhook('a', { enabled: false, version: 3 }));
  await settled();
  expect(shown('a')).toBe(false);
});

test('a first click that fails does not undo the second', async () => {
  const toggle = toggleOf('a');
  toggle(true);
  const first = await network.call(1);
  toggle(false);
  toggle(true);
  first.answer(500, {});
  const second = await network.call(2);
  expect(shown('a')).toBe(true);
  second.answer(200, testWebhook('a', { enabled: false, version: 2 }));
  (await network.call(3)).answer(200, testWebhook('a', { enabled: true, version: 3 }));
  await settled();
  expect(shown('a')).toBe(true);
});

test('if all of several clicks fail, the row shows what the API has', async () => {
  const toggle = toggleOf('a');
  toggle(true);
  const first = await network.call(1);
  toggle(false);
  first.answer(500, {});
  (await network.call(2)).answer(500, {});
  await settled();
  expect(shown('a')).toBe(false);

  toggle(true);
  (await network.call(3)).answer(200, testWebhook('a', { enabled: true, version: 2 }));
  await settled();
  toggle(false);
  const fourth = await network.call(4);
  toggle(true);
  fourth.answer(200, testWebhook('a', { enabled: false, version: 3 }));
  (await network.call(5)).answer(500, {});
  await settled();
  expect(shown('a')).toBe(false);
});

test('saves on top of what somebody else has changed meanwhile', async () => {
  toggleOf('a')(true);
  (await network.call(1)).answer(412, {});
  const read = await network.call(2);
  expect(read.method).toBe('GET');
  read.answer(200, testWebhook('a', { description: 'theirs', version: 5 }));
  const again = await network.call(3);
  expect(again).toMatchObject({ ifMatch: '"5"', body: { enabled: true, description: 'theirs' } });
  again.answer(200, testWebhook('a', { enabled: true, description: 'theirs', version: 6 }));
  await settled();
  expect(findRow(client, organization, 'a')).toMatchObject({
    enabled: true,
    description: 'theirs',
  });
});

test('gives up if it is changed again and again', async () => {
  toggleOf('a')(true);
  (await network.call(1)).answer(412, {});
  (await network.call(2)).answer(200, testWebhook('a', { version: 5 }));
  (await network.call(3)).answer(412, {});
  await settled();
  expect(shown('a')).toBe(false);
  expect(toastStore.get()).toMatchObject([{ tone: 'error' }]);
});

test('says what disabling means, and offers to take it back', async () => {
  client.setQueryData(webhooksQuery(organization).queryKey, {
    results: [testWebhook('a', { enabled: true })],
    unreadable: 0,
  });
  toggleOf('a')(false);
  (await network.call(1)).answer(200, testWebhook('a', { enabled: false, version: 2 }));
  await settled();
  const [toast] = toastStore.get();
  expect(toast).toMatchObject({
    subject: 'https://example.org/a',
    detail: 'Events that happen meanwhile are not kept.',
  });
  toast?.action?.run();
  expect(shown('a')).toBe(true);
  expect((await network.call(2)).body.enabled).toBe(true);
});

test('a double click before anything is drawn wants what was there', async () => {
  flipWebhook(client, organization, 'a', ask);
  flipWebhook(client, organization, 'a', ask);
  (await network.call(1)).answer(200, testWebhook('a', { enabled: true, version: 2 }));
  const second = await network.call(2);
  expect(second.body.enabled).toBe(false);
  second.answer(200, testWebhook('a', { enabled: false, version: 3 }));
  await settled();
  expect(shown('a')).toBe(false);
});

describe('where the API drops the secret with every change', () => {
  const withSecret = testWebhook('a', { version: null, target_secret_set: true });
  const put = (webhook = withSecret) =>
    client.setQueryData(webhooksQuery(organization).queryKey, {
      results: [webhook],
      unreadable: 0,
    });
  const save = (value?: string) =>
    runMutation(client, toggleOptions(client, organization, 'a'), {
      enabled: true,
      ...(value !== undefined && { secret: { value, seen: withSecret } }),
    });

  test('asks for it, and changes nothing before', () => {
    put();
    flipWebhook(client, organization, 'a', ask);
    expect(ask.mock.calls).toEqual([['a', true]]);
    expect(shown('a')).toBe(false);
    expect(network.calls).toHaveLength(0);
  });

  test('asks for nothing where it is kept', async () => {
    put({ ...withSecret, version: 1 });
    client.setQueryData(capabilitiesQuery().queryKey, ['keeps-secret']);
    flipWebhook(client, organization, 'a', ask);
    expect(ask).not.toHaveBeenCalled();
    (await network.call(1)).answer(200, { ...withSecret, enabled: true });
    await settled();
  });

  test.each([
    ['given', 'given'],
    ['', undefined],
  ])('saves with %j over what is stored now', async (value, sent) => {
    put();
    const saving = save(value);
    const read = await network.call(1);
    expect(read.method).toBe('GET');
    read.answer(200, { ...withSecret, description: 'theirs' });
    const call = await network.call(2);
    expect(call).toMatchObject({ method: 'PUT', body: { enabled: true, description: 'theirs' } });
    expect(call.body['target_secret']).toBe(sent);
    call.answer(200, { ...withSecret, enabled: true, target_secret_set: sent !== undefined });
    await saving;
  });

  test('asks for nothing where there are versions, though the features are not known', async () => {
    put({ ...withSecret, version: 1 });
    flipWebhook(client, organization, 'a', ask);
    expect(ask).not.toHaveBeenCalled();
    (await network.call(1)).answer(200, { ...withSecret, enabled: true });
    await settled();
  });

  test('asks where it is not told whether there is one', () => {
    put({ ...withSecret, target_secret_set: null });
    flipWebhook(client, organization, 'a', ask);
    expect(ask).toHaveBeenCalledOnce();
  });

  test('writes nothing back that it was not told', async () => {
    put();
    const failed = expect(save('given')).rejects.toThrow('stored as: Kind, Events.');
    const { kind: _, events: __, ...bare } = withSecret;
    (await network.call(1)).answer(200, bare);
    await failed;
    expect(network.calls).toHaveLength(1);
  });

  test.each<[string, string | undefined, Partial<Webhook>]>([
    ['somebody else has set one meanwhile', undefined, {}],
    ['somebody else has removed it', 'given', { target_secret_set: false }],
    ['it may be another by now', 'given', { updated_at: '2026-02-01T00:00:00Z' }],
    ['somebody else has changed the receiver', 'given', { target_url: 'https://example.com/' }],
  ])('saves nothing if %s, and shows what is stored', async (_, value, theirs) => {
    put({ ...withSecret, target_secret_set: value !== undefined });
    const failed = expect(save(value)).rejects.toBeInstanceOf(SecretAtRisk);
    (await network.call(1)).answer(200, { ...withSecret, ...theirs });
    await failed;
    expect(network.calls).toHaveLength(1);
    expect(findRow(client, organization, 'a')).toMatchObject({
      enabled: false,
      target_secret_set: true,
      ...theirs,
    });
  });
});
