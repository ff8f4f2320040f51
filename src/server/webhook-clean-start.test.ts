import { expect, it } from 'vitest';

import { webhookPath } from '../contract/api-paths';
import { startReceiver } from './delivery/test-receiver';
import { createSendingServer } from './test-sending';
import { organizationId } from './test-server';

const day = 86_400_000;

/** A webhook that FAILING will disable with its next failure, if nothing happens before. */
async function startOnTheBrink() {
  const server = await createSendingServer();
  const receiver = await startReceiver((_request, response) => {
    response.writeHead(500).end();
  });
  server.start({ retrySchedule: [] });
  const id = await server.addWebhook(receiver.url);
  const start = server.clock.now;
  const deliver = async (count: number, time: number) => {
    server.clock.now = start + time;
    for (let done = 0; done < count; done += 1) {
      for (const delivery of await server.post()) await server.deliveries.hasTried(delivery, 1);
    }
  };
  await deliver(9, 0);
  await deliver(1, 2 * day);
  const webhook = async () =>
    (await server.call('GET', webhookPath(organizationId, id))).body as {
      enabled: boolean;
      version: number;
      disabled_reason: string | null;
      disabled_at: string | null;
    };
  return { ...server, url: receiver.url, id, deliver, webhook };
}

const failing = { enabled: false, disabled_reason: 'FAILING' };
const enabled = { enabled: true, disabled_reason: null, disabled_at: null };

it('events do not reach a webhook that was disabled for failing, and the API says why', async () => {
  const { deliver, webhook, post, clock } = await startOnTheBrink();
  await deliver(1, 6 * day);
  const disabled_at = new Date(clock.now).toISOString();
  expect(await webhook()).toMatchObject({ ...failing, version: 2, disabled_at });
  expect(await post()).toEqual([]);
});

it('a webhook that is enabled again starts clean', async () => {
  const { id, url, deliver, webhook, setWebhook } = await startOnTheBrink();
  await deliver(1, 6 * day);
  await setWebhook(id, url, { enabled: true });
  expect(await webhook()).toMatchObject({ ...enabled, version: 3 });
  // A whole streak is needed again.
  await deliver(9, 7 * day);
  await deliver(9, 9 * day);
  await deliver(1, 12 * day - 1);
  expect(await webhook()).toMatchObject({ ...enabled, version: 3 });
  await deliver(1, 12 * day);
  expect(await webhook()).toMatchObject({ ...failing, version: 4 });
});

it('so does one that was disabled by hand, and one whose URL changes', async () => {
  const { id, url, deliver, webhook, setWebhook } = await startOnTheBrink();
  await setWebhook(id, url, { enabled: false });
  await setWebhook(id, url, { enabled: true });
  await deliver(9, 6 * day);
  await deliver(1, 8 * day);
  expect(await webhook()).toMatchObject(enabled);
  await setWebhook(id, `${url}/new`, {});
  await deliver(1, 12 * day);
  expect(await webhook()).toMatchObject(enabled);
});

it('any other change leaves the streak as it is', async () => {
  const { id, url, deliver, webhook, setWebhook } = await startOnTheBrink();
  await setWebhook(id, url, { enabled: true, description: 'new' });
  await deliver(1, 6 * day);
  expect(await webhook()).toMatchObject(failing);
});
