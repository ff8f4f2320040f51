import { expect, it } from 'vitest';

import { prepareDeliveries } from './test-deliveries';
import { startHoldingReceiver, startReceiver } from './test-receiver';

it('orders the log by the ends of attempts: who has read up to one misses none', async () => {
  const deliveries = await prepareDeliveries();
  const { held, receiver: slow } = await startHoldingReceiver();
  const quick = await startReceiver();
  const [first = ''] = await deliveries.accept([await deliveries.addWebhook(slow.url)]);
  const worker = deliveries.start();
  await slow.hasReceived(1);

  const later = await deliveries.addWebhook(quick.url);
  const [second = ''] = await deliveries.accept([later]);
  worker.wake([later]);
  await deliveries.hasTried(second, 1);
  held[0]?.();
  await deliveries.hasTried(first, 1);
  const rows = await deliveries.db
    .selectFrom('attempt')
    .select('delivery_id')
    .orderBy('id')
    .execute();
  expect(rows.map(({ delivery_id }) => delivery_id)).toEqual([second, first]);
});
