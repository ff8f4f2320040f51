import { expect, test } from 'vitest';

import { createQueryClient } from '../query-client';
import { runMutation } from '../run-mutation';
import { fakeNetwork } from './fake-network';
import { deleteOptions } from './mutations';
import { testWebhook } from './test-webhook';

const remove = (version: number | null) => {
  const network = fakeNetwork();
  const webhook = testWebhook('a', { version });
  const options = deleteOptions(createQueryClient(), 'o', 'a', () => undefined);
  return { network, webhook, done: runMutation(createQueryClient(), options, webhook) };
};

test('with versions, says which one is to be deleted', async () => {
  const { network, done } = remove(4);
  const call = await network.call(1);
  expect(call).toMatchObject({ method: 'DELETE', ifMatch: '"4"' });
  call.answer(204, null);
  await done;
});

test('without, deletes nothing that somebody else has changed', async () => {
  const { network, webhook, done } = remove(null);
  const failed = expect(done).rejects.toMatchObject({ status: 412 });
  (await network.call(1)).answer(200, { ...webhook, description: 'in use again' });
  await failed;
  expect(network.calls.map(({ method }) => method)).toEqual(['GET']);
});

test('what is gone already is done', async () => {
  const { network, done } = remove(null);
  (await network.call(1)).answer(404, {});
  await done;
  expect(network.calls).toHaveLength(1);
});
