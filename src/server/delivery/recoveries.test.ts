import { pino } from 'pino';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { openDatabase, type Db } from '../db';
import { temporaryFolder } from '../temporary-folder';
import { claimDeliveries } from './delivery-store';
import { Recoveries } from './recoveries';
import { findRecovery, insertRecovery } from './recovery-store';
import { deliveriesOn, prepareDeliveries, type Deliveries } from './test-deliveries';
import { startReceiver } from './test-receiver';

/** Accepts events whose deliveries have failed, and begins their recovery. */
async function prepareRecovery(deliveries: Deliveries, url: string, count: number) {
  const { db, clock } = deliveries;
  const webhook_id = await deliveries.addWebhook(url);
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) ids.push(...(await deliveries.accept([webhook_id])));
  await db.updateTable('delivery').set({ status: 'failed' }).execute();
  const { organization_id } = await db
    .selectFrom('webhook')
    .select('organization_id')
    .executeTakeFirstOrThrow();
  const times = { created_at: clock.now, since: clock.now, position_at: clock.now };
  const counts = { total: count, queued: 0, succeeded: 0, failed: 0 };
  const place = { position: '', is_queued: 0 as const };
  const row = { id: 'r', organization_id, webhook_id, ...times, ...counts, ...place };
  await insertRecovery(db, row);
  return ids;
}

function recoveriesOn({ db, clock }: Deliveries, wakeWorker: (ids: readonly string[]) => void) {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  const recoveries = new Recoveries({ db, log, now: () => clock.now, wakeWorker });
  onTestFinished(() => recoveries.stop());
  return { recoveries, lines };
}

const isQueued = (db: Db) =>
  vi.waitFor(async () => expect(await findRecovery(db, 'r')).toMatchObject({ is_queued: 1 }), {
    interval: 1,
    timeout: 20_000,
  });

describe('recoveries', () => {
  it('go on where they were after a kill', async () => {
    const folder = temporaryFolder();
    const receiver = await startReceiver();
    const before = deliveriesOn(await openDatabase(folder));
    const ids = await prepareRecovery(before, receiver.url, 100);
    const woken = new Promise<void>((resolve) => {
      recoveriesOn(before, () => resolve()).recoveries.goOn();
    });
    await woken;
    await claimDeliveries(before.db, ids.slice(0, 8), Number.MAX_SAFE_INTEGER);
    await before.db.destroy();

    const db = await openDatabase(folder);
    onTestFinished(() => db.destroy());
    const after = deliveriesOn(db);
    expect(await findRecovery(db, 'r')).toMatchObject({ queued: 64, is_queued: 0 });
    const { recoveries } = recoveriesOn(after, (webhookIds) => worker.wake(webhookIds));
    const worker = after.start({}, recoveries.onRecord);
    recoveries.goOn();
    await Promise.all(ids.map((id) => after.hasTried(id, 1)));
    await isQueued(db);
    expect(await findRecovery(db, 'r')).toMatchObject({ queued: 100, succeeded: 100, failed: 0 });
    const sent = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(sent.toSorted()).toEqual(ids.toSorted());
  });

  it('make nothing due once they are stopped', async () => {
    const deliveries = await prepareDeliveries();
    await prepareRecovery(deliveries, 'https://example.org', 10);
    const { recoveries } = recoveriesOn(deliveries, () => {});
    recoveries.goOn();
    await recoveries.stop();
    const left = await findRecovery(deliveries.db, 'r');
    recoveries.goOn();
    await recoveries.stop();
    expect(await findRecovery(deliveries.db, 'r')).toEqual(left);
  });

  it('go on when the database could not be used for a while', async () => {
    const deliveries = await prepareDeliveries();
    await prepareRecovery(deliveries, 'https://example.org', 10);
    const { recoveries, lines } = recoveriesOn(deliveries, () => {});
    const transaction = vi.spyOn(deliveries.db, 'transaction').mockImplementationOnce(() => {
      throw new Error('disk full');
    });
    onTestFinished(() => transaction.mockRestore());
    recoveries.goOn();
    await isQueued(deliveries.db);
    expect(lines.join('')).toContain('recoveries cannot go on');
  });

  it('are done with a transaction that is undone only when it is done again', async () => {
    const deliveries = await prepareDeliveries();
    const receiver = await startReceiver();
    const ids = await prepareRecovery(deliveries, receiver.url, 3);
    const { recoveries } = recoveriesOn(deliveries, (webhookIds) => worker.wake(webhookIds));
    let fails = 1;
    const worker = deliveries.start({}, async (trx, recorded) => {
      await recoveries.onRecord(trx, recorded);
      if (fails-- > 0) throw new Error('not yet');
    });
    recoveries.goOn();
    await Promise.all(ids.map((id) => deliveries.hasTried(id, 1)));
    expect(await findRecovery(deliveries.db, 'r')).toMatchObject({ queued: 3, succeeded: 3 });
  });
});
