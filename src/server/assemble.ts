import { randomBytes } from 'node:crypto';

import { v4 as randomId } from 'uuid';

import type { SignInCode } from '../contract/session';
import { requireAdminToken } from './admin-token';
import { createApp } from './app';
import { createBackups } from './backup/backups';
import { readConsoleFiles, type ConsoleFiles } from './console-files';
import { randomCredential } from './credentials';
import { databasePath, readOrMakeKey } from './data-folder';
import { openDatabase, type Db } from './db';
import { Recoveries } from './delivery/recoveries';
import { startWorker } from './delivery/worker';
import { decodeSecretKey, type Settings } from './env';
import type { Log } from './log';
import { createMatchingWebhooks } from './matching-webhooks';
import { insertOrganization, listOrganizations } from './organization-store';
import { startRetention } from './retention/retention';
import { createSecretBox, verifySecretKey, type SecretBox } from './secret-box';
import { issueSignInCode } from './session';
import { StartError } from './start-error';
import { warnAboutTarget } from './target-warning';
import { version } from './version';

/** Nothing slows down guessing: a token must be too long for it. */
const shortToken = 20;

/** The server in working order, but for the port. */
export interface Assembled {
  app: ReturnType<typeof createApp>;
  /** Makes a code for a sign-in link. */
  issueSignInCode(): Promise<SignInCode>;
  /** Takes on no new deliveries, lets attempts in flight finish, and ends what runs beside them. */
  stopWork(): Promise<void>;
  /** Stops the work and closes the database; to be called once. */
  close(): Promise<void>;
}

/**
 * Opens the database, puts everything together and starts the worker.
 *
 * @param consoleFolder the built console; null where something else serves it.
 * @throws {StartError} with a line for the person who starts it.
 */
export async function assemble(
  settings: Settings,
  log: Log,
  consoleFolder: string | null = null,
): Promise<Assembled> {
  const consoleFiles = consoleFolder === null ? new Map() : readConsoleFiles(consoleFolder);
  const db = await openDatabase(settings.dataDir);
  try {
    return await assembleOn(db, settings, log, consoleFiles);
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

async function assembleOn(
  db: Db,
  settings: Settings,
  log: Log,
  consoleFiles: ConsoleFiles,
): Promise<Assembled> {
  const now = Date.now;
  const secretBox = await openSecretBox(db, settings);
  const adminToken = settings.adminToken ?? adminTokenOf(settings.dataDir);
  if (adminToken.length < shortToken) {
    log.warn(`ADMIN_TOKEN is short: at least ${shortToken} random characters cannot be guessed.`);
  }
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
  const stopWork = async () => {
    await Promise.all([worker.stop(), recoveries.stop(), retention.stop(), backups.stop()]);
  };
  const app = createApp({
    db,
    log,
    secretBox,
    matchingWebhooks,
    adminToken,
    publicUrl: settings.publicUrl,
    now,
    warnAboutTarget: (url) => warnAboutTarget(url, settings.allowedPrivateTargets),
    reserve: (webhook) => worker.reserve(webhook),
    wakeWorker,
    lend: (run) => worker.lend(run),
    worker,
    backups,
    recoveries,
    consoleFiles,
    retention: settings.retention,
    version,
  });
  return {
    app,
    issueSignInCode: () => issueSignInCode({ db, now }),
    stopWork,
    async close() {
      await stopWork();
      await db.destroy();
      backups.close();
    },
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

/** The token that was generated for this installation; made when it is missing. */
function adminTokenOf(dataDir: string): string {
  const token = readOrMakeKey(dataDir, 'admin-token', randomCredential);
  return requireAdminToken(token, 'DATA_DIR/admin-token');
}

async function makeFirstOrganization(db: Db, name: string, now: number): Promise<void> {
  const organizations = await listOrganizations(db);
  if (organizations.length > 0) return;
  await insertOrganization(db, { id: randomId(), name, created_at: now });
}
