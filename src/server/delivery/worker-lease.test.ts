import { expect, it } from 'vitest';

import { prepareDeliveries } from './test-deliveries';
import { startHoldingReceiver, startReceiver } from './test-receiver';

/** As the worker sets it: twice the timeout of an attempt (20 s here), and half a minute. */
const lease = 2 * 20_000 + 30_000;

it('leaves an attempt in flight alone until its lease ends, and then makes another', async () => {
  const deliveries = await prepareDeliveries();
  const { held, receiver } = await startHoldingReceiver(1);
  const quick = await startReceiver();
  const webhook = await deliveries.addWebhook(receiver.url);
  const other = await deliveries.addWebhook(quick.url);
  const [before = ''] = await deliveries.accept([webhook]);
  const start = deliveries.clock.now;
  const worker = deliveries.start();
  await deliveries.hasTried(before, 1);
  const [id = ''] = await deliveries.accept([webhook]);
  worker.wake();
  await receiver.hasReceived(2);

  deliveries.clock.now = start + lease - 1;
  const [between = ''] = await deliveries.accept([other]);
  worker.wake();
  await deliveries.hasTried(between, 1);
  expect(await deliveries.claims(id)).toBe(1);

  deliveries.clock.now = start + lease;
  worker.wake();
  await receiver.hasReceived(3);
  expect(await deliveries.claims(id)).toBe(2);

  // The first has lost its claim: what comes of it is told, but not recorded.
  held[0]?.();
  await deliveries.hasLogged('attempt not recorded: its delivery is held by another claim or gone');
  expect(await deliveries.attempts(id)).toEqual([]);
  held[1]?.();
  await deliveries.hasTried(id, 2);
  expect(await deliveries.attempts(id)).toMatchObject([{ attempt: 1, status_code: 200 }]);
});

it('looks every minute for what has become due unnoticed', async () => {
  const deliveries = await prepareDeliveries();
  const receiver = await startReceiver();
  const webhook = await deliveries.addWebhook(receiver.url);
  const other = await deliveries.addWebhook(receiver.url);
  const start = deliveries.clock.now;
  const worker = deliveries.start();
  const passBy = async () => {
    const [id = ''] = await deliveries.accept([other]);
    worker.wake([other]);
    await deliveries.hasTried(id, 1);
  };
  await passBy();
  const [id = ''] = await deliveries.accept([webhook]);
  deliveries.clock.now = start + 59_999;
  await passBy();
  expect(await deliveries.claims(id)).toBe(0);
  deliveries.clock.now = start + 60_000;
  await passBy();
  await deliveries.hasTried(id, 1);
});
