import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { sql } from 'kysely';
import { onTestFinished, expect, it, vi } from 'vitest';

import { openDatabase, type Db } from './db';
import { StartError } from './start-error';
import { temporaryFolder } from './temporary-folder';

// Generous: a busy machine starts processes and databases slowly.
vi.setConfig({ testTimeout: 60_000 });

async function open(folder: string, patienceMs = 0): Promise<Db> {
  const db = await openDatabase(folder, patienceMs);
  onTestFinished(() => db.destroy());
  return db;
}

const addOrganization = (db: Db, name: string) =>
  db.insertInto('organization').values({ id: name, name, created_at: 1 }).execute();

const organizationNames = async (db: Db) =>
  (await db.selectFrom('organization').select('name').orderBy('name').execute()).map(
    ({ name }) => name,
  );

/** A process that owns the database of a folder until it is killed. */
async function startOwner(folder: string) {
  const module = pathToFileURL(join(import.meta.dirname, 'db.ts')).href;
  const script = `
    const { openDatabase } = await import(${JSON.stringify(module)});
    const db = await openDatabase(${JSON.stringify(folder)});
    await db.insertInto('organization').values({ id: 'o', name: 'by the owner', created_at: 1 }).execute();
    process.stdout.write('ready');
    setInterval(() => db, 1000);`;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

it('keeps rows, and opens again what it has made', async () => {
  const folder = temporaryFolder();
  const first = await openDatabase(folder);
  await addOrganization(first, 'a');
  await first.destroy();
  expect(await organizationNames(await open(folder))).toEqual(['a']);
});

it('keeps folder and files to the owner', async () => {
  const folder = join(temporaryFolder(), 'made', 'deep');
  await addOrganization(await open(folder), 'a');
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(readdirSync(folder).toSorted()).toEqual(['webhooks.db', 'webhooks.db-wal']);
  for (const file of readdirSync(folder)) {
    expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  }
});

it('writes to the disk at every commit', async () => {
  const { rows } = await sql`PRAGMA synchronous`.execute(await open(temporaryFolder()));
  expect(rows).toEqual([{ synchronous: 2 }]);
});

it('refuses a second process until the first is killed, and then has what that one committed', async () => {
  const folder = temporaryFolder();
  const owner = await startOwner(folder);
  await expect(openDatabase(folder, 0)).rejects.toThrow(
    /^The data folder .* is in use by another process/,
  );
  const waiting = open(folder, 60_000);
  owner.kill('SIGKILL');
  expect(await organizationNames(await waiting)).toEqual(['by the owner']);
});

it('refuses a database of a newer edition', async () => {
  const folder = temporaryFolder();
  const newer = await openDatabase(folder);
  await newer
    .withTables<{ kysely_migration: { name: string; timestamp: string } }>()
    .insertInto('kysely_migration')
    .values({ name: '9999-from-the-future', timestamp: '2999-01-01T00:00:00.000Z' })
    .execute();
  await newer.destroy();
  await expect(openDatabase(folder, 0)).rejects.toThrow(
    new StartError('The database was written by a newer edition of this program: start that one.'),
  );
  await expect(openDatabase(folder, 0)).rejects.toThrow('newer edition');
});

it('refuses a file that is no database', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'webhooks.db'), 'This is no database. '.repeat(100));
  await expect(openDatabase(folder, 0)).rejects.toThrow(/is not a database of this program/);
});

it('says what is wrong with a folder that cannot be', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  await expect(openDatabase(join(file, 'data'), 0)).rejects.toThrow(/a part of its path is a file/);
});

it('leaves the mode of a folder that others use alone', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'of-others'), '');
  chmodSync(folder, 0o755);
  await open(folder);
  expect(statSync(folder).mode & 0o777).toBe(0o755);
  expect(existsSync(join(folder, 'webhooks.db'))).toBe(true);
});

it('rolls back what failed', async () => {
  const db = await open(temporaryFolder());
  const failed = db.transaction().execute(async (trx) => {
    await addOrganization(trx, 'a');
    await addOrganization(trx, 'a');
  });
  await expect(failed).rejects.toThrow(/UNIQUE/);
  await addOrganization(db, 'b');
  expect(await organizationNames(db)).toEqual(['b']);
});
