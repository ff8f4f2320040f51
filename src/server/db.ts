import { setTimeout as wait } from 'node:timers/promises';

import Database from 'libsql';
import { Kysely, Migrator } from 'kysely';

import { prepareDataFolder } from './data-folder';
import { migrations } from './migrations/all';
import { EmbeddedDialect, embeddedEngine, type EmbeddedEngine } from './embedded-dialect';
import { StartError } from './start-error';
import { codeOf } from './system-error';
import type { Tables } from './tables';

/** The database, or a transaction on it. */
export type Db = Kysely<Tables>;

const patience = 5000;
const pause = 100;

/**
 * Opens the embedded database of a data folder, which it makes if it is not there, and brings its
 * tables up to date. The process owns it alone until the handle is destroyed or the process ends,
 * however it ends. A commit is on the disk when it is done.
 *
 * @param patienceMs how long to wait for another process to let go of it.
 * @throws {StartError} if another process has it, or a newer edition of this program has changed it.
 */
export async function openDatabase(folder: string, patienceMs = patience): Promise<Db> {
  const path = prepareDataFolder(folder);
  const engine = await openAlone(path, patienceMs, folder);
  const db = new Kysely<Tables>({ dialect: new EmbeddedDialect(engine) });
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}

async function openAlone(
  path: string,
  patienceMs: number,
  folder: string,
): Promise<EmbeddedEngine> {
  for (let waited = 0; ; waited += pause) {
    const engine = new Database(path, { timeout: 0 });
    try {
      own(engine);
      return embeddedEngine(engine, disown);
    } catch (error) {
      engine.close();
      if (codeOf(error) === 'SQLITE_NOTADB') {
        throw new StartError(`${path} is not a database of this program.`);
      }
      if (codeOf(error) !== 'SQLITE_BUSY') throw error;
      if (waited >= patienceMs) {
        throw new StartError(
          `The data folder ${folder} is in use by another process: stop it, or set DATA_DIR.`,
        );
      }
    }
    await wait(pause);
  }
}

/**
 * Locks first, or the journal's change of mode would leave a shared-memory file behind. The lock is
 * taken by the first access, so there is one.
 */
function own(engine: Database.Database): void {
  engine.pragma('locking_mode = EXCLUSIVE');
  engine.pragma('journal_mode = WAL');
  engine.pragma('synchronous = FULL');
  engine.exec('BEGIN EXCLUSIVE; COMMIT');
}

/**
 * Closing alone would keep the lock until the garbage collector has found every statement: the
 * engine closes when the last of them is gone. In this mode the lock goes with the transaction, and
 * what is left is one file.
 */
function disown(engine: Database.Database): void {
  try {
    engine.exec('PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL');
    engine.exec('BEGIN IMMEDIATE; COMMIT');
  } finally {
    engine.close();
  }
}

async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...migrations }) },
  });
  for (const name of await appliedMigrations(db)) {
    if (!Object.hasOwn(migrations, name)) {
      throw new StartError(
        'The database was written by a newer edition of this program: start that one.',
      );
    }
  }
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

/** The migrator's own table; on a new database there is none yet. */
async function appliedMigrations(db: Db): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const rows = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  return rows.map(({ name }) => name);
}
