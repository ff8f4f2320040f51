import { rmSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

import Database from 'libsql';

import { StartError } from '../start-error';
import { codeOf, reasonOf } from '../system-error';

/**
 * Writes a backup into a new file of mode 600 and looks through it. Where that fails, no file is left.
 *
 * @param fetchBackup gives the answer of the server; asked once the file is there.
 * @returns the size in bytes.
 * @throws {StartError} if the file is there already or cannot be written, or the copy is not whole.
 */
export async function writeBackup(
  path: string,
  fetchBackup: () => Promise<Response>,
): Promise<number> {
  const file = await create(path);
  try {
    const size = await fill(file, await fetchBackup()).finally(() => file.close());
    check(path);
    return size;
  } catch (error) {
    for (const name of [path, `${path}-wal`, `${path}-journal`]) rmSync(name, { force: true });
    throw error;
  }
}

async function create(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') {
      throw new StartError(`${path} is there already: name a new file.`);
    }
    throw new StartError(`${path} cannot be written: ${reasonOf(error)}.`);
  }
}

/** Gives how many bytes it has written: all that the server has announced. */
async function fill(file: FileHandle, { body, headers }: Response): Promise<number> {
  let written = 0;
  try {
    for await (const chunk of body ?? []) {
      for (let from = 0; from < chunk.length;) {
        from += (await file.write(chunk, from)).bytesWritten;
      }
      written += chunk.length;
    }
    await file.sync();
  } catch (error) {
    const isOurs = codeOf(error) !== '';
    const reason = isOurs ? reasonOf(error) : 'the server has cut it off; its log may say why';
    throw new StartError(`The backup was not made: ${reason}.`);
  }
  if (written === 0 || written !== Number(headers.get('content-length'))) {
    throw new StartError('The backup was not made: it did not come whole.');
  }
  return written;
}

/** Makes it one file that needs no log beside it, and reads it through. */
function check(path: string): void {
  const engine = new Database(path);
  try {
    engine.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE');
    const rows = engine.pragma('quick_check') as { quick_check?: string }[];
    if (rows.length === 1 && rows[0]?.quick_check === 'ok') return;
  } catch (error) {
    throw new StartError(`The backup was not made: the copy cannot be read (${reasonOf(error)}).`);
  } finally {
    engine.close();
  }
  throw new StartError('The backup was not made: the copy is damaged, as the database may be.');
}
