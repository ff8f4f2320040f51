import Database from 'libsql';
import { sql } from 'kysely';
import { expect, it, onTestFinished, vi } from 'vitest';

import { openDatabase } from './db';
import { embeddedEngine } from './embedded-dialect';
import { temporaryFolder } from './temporary-folder';

async function open() {
  const db = await openDatabase(temporaryFolder());
  onTestFinished(() => db.destroy());
  return db;
}

it('keeps the statements prepared that are in use', () => {
  const engine = new Database(':memory:');
  const prepare = vi.spyOn(engine, 'prepare');
  const cached = embeddedEngine(engine, () => {});
  onTestFinished(() => void engine.close());
  const hot = cached.prepare('select 1');
  for (let i = 2; i <= 1000; i += 1) {
    cached.prepare(`select ${i}`);
    expect(cached.prepare('select 1')).toBe(hot);
  }
  expect(prepare).toHaveBeenCalledTimes(1000);
  cached.prepare('select 999');
  expect(prepare).toHaveBeenCalledTimes(1000);
  cached.prepare('select 2');
  expect(prepare).toHaveBeenCalledTimes(1001);
});

it('lets the event loop go on while it commits, and others wait for it', async () => {
  const db = await open();
  await sql`create table one (content text)`.execute(db);
  let hasTurned = false;
  const committed = db.transaction().execute(async (trx) => {
    await sql`insert into one values ('x')`.execute(trx);
    // What waits for nothing but promises is over before the event loop turns.
    setImmediate(() => (hasTurned = true));
  });
  const counted = sql<{ count: number }>`select count(*) as count from one`.execute(db);
  await committed;
  expect(hasTurned).toBe(true);
  expect((await counted).rows).toEqual([{ count: 1 }]);
});

it('rolls back what cannot be committed, and goes on', async () => {
  const db = await open();
  await sql`pragma foreign_keys = on`.execute(db);
  await sql`create table parent (id integer primary key)`.execute(db);
  await sql`create table child (parent integer references parent deferrable initially deferred)`.execute(
    db,
  );
  const failed = db.transaction().execute((trx) => sql`insert into child values (1)`.execute(trx));
  await expect(failed).rejects.toThrow(/FOREIGN KEY/);
  await db.transaction().execute(async (trx) => {
    await sql`insert into parent values (2)`.execute(trx);
    await sql`insert into child values (2)`.execute(trx);
  });
  const { rows } = await sql<{ parent: number }>`select parent from child`.execute(db);
  expect(rows).toEqual([{ parent: 2 }]);
});

it('closes when the transaction that is under way has ended', async () => {
  const folder = temporaryFolder();
  const db = await openDatabase(folder);
  await sql`create table one (content text)`.execute(db);
  let isClosing = () => {};
  const closing = new Promise<void>((resolve) => (isClosing = resolve));
  const committed = db.transaction().execute(async (trx) => {
    await sql`insert into one values ('x')`.execute(trx);
    await closing;
    await sql`insert into one values ('y')`.execute(trx);
  });
  const closed = db.destroy();
  isClosing();
  await Promise.all([committed, closed]);
  const again = await openDatabase(folder);
  onTestFinished(() => again.destroy());
  const { rows } = await sql<{ content: string }>`select content from one`.execute(again);
  expect(rows.map(({ content }) => content)).toEqual(['x', 'y']);
});
