import { sql } from 'kysely';
import { expect, it } from 'vitest';

import { prepareDeliveries } from './test-deliveries';
import { startHoldingReceiver, startReceiver } from './test-receiver';

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

it('records the others if one attempt cannot be recorded, and that one when it can', async () => {
  const deliveries = await prepareDeliveries();
  const { held, receiver } = await startHoldingReceiver();
  const { db } = deliveries;
  const broken = await deliveries.addWebhook(receiver.url);
  const [first = ''] = await deliveries.accept([broken]);
  const worker = deliveries.start();
  await receiver.hasReceived(1);
  await sql`create trigger broken before insert on attempt
    when new.delivery_id = ${sql.lit(first)} begin select raise(abort, 'no'); end`.execute(db);
  const webhooks = await Promise.all(
    [1, 2].map(async () => deliveries.addWebhook((await startReceiver()).url)),
  );
  const others = await deliveries.accept(webhooks);
  held[0]?.();
  await deliveries.hasLogged('the delivery worker cannot use the database');
  worker.wake(webhooks);
  for (const id of others) await deliveries.hasTried(id, 1);
  expect(await deliveries.attempts(first)).toEqual([]);
  await sql`drop trigger broken`.execute(db);
  await deliveries.hasTried(first, 1);
  expect(receiver.received).toHaveLength(1);
});
