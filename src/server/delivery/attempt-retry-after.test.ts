import { expect, it } from 'vitest';

import { prepareDeliveries } from './test-deliveries';
import { startReceiver } from './test-receiver';

const hour = 3_600_000;

it.each([
  [503, '7200', 2 * hour],
  [429, 'Wed, 15 Nov 2023 00:13:20 GMT', 2 * hour],
  [301, '7200', 2 * hour],
  [500, '172800', 24 * hour],
  [503, 'in a while', 1000],
  [503, '0', 1000],
])('an answer %i with Retry-After: %s is listened to', async (status, retryAfter, wait) => {
  const deliveries = await prepareDeliveries();
  const receiver = await startReceiver((_request, response) => {
    response.writeHead(status, { 'retry-after': retryAfter }).end();
  });
  const webhook = await deliveries.addWebhook(receiver.url);
  const [id = ''] = await deliveries.accept([webhook]);
  const worker = deliveries.start({ retrySchedule: [1000] });
  await deliveries.hasTried(id, 1);
  const due = deliveries.clock.now + wait;
  expect(await deliveries.attempts(id)).toMatchObject([{ next_attempt_at: due }]);

  // Within the schedule only: the second attempt is the last, whatever it is answered.
  deliveries.clock.now = due;
  worker.wake();
  await deliveries.hasTried(id, 2);
  expect(await deliveries.attempts(id)).toMatchObject([{}, { next_attempt_at: null }]);
  expect(await deliveries.status(id)).toBe('failed');
});

it('a success that names a time is over', async () => {
  const deliveries = await prepareDeliveries();
  const receiver = await startReceiver((_request, response) => {
    response.writeHead(202, { 'retry-after': '60' }).end();
  });
  const webhook = await deliveries.addWebhook(receiver.url);
  const [id = ''] = await deliveries.accept([webhook]);
  deliveries.start();
  await deliveries.hasTried(id, 1);
  expect(await deliveries.attempts(id)).toMatchObject([{ next_attempt_at: null }]);
  expect(await deliveries.status(id)).toBe('succeeded');
});
