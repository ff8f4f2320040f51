import { randomBytes } from 'node:crypto';

import { v4 as randomId } from 'uuid';

import type { AppDeps } from './app';
import type { RunningBackEnd } from './back-end';
import { createBackups } from './backup/backups';
import { databasePath, readOrMakeKey } from './data-folder';
import type { Db } from './db';
import { Recoveries } from './delivery/recoveries';
import { startWorker } from './delivery/worker';
import { embeddedBackEnd } from './embedded-back-end';
import { decodeSecretKey, type Settings } from './env';
import { createMatchingWebhooks } from './matching-webhooks';
import { insertOrganization, listOrganizations } from './organization-store';
import { startRetention } from './retention/retention';
import { createSecretBox, verifySecretKey, type SecretBox } from './secret-box';
import { StartError } from './start-error';
import { warnAboutTarget } from './target-warning';

/**
 * Makes what a new installation needs, and starts the deliveries.
 *
 * @throws {StartError} with a line for the person who starts it.
 */
export async function startEmbedded(
  { db, log, now }: Pick<AppDeps, 'db' | 'log' | 'now'>,
  settings: Settings,
): Promise<RunningBackEnd> {
  const secretBox = await openSecretBox(db, settings);
  await makeFirstOrganization(db, settings.organizationName, now());

  // Last of what may fail: nobody would stop it.
  const wakeWorker = (webhookIds: readonly string[]) => worker.wake(webhookIds);
  const recoveries = new Recoveries({ db, log, now, wakeWorker });
  const matchingWebhooks = createMatchingWebhooks();
  const { onRecord } = recoveries;
  const worker = startWorker({ db, log, secretBox, matchingWebhooks, settings, onRecord });
  recoveries.goOn();
  const retention = startRetention({ db, log, settings, now });
  const backups = createBackups(db, databasePath(settings.dataDir));
  const backEnd = embeddedBackEnd({
    db,
    log,
    now,
    secretBox,
    matchingWebhooks,
    warnAboutTarget: (url) => warnAboutTarget(url, settings.allowedPrivateTargets),
    reserve: (webhook) => worker.reserve(webhook),
    wakeWorker,
    lend: (run) => worker.lend(run),
    worker,
    backups,
    recoveries,
    retention: settings.retention,
  });
  return {
    ...backEnd,
    async stopWork() {
      await Promise.all([worker.stop(), recoveries.stop(), retention.stop(), backups.stop()]);
    },
    close: async () => backups.close(),
  };
}

async function openSecretBox(db: Db, { secretKey, dataDir }: Settings): Promise<SecretBox> {
  const key = secretKey ?? secretKeyOf(dataDir);
  const secretBox = createSecretBox(key);
  await verifySecretKey(db, secretBox);
  return secretBox;
}

function secretKeyOf(dataDir: string): Buffer {
  const text = readOrMakeKey(dataDir, 'secret-key', () => randomBytes(32).toString('base64'));
  const key = decodeSecretKey(text);
  if (key) return key;
  throw new StartError('DATA_DIR/secret-key must hold the base64 of 32 bytes.');
}

async function makeFirstOrganization(db: Db, name: string, now: number): Promise<void> {
  const organizations = await listOrganizations(db);
  if (organizations.length > 0) return;
  await insertOrganization(db, { id: randomId(), name, created_at: now });
}
