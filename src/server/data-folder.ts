import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { StartError } from './start-error';

const databaseName = 'webhooks.db';

/**
 * Makes the data folder fit for secrets: mode 700, and its database a file of mode 600. A folder that
 * is full of somebody else's files keeps its mode, since it is not ours alone.
 *
 * @returns the path of the database.
 * @throws {StartError} if the folder cannot be made or written.
 */
export function prepareDataFolder(folder: string): string {
  const database = join(folder, databaseName);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
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
 * Reads a key of this installation, or makes it when it is missing. The file has mode 600.
 *
 * @param make gives the text of a new key.
 * @throws {StartError} if the file cannot be read or written, or is empty.
 */
export function readOrMakeKey(folder: string, name: string, make: () => string): string {
  const path = join(folder, name);
  try {
    if (!existsSync(path)) writeFileSync(path, `${make()}\n`, { mode: 0o600, flag: 'wx' });
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

/** Volumes that belong to somebody else refuse a change of mode; that must not stop the start. */
function restrict(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') throw error;
  }
}

/** The code of a system error, such as `ENOENT`, or an empty text. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

const reasons: Record<string, string> = {
  EACCES: 'permission denied',
  EEXIST: 'there is a file of that name',
  ENOTDIR: 'a part of its path is a file',
  EISDIR: 'it is a folder',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return reasons[code] ?? (code || String(error));
}
