import { expect, it, onTestFinished, vi } from 'vitest';

import { organizationId, prepareDeliveries } from '../delivery/test-deliveries';
import { startReceiver } from '../delivery/test-receiver';
import { insertOrganization } from '../organization-store';
import { startRetention } from './retention';

async function prepare() {
  const deliveries = await prepareDeliveries();
  await insertOrganization(deliveries.db, { id: organizationId, name: 'Acme', created_at: 1 });
  const begin = (retention: number) => {
    const now = () => deliveries.clock.now;
    const started = startRetention({ ...deliveries, settings: { retention }, now });
    onTestFinished(() => started.stop());
    return started;
  };
  return { ...deliveries, begin };
}

const removed = 'removed what is older than RETENTION';

it('sweeps at the start, and says in a line what it has removed', async () => {
  const { db, clock, logged, accept, begin, hasLogged } = await prepare();
  await accept([]);
  clock.now += 60_000;
  await accept([]);
  clock.now += 1;
  begin(60_000);
  await hasLogged(removed);
  expect(logged).toEqual([
    expect.objectContaining({ msg: removed, events: 1, deliveries: 0, attempts: 0 }),
  ]);
  expect(await db.selectFrom('deployment_event').select('id').execute()).toHaveLength(1);
});

it('sweeps again after its interval', async () => {
  const { db, clock, logged, accept, begin, hasLogged } = await prepare();
  await accept([]);
  begin(10);
  clock.now += 11;
  await hasLogged(removed);
  expect(logged).toHaveLength(1);
  expect(await db.selectFrom('deployment_event').select('id').execute()).toEqual([]);
});

it('tries again after a failure, which it logs', async () => {
  const { db, clock, accept, begin, hasLogged } = await prepare();
  await accept([]);
  clock.now += 11;
  await db.schema.alterTable('recovery').renameTo('away').execute();
  begin(10);
  await hasLogged('what is older than RETENTION is still there');
  await db.schema.alterTable('away').renameTo('recovery').execute();
  await accept([]);
  clock.now += 11;
  await hasLogged(removed);
});

it('ends in the middle of a sweep when it is stopped', async () => {
  const { db, clock, addWebhook, accept, begin } = await prepare();
  const receiver = await startReceiver();
  const webhook = await addWebhook(receiver.url);
  await accept(Array(1000).fill(webhook) as string[]);
  await db.updateTable('delivery').set({ status: 'succeeded' }).execute();
  clock.now += 11;
  const stopped = vi.fn();
  const started = begin(10);
  await started.stop().then(stopped);
  expect(stopped).toHaveBeenCalled();
  const left = await db.selectFrom('delivery').select('id').execute();
  expect(left.length).toBeGreaterThan(900);
});
