import type { SignInCodeResponse } from './answers/server';
import { requireAdminToken } from './admin-token';
import { createApp } from './app';
import { readConsoleFiles, type ConsoleFiles } from './console-files';
import { randomCredential } from './credentials';
import { readOrMakeKey } from './data-folder';
import { openDatabase, type Db } from './db';
import type { Settings } from './env';
import type { Log } from './log';
import { startQovery } from './qovery/start-qovery';
import { issueSignInCode } from './session';
import { startEmbedded } from './start-embedded';
import { version } from './version';

/** Nothing slows down guessing: a token must be too long for it. */
const shortToken = 20;

/** The server in working order, but for the port. */
export interface Assembled {
  app: ReturnType<typeof createApp>;
  /** Makes a code for a sign-in link. */
  issueSignInCode(): Promise<SignInCodeResponse>;
  /** Takes on no new deliveries, lets attempts in flight finish, and ends what runs beside them. */
  stopWork(): Promise<void>;
  /** Stops the work and closes the database; to be called once. */
  close(): Promise<void>;
}

/**
 * Opens the database, puts everything together and starts the work.
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
  const adminToken = settings.adminToken ?? adminTokenOf(settings.dataDir);
  if (adminToken.length < shortToken) {
    log.warn(`ADMIN_TOKEN is short: at least ${shortToken} random characters cannot be guessed.`);
  }
  const { publicUrl } = settings;
  const deps = { db, log, adminToken, publicUrl, now, consoleFiles, version };
  const { qovery } = settings;
  const backEnd = qovery ? startQovery(log, qovery) : await startEmbedded(deps, settings);
  return {
    app: createApp(deps, backEnd),
    issueSignInCode: () => issueSignInCode({ db, now }),
    stopWork: () => backEnd.stopWork(),
    async close() {
      await backEnd.stopWork();
      await db.destroy();
      await backEnd.close();
    },
  };
}

/** The token that was generated for this installation; made when it is missing. */
function adminTokenOf(dataDir: string): string {
  const token = readOrMakeKey(dataDir, 'admin-token', randomCredential);
  return requireAdminToken(token, 'DATA_DIR/admin-token');
}
