import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, it, onTestFinished } from 'vitest';

import { openDatabase } from '../db';
import { temporaryFolder } from '../temporary-folder';
import { claimDeliveries } from './delivery-store';
import { deliveriesOn, prepareDeliveries } from './test-deliveries';
import { startHoldingReceiver, startReceiver } from './test-receiver';

describe('after a kill', () => {
  it('what was in flight is sent again, with the same id and bytes', async () => {
    const folder = temporaryFolder();
    const { held, receiver } = await startHoldingReceiver();
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
      matchingWebhooks: { invalidate() {} },
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
