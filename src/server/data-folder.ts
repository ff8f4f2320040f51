import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { StartError } from './start-error';
import { codeOf, reasonOf } from './system-error';

const databaseName = 'webhooks.db';

/** Where a data folder has its database. */
export function databasePath(folder: string): string {
  return join(folder, databaseName);
}

/**
 * Makes the data folder fit for secrets: mode 700, and its database a file of mode 600. A folder that
 * is full of somebody else's files keeps its mode, since it is not ours alone.
 *
 * @returns the path of the database.
 * @throws {StartError} if the folder cannot be made or written.
 */
export function prepareDataFolder(folder: string): string {
  const database = databasePath(folder);
  try {
    makeFolder(folder);
    const isOurs = existsSync(database) || readdirSync(folder).length === 0;
    if (isOurs) restrict(folder, 0o700);
    closeSync(openSync(database, 'a', 0o600));
    restrict(database, 0o600);
  } catch (error) {
    throw new StartError(`The data folder ${folder} cannot be used: ${reasonOf(error)}.`);
  }
  return database;
}

/**
 * Makes a folder and those above it. Not by `recursive`: where a file system refuses new entries with
 * ENOENT, as /proc does, Node 20 tries again for ever.
 */
function makeFolder(folder: string): void {
  if (isFolder(folder)) return;
  const above = dirname(folder);
  if (!existsSync(above)) makeFolder(above);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have been faster.
    if (!isFolder(folder)) throw error;
  }
}

/** Also true of a link to one; throws if that cannot be found out. */
function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/**
 * Reads a key of this installation, or makes it when it is missing. The file has mode 600 and is on
 * the disk for good: the database may be committed to a key that was just made. To be called by the
 * owner of the database only, or two processes could make different ones.
 *
 * @param make gives the text of a new key.
 * @throws {StartError} if the file cannot be read or written, or is empty.
 */
export function readOrMakeKey(folder: string, name: string, make: () => string): string {
  const path = join(folder, name);
  try {
    if (!existsSync(path)) writeForGood(folder, name, `${make()}\n`);
    restrict(path, 0o600);
    const key = readFileSync(path, 'utf8').trim();
    if (key !== '') return key;
  } catch (error) {
    throw new StartError(`The file ${path} cannot be used: ${reasonOf(error)}.`);
  }
  throw new StartError(
    `The file ${path} is empty: put the key back, or remove it to get a new one.`,
  );
}

/** Writes a file that is there as a whole or not at all, even after a loss of power. */
function writeForGood(folder: string, name: string, text: string): void {
  const path = join(folder, name);
  const unfinished = `${path}.new`;
  writeFileSync(unfinished, text, { mode: 0o600, flush: true });
  renameSync(unfinished, path);
  const entries = openSync(folder, 'r');
  try {
    fsyncSync(entries);
  } finally {
    closeSync(entries);
  }
}

/** Volumes that belong to somebody else refuse a change of mode; that must not stop the start. */
function restrict(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') throw error;
  }
}
