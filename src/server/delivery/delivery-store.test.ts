import { expect, it } from 'vitest';

import {
  claimDeliveries,
  listDue,
  listWebhooksDue,
  nextDueOf,
  releaseLeases,
  settleDeliveries,
} from './delivery-store';
import { enqueueDeliveries, planDelivery } from './enqueue';
import { prepareDeliveries } from './test-deliveries';

const start = 1_700_000_000_000;

it('enqueues for thousands of webhooks, in their order', async () => {
  const { db, accept } = await prepareDeliveries();
  const webhookIds = Array.from({ length: 2600 }, (_, index) => `w${index}`);
  const ids = await accept(webhookIds);
  const rows = await db.selectFrom('delivery').select(['id', 'webhook_id']).orderBy('id').execute();
  expect(rows.map(({ webhook_id }) => webhook_id)).toEqual(webhookIds);
  expect(rows.map(({ id }) => id)).toEqual(ids);
});

it('lets other work in between where it enqueues many', async () => {
  const { db } = await prepareDeliveries();
  const event_type = 'DEPLOYMENT_STARTED';
  const event = { organization_id: 'o', id: 'e', event_type, accepted_at: 1 } as const;
  const planned = Array.from({ length: 1001 }, (_, index) =>
    planDelivery(event, { id: `w${index}`, kind: 'STANDARD', target_url: '' }),
  );
  let rounds = 0;
  let isOver = false;
  const round = () => {
    rounds += 1;
    if (!isOver) setImmediate(round);
  };
  setImmediate(round);
  await enqueueDeliveries(db, planned);
  isOver = true;
  expect(rounds).toBeGreaterThanOrEqual(4);
});

it('finds the webhooks that have pending deliveries, page by page, and when the first is due', async () => {
  const { db, accept, clock } = await prepareDeliveries();
  await accept(['b', 'a', 'c', 'd']);
  clock.now += 5;
  const later = await accept(['a', 'e']);
  await db
    .updateTable('delivery')
    .set({ status: 'failed' })
    .where('webhook_id', '=', 'd')
    .execute();
  expect(await listWebhooksDue(db, '', 3)).toEqual([
    { webhook_id: 'a', run_at: start },
    { webhook_id: 'b', run_at: start },
    { webhook_id: 'c', run_at: start },
  ]);
  expect(await listWebhooksDue(db, 'c', 3)).toEqual([{ webhook_id: 'e', run_at: start + 5 }]);
  expect(await listWebhooksDue(db, 'e', 3)).toEqual([]);
  expect(later).toHaveLength(2);
  expect(await nextDueOf(db, ['d', 'e', 'unknown', 'a'])).toEqual([
    { webhook_id: 'e', run_at: start + 5 },
    { webhook_id: 'a', run_at: start },
  ]);
});

it('lists what is due of the webhooks asked for, oldest first, so many of each', async () => {
  const { db, accept, clock } = await prepareDeliveries();
  const expected: string[] = [];
  for (let count = 0; count < 4; count += 1) {
    const [ofA = ''] = await accept(['a', 'b', 'c']);
    if (count < 2) expected.push(ofA);
    clock.now += 1;
  }
  const due = await listDue(db, ['a', 'b'], start + 2, 2);
  expect(due.filter(({ webhook_id }) => webhook_id === 'a').map(({ id }) => id)).toEqual(expected);
  expect(due.map(({ webhook_id }) => webhook_id)).toEqual(['a', 'a', 'b', 'b']);
  expect(due[0]).toMatchObject({ attempt: 0, schedule_step: 0, target_url: null, enabled: null });
  expect(await listDue(db, ['a'], start - 1, 2)).toEqual([]);
});

it('settles a delivery under the claim that holds it, once', async () => {
  const { db, accept, status } = await prepareDeliveries();
  const [id = ''] = await accept(['a']);
  const settle = (attempt: number, outcome: string) =>
    settleDeliveries(db, [{ id, attempt, status: outcome, run_at: 7 }]);

  expect(await settle(0, 'succeeded')).toEqual(new Map());
  await claimDeliveries(db, [id], start + 100);
  expect(await listDue(db, ['a'], start + 99, 9)).toEqual([]);
  // The lease ends and the delivery is claimed again: the first claim has no say any more.
  expect(await listDue(db, ['a'], start + 100, 9)).toMatchObject([
    { id, attempt: 1, schedule_step: 0 },
  ]);
  await claimDeliveries(db, [id], start + 200);
  expect(await settle(1, 'failed')).toEqual(new Map());
  expect(await status(id)).toBe('pending');
  expect(await settle(2, 'pending')).toEqual(new Map([[id, 2]]));
  expect(await listDue(db, ['a'], start, 9)).toMatchObject([{ id, attempt: 2, schedule_step: 1 }]);
  expect(await settle(2, 'succeeded')).toEqual(new Map());
});

it('releases what is in flight, and nothing else', async () => {
  const { db, accept } = await prepareDeliveries();
  const [inFlight = '', waiting = '', over = ''] = await accept(['a', 'b', 'c']);
  await claimDeliveries(db, [inFlight, waiting, over], start + 100);
  await settleDeliveries(db, [
    { id: waiting, attempt: 1, status: 'pending', run_at: start + 50 },
    { id: over, attempt: 1, status: 'failed', run_at: start },
  ]);
  await releaseLeases(db, start + 10);
  const rows = await db
    .selectFrom('delivery')
    .select(['status', 'in_flight', 'attempt', 'tried', 'run_at'])
    .orderBy('id')
    .execute();
  expect(rows).toEqual([
    { status: 'pending', in_flight: 0, attempt: 1, tried: 0, run_at: start + 10 },
    { status: 'pending', in_flight: 0, attempt: 1, tried: 1, run_at: start + 50 },
    { status: 'failed', in_flight: 0, attempt: 1, tried: 1, run_at: start },
  ]);
});
