import { beforeEach, describe, expect, test } from 'vitest';

import { toWebhookRequest } from '../../contract/webhook';
import { dismissToast, toastStore } from '../ui/toast-store';
import { fakeNetwork, type FakeNetwork } from './fake-network';
import { postWebhook, putWebhook } from './put-webhook';
import { testWebhook } from './test-webhook';

let network: FakeNetwork;

beforeEach(() => {
  for (const { id } of toastStore.get()) dismissToast(id);
  network = fakeNetwork();
});

const changed = { description: 'changed' };

test('with versions, says which one was seen, and asks nothing before', async () => {
  const seen = testWebhook('a', { version: 4, target_secret_set: true });
  const saving = putWebhook('o', seen, { ...toWebhookRequest(seen), target_secret: '' });
  const call = await network.call(1);
  expect(call).toMatchObject({ method: 'PUT', ifMatch: '"4"', body: { target_secret: '' } });
  call.answer(200, { ...seen, target_secret_set: false });
  await saving;
  // It was to be removed.
  expect(toastStore.get()).toEqual([]);
});

describe('without versions', () => {
  const seen = testWebhook('a', { version: null, target_secret_set: true });

  test('looks whether somebody else has changed it, which is a conflict', async () => {
    const saving = putWebhook('o', seen, { ...toWebhookRequest(seen), ...changed });
    const failed = expect(saving).rejects.toMatchObject({ status: 412 });
    const call = await network.call(1);
    expect(call.method).toBe('GET');
    call.answer(200, { ...seen, enabled: !seen.enabled });
    await failed;
    expect(network.calls).toHaveLength(1);
  });

  test.each<[string, { target_secret?: string }, boolean | null, boolean]>([
    ['the secret was to be kept', {}, false, true],
    ['it was replaced', { target_secret: 'new' }, false, true],
    ['it is still there', {}, true, false],
    ['it was to be removed', { target_secret: '' }, false, false],
    ['nothing is said of it', { target_secret: 'new' }, null, false],
  ])('tells loudly of a secret that is gone: %s', async (_, secret, isThere, isTold) => {
    const saving = putWebhook('o', seen, { ...toWebhookRequest(seen), ...changed, ...secret });
    (await network.call(1)).answer(200, { ...seen, events: seen.events.toReversed() });
    const call = await network.call(2);
    expect(call).toMatchObject({ method: 'PUT', ifMatch: null, body: changed });
    // That an empty text removes a secret is a rule of ours.
    expect(call.body['target_secret']).toBe(secret.target_secret || undefined);
    call.answer(200, { ...seen, ...changed, target_secret_set: isThere });
    await saving;
    const toasts = toastStore.get().map(({ title }) => title);
    expect(toasts).toEqual(isTold ? ['The secret is gone'] : []);
  });

  test.each([
    [true, []],
    [null, []],
    [false, ['The secret is gone']],
  ])('tells so of one that was created with a secret: %j', async (isThere, told) => {
    const creating = postWebhook('o', { ...toWebhookRequest(seen), target_secret: 'new' });
    (await network.call(1)).answer(201, { ...seen, target_secret_set: isThere });
    await creating;
    expect(toastStore.get().map(({ title }) => title)).toEqual(told);
  });
});
