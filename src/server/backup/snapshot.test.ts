import { closeSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import Database from 'libsql';
import { expect, it, onTestFinished } from 'vitest';

import { databasePath } from '../data-folder';
import { openDatabase, type Db } from '../db';
import { temporaryFolder } from '../temporary-folder';
import { takeSnapshot, type Snapshot } from './snapshot';

async function prepare() {
  const folder = temporaryFolder();
  const path = databasePath(folder);
  const db = await openDatabase(folder);
  const file = openSync(path, 'r');
  onTestFinished(async () => {
    await db.destroy();
    closeSync(file);
  });
  return { db, path, file };
}

const filler = 'x'.repeat(4000);

const add = (db: Db, from: number, count: number) =>
  db.transaction().execute(async (trx) => {
    for (let id = from; id < from + count; id += 1) {
      const row = { id: String(id).padStart(8, '0'), name: `before ${filler}`, created_at: 1 };
      await trx.insertInto('organization').values(row).execute();
    }
  });

const change = (db: Db, name: string) =>
  db
    .updateTable('organization')
    .set({ name: `${name} ${filler}` })
    .execute();

const rest = (snapshot: Snapshot): Buffer[] => {
  const chunks: Buffer[] = [];
  for (let chunk = snapshot.next(); chunk; chunk = snapshot.next()) chunks.push(chunk);
  return chunks;
};

/** What a copy holds: how many organizations, and the first words of their names. */
function contentOf(chunks: Buffer[]) {
  const path = join(temporaryFolder(), 'copy.db');
  writeFileSync(path, Buffer.concat(chunks));
  const engine = new Database(path);
  engine.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE');
  const check = engine.pragma('integrity_check');
  const names = engine
    .prepare('select substr(name, 1, 6) as name, count(*) as n from organization group by 1')
    .all();
  engine.close();
  return { check, names };
}

/** Resolves when the log was emptied, which the snapshot does by its own timer. */
async function isEmptied(path: string): Promise<void> {
  while (statSync(`${path}-wal`).size > 0) await new Promise((resolve) => setImmediate(resolve));
}

it('is the database as it was, while all of it is written anew again and again', async () => {
  const { db, path, file } = await prepare();
  await add(db, 0, 2000);
  const snapshot = await takeSnapshot(db, file, path);
  expect(snapshot.size).toBeGreaterThan(8_000_000);
  const chunks = [snapshot.next() ?? Buffer.of(), snapshot.next() ?? Buffer.of()];
  for (const name of ['first', 'second']) {
    await change(db, name);
    await add(db, name === 'first' ? 10_000 : 20_000, 100);
    await isEmptied(path);
    chunks.push(snapshot.next() ?? Buffer.of());
  }
  // So the file itself would not do.
  expect(readFileSync(path).includes('before xx')).toBe(true);
  expect(readFileSync(path).includes('second xx')).toBe(true);
  chunks.push(...rest(snapshot));
  await snapshot.close();
  expect(Buffer.concat(chunks)).toHaveLength(snapshot.size);
  expect(contentOf(chunks)).toEqual({
    check: [{ integrity_check: 'ok' }],
    names: [{ name: 'before', n: 2000 }],
  });
});

it('holds what is committed in the log alone, and leaves the engine as it was', async () => {
  const { db, path, file } = await prepare();
  await add(db, 0, 3);
  const snapshot = await takeSnapshot(db, file, path);
  await add(db, 10, 1);
  const chunks = rest(snapshot);
  await snapshot.close();
  expect(contentOf(chunks).names).toEqual([{ name: 'before', n: 3 }]);

  const before = statSync(path).size;
  await add(db, 100, 2000);
  expect(statSync(path).size).toBeGreaterThan(before);
});

it('is given up when more is written anew than may be kept, and leaves room for another', async () => {
  const { db, path, file } = await prepare();
  await add(db, 0, 2000);
  const snapshot = await takeSnapshot(db, file, path, 100_000);
  snapshot.next();
  await change(db, 'after!');
  // It is found out by the snapshot's own timer, once in so many rounds of the event loop.
  while (!snapshot.failed) await new Promise((resolve) => setImmediate(resolve));
  expect(() => snapshot.next()).toThrow('read too slowly');
  await snapshot.close();

  const next = await takeSnapshot(db, file, path);
  const { check, names } = contentOf(rest(next));
  await next.close();
  expect(check).toEqual([{ integrity_check: 'ok' }]);
  expect(names).toEqual([{ name: 'after!', n: 2000 }]);
});
