import { expect, it } from 'vitest';

import { prepareDeliveries } from './test-deliveries';
import { startReceiver } from './test-receiver';

it('lets others change what goes with attempts, in the transaction that records them', async () => {
  const deliveries = await prepareDeliveries();
  const receiver = await startReceiver((_request, response) => void response.writeHead(500).end());
  const webhook = await deliveries.addWebhook(receiver.url);
  const [first = ''] = await deliveries.accept([webhook]);
  let calls = 0;
  const worker = deliveries.start({}, async (trx, recorded) => {
    calls += 1;
    for (const { row } of recorded) {
      const told = { description: row.error ?? '' };
      await trx.updateTable('webhook').set(told).where('id', '=', row.webhook_id).execute();
    }
    if (calls === 1) throw new Error('not yet');
  });
  await deliveries.hasLogged('the delivery worker cannot use the database');
  // What it did is undone with the record, and both are made again.
  expect(await deliveries.attempts(first)).toEqual([]);
  const told = deliveries.db.selectFrom('webhook').select('description');
  expect(await told.execute()).toEqual([{ description: '' }]);
  worker.wake();
  await deliveries.hasTried(first, 1);
  expect(await deliveries.attempts(first)).toMatchObject([{ status_code: 500 }]);
  expect(await told.execute()).toEqual([{ description: 'answered 500' }]);
  expect(calls).toBe(2);
  expect(receiver.received).toHaveLength(1);
});
