import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';

import { sql } from 'kysely';

import type { Db } from '../db';

/** A snapshot that is being read. */
export interface Snapshot {
  /** In bytes. */
  size: number;
  /** Whether it was given up. */
  readonly failed: boolean;
  /**
   * The bytes that follow, or null after the last.
   *
   * @throws {Error} if so much was changed meanwhile that it cannot be kept in memory.
   */
  next(): Buffer | null;
  /** Lets the database go on as before; to be called once, however the reading has ended. */
  close(): Promise<void>;
}

const chunkLength = 128 * 1024;
/** As many bytes of log as the engine itself lets come together, about. */
const fullLog = 4 * 1024 * 1024;
const watchInterval = 50;
const engineDefault = 1000;
/** https://www.sqlite.org/fileformat2.html#the_write_ahead_log */
const logHeaderLength = 32;
const frameHeaderLength = 24;
const pageSizeAt = 8;

/**
 * The database as it is now, while it goes on being written. What is committed goes to the engine's
 * log (WAL) and from there into the file at checkpoints only; so the file stands still but for the
 * checkpoints, and those are made here: just before one, the pages that it will overwrite and that
 * were not read yet are kept as they were. All reading is synchronous: no checkpoint is made within.
 *
 * @param file a descriptor of the database's file.
 * @param path its path; the log lies beside it.
 * @param mostKept how many bytes of such pages may be kept before it is given up.
 */
export async function takeSnapshot(
  db: Db,
  file: number,
  path: string,
  mostKept = 128 * 1024 * 1024,
): Promise<Snapshot> {
  const log = `${path}-wal`;
  await setAutomaticCheckpoints(db, 0);
  const kept = new Map<number, Buffer>();
  let position = 0;
  let size = 0;
  try {
    size = await db.connection().execute(async (connection) => {
      await checkpoint(connection);
      return fstatSync(file).size;
    });
  } catch (error) {
    await setAutomaticCheckpoints(db, engineDefault);
    throw error;
  }

  const empty = () =>
    db.connection().execute(async (connection) => {
      keepOverwritten(log, file, { kept, mostKept, from: position, to: size });
      await checkpoint(connection);
    });
  let emptying: Promise<unknown> = Promise.resolve();
  let isEmptying = false;
  let failure: unknown = null;
  const watch = setInterval(() => {
    if (isEmptying || failure !== null || lengthOf(log) < fullLog) return;
    isEmptying = true;
    emptying = empty()
      .catch((error: unknown) => (failure = error))
      .finally(() => (isEmptying = false));
  }, watchInterval);
  watch.unref();

  return {
    size,
    get failed() {
      return failure !== null;
    },
    next() {
      if (failure !== null) throw failure;
      if (position >= size) return null;
      const chunk = readAt(file, position, Math.min(chunkLength, size - position));
      for (const [at, page] of kept) {
        if (at >= position + chunk.length) continue;
        page.copy(chunk, at - position);
        kept.delete(at);
      }
      position += chunk.length;
      return chunk;
    },
    async close() {
      clearInterval(watch);
      await emptying;
      await setAutomaticCheckpoints(db, engineDefault);
    },
  };
}

interface Keeping {
  /** Pages by their places in the file. */
  kept: Map<number, Buffer>;
  mostKept: number;
  /** Only what lies from here */
  from: number;
  /** to here is kept. */
  to: number;
}

/** Keeps the pages of the file that the log holds anew. */
function keepOverwritten(log: string, file: number, { kept, mostKept, from, to }: Keeping): void {
  const descriptor = openSync(log, 'r');
  try {
    const { size } = fstatSync(descriptor);
    if (size < logHeaderLength) return;
    const pageSize = readAt(descriptor, 0, logHeaderLength).readUInt32BE(pageSizeAt);
    const frameLength = frameHeaderLength + pageSize;
    for (let at = logHeaderLength; at + frameLength <= size; at += frameLength) {
      const place = (readAt(descriptor, at, frameHeaderLength).readUInt32BE(0) - 1) * pageSize;
      if (place < from || place >= to || kept.has(place)) continue;
      kept.set(place, readAt(file, place, pageSize));
      if (kept.size * pageSize > mostKept) {
        throw new Error('The backup is read too slowly for what is written meanwhile.');
      }
    }
  } finally {
    // Of the log, not of the database: the locks that the engine holds are on the latter.
    closeSync(descriptor);
  }
}

function readAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  const read = readSync(file, bytes, 0, length, position);
  if (read !== length) throw new Error('The file of the database is shorter than it was.');
  return bytes;
}

function lengthOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Writes all of the log into the file and empties it. */
async function checkpoint(db: Db): Promise<void> {
  const { rows } = await sql<{ busy: number }>`PRAGMA wal_checkpoint(TRUNCATE)`.execute(db);
  if (rows[0]?.busy !== 0) throw new Error('The log of the database cannot be emptied.');
}

async function setAutomaticCheckpoints(db: Db, pages: number): Promise<void> {
  await sql`PRAGMA wal_autocheckpoint = ${sql.lit(pages)}`.execute(db);
}
