import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';

import { openDatabase } from '../db';
import { temporaryFolder } from '../temporary-folder';
import { claimDeliveries } from './delivery-store';
import { deliveriesOn, prepareDeliveries } from './test-deliveries';
import { startReceiver, type Answer } from './test-receiver';

/** A receiver that keeps its answers back until it is told. */
async function startHolding() {
  const held: (() => void)[] = [];
  const answer: Answer = (_request, response) => {
    held.push(() => response.end());
  };
  return { held, receiver: await startReceiver(answer) };
}

describe('stop', () => {
  it('lets attempts in flight finish, records them, and starts no others', async () => {
    const deliveries = await prepareDeliveries();
    const { held, receiver } = await startHolding();
    const webhook = await deliveries.addWebhook(receiver.url);
    const ids: string[] = [];
    for (let count = 0; count < 12; count += 1) ids.push(...(await deliveries.accept([webhook])));
    const worker = deliveries.start();
    await receiver.hasReceived(8);

    let isStopped = false;
    const stopping = worker.stop().then(() => {
      isStopped = true;
    });
    expect(worker.running).toBe(false);
    worker.wake();
    for (const answer of held.slice(0, 7)) answer();
    await deliveries.hasTried(ids[6] ?? '', 1);
    expect(isStopped).toBe(false);
    held[7]?.();
    await stopping;

    expect(receiver.received).toHaveLength(8);
    const rows = await deliveries.db.selectFrom('delivery').select(['id', 'status']).execute();
    const byStatus = (status: string) => rows.filter((row) => row.status === status);
    expect(byStatus('succeeded')).toHaveLength(8);
    expect(byStatus('pending')).toHaveLength(4);
    await worker.stop();
  });

  it('waits no longer than an attempt may take', async () => {
    const deliveries = await prepareDeliveries();
    const { receiver } = await startHolding();
    const webhook = await deliveries.addWebhook(receiver.url);
    const [id = ''] = await deliveries.accept([webhook]);
    const worker = deliveries.start({ deliveryTimeout: 300 });
    await receiver.hasReceived(1);
    await worker.stop();
    expect(await deliveries.attempts(id)).toMatchObject([{ error: 'timed out after 300 ms' }]);
  });

  it('is at once without work', async () => {
    const deliveries = await prepareDeliveries();
    const worker = deliveries.start();
    expect(worker.running).toBe(true);
    await worker.stop();
    worker.wake();
    expect(worker.running).toBe(false);
  });
});

describe('after a kill', () => {
  it('what was in flight is sent again, with the same id and bytes', async () => {
    const folder = temporaryFolder();
    const { held, receiver } = await startHolding();
    const before = await openDatabase(folder);
    const prepared = deliveriesOn(before);
    const webhook = await prepared.addWebhook(receiver.url, { secret: 'raw' });
    const [id = ''] = await prepared.accept([webhook]);
    await before.destroy();

    const child = startWorkerProcess(folder);
    await receiver.hasReceived(1);
    child.kill('SIGKILL');
    await once(child, 'exit');

    const db = await openDatabase(folder);
    onTestFinished(() => db.destroy());
    const deliveries = deliveriesOn(db);
    deliveries.start();
    await receiver.hasReceived(2);
    held[1]?.();
    await deliveries.hasTried(id, 1);
    const [first, second] = receiver.received;
    expect(first?.headers['webhook-id']).toBe(id);
    expect(second?.headers['webhook-id']).toBe(id);
    expect(second?.body).toBe(first?.body);
    expect(await deliveries.attempts(id)).toMatchObject([{ attempt: 1, status_code: 200 }]);
  });

  it('attempts that were cut off use up nothing of the schedule', async () => {
    const deliveries = await prepareDeliveries();
    const receiver = await startReceiver();
    const webhook = await deliveries.addWebhook(receiver.url);
    const [id = ''] = await deliveries.accept([webhook]);
    for (let kill = 0; kill < 9; kill += 1) {
      await claimDeliveries(deliveries.db, [id], Number.MAX_SAFE_INTEGER);
    }
    deliveries.start({ retrySchedule: [1000] });
    await deliveries.hasTried(id, 1);
    expect(await deliveries.attempts(id)).toMatchObject([{ attempt: 1, status_code: 200 }]);
    expect(await deliveries.status(id)).toBe('succeeded');
  });
});

function startWorkerProcess(folder: string) {
  const module = (name: string) =>
    JSON.stringify(pathToFileURL(join(import.meta.dirname, name)).href);
  const script = `
    import ipaddr from 'ipaddr.js';
    import { pino } from 'pino';
    const { openDatabase } = await import(${module('../db.ts')});
    const { createSecretBox } = await import(${module('../secret-box.ts')});
    const { startWorker } = await import(${module('worker.ts')});
    const allowedPrivateTargets = [ipaddr.parseCIDR('127.0.0.0/8')];
    startWorker({
      db: await openDatabase(${JSON.stringify(folder)}),
      log: pino({ level: 'silent' }),
      secretBox: createSecretBox(Buffer.alloc(32, 'k')),
      settings: { retrySchedule: [1000], deliveryTimeout: 20000, allowedPrivateTargets },
    });
    setInterval(() => {}, 1000);`;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

describe('a database that fails for a while', () => {
  const rename = (from: string, to: string) =>
    sql`alter table ${sql.table(from)} rename to ${sql.table(to)}`;

  it('loses no result, and sends nothing twice', async () => {
    const deliveries = await prepareDeliveries();
    const { held, receiver } = await startHolding();
    const webhook = await deliveries.addWebhook(receiver.url);
    const [id = ''] = await deliveries.accept([webhook]);
    const worker = deliveries.start();
    await receiver.hasReceived(1);
    await rename('attempt', 'gone').execute(deliveries.db);
    held[0]?.();
    await deliveries.hasLogged('the delivery worker cannot use the database');
    expect(worker.running).toBe(true);
    await rename('gone', 'attempt').execute(deliveries.db);
    worker.wake();
    await deliveries.hasTried(id, 1);
    expect(await deliveries.status(id)).toBe('succeeded');
    expect(receiver.received).toHaveLength(1);
  });

  it('is asked again for what is due', async () => {
    const deliveries = await prepareDeliveries();
    const receiver = await startReceiver();
    const webhook = await deliveries.addWebhook(receiver.url);
    const worker = deliveries.start();
    const [id = ''] = await deliveries.accept([webhook]);
    await rename('webhook', 'gone').execute(deliveries.db);
    worker.wake([webhook]);
    await deliveries.hasLogged('the delivery worker cannot use the database');
    await rename('gone', 'webhook').execute(deliveries.db);
    worker.wake([]);
    await deliveries.hasTried(id, 1);
    expect(receiver.received).toHaveLength(1);
  });

  it('does not keep the worker from stopping', async () => {
    const deliveries = await prepareDeliveries();
    const { held, receiver } = await startHolding();
    const webhook = await deliveries.addWebhook(receiver.url);
    await deliveries.accept([webhook]);
    const worker = deliveries.start();
    await receiver.hasReceived(1);
    await rename('attempt', 'gone').execute(deliveries.db);
    const stopping = worker.stop();
    held[0]?.();
    await stopping;
    expect(deliveries.logged.length).toBeGreaterThan(1);
  }, 20_000);
});

it('has at most 256 attempts in flight', async () => {
  const deliveries = await prepareDeliveries();
  const held: (() => void)[] = [];
  const receivers = await Promise.all(
    Array.from({ length: 33 }, () =>
      startReceiver((_request, response) => void held.push(() => response.end())),
    ),
  );
  const webhooks = await Promise.all(receivers.map(({ url }) => deliveries.addWebhook(url)));
  for (let count = 0; count < 8; count += 1) await deliveries.accept(webhooks);
  const received = () => receivers.reduce((sum, receiver) => sum + receiver.received.length, 0);
  deliveries.start();
  while (received() < 256) await new Promise((resolve) => void setImmediate(resolve));
  expect(await leased(deliveries)).toBe(256);
  for (let answered = 0; answered < 264; answered += 1) {
    while (held.length <= answered) await new Promise((resolve) => void setImmediate(resolve));
    expect(received() - answered).toBeLessThanOrEqual(256);
    held[answered]?.();
  }
  expect(received()).toBe(264);
}, 20_000);

async function leased({ db }: Awaited<ReturnType<typeof prepareDeliveries>>): Promise<number> {
  const rows = await db.selectFrom('delivery').select('id').where('in_flight', '=', 1).execute();
  return rows.length;
}
