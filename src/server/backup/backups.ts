import { closeSync, openSync } from 'node:fs';
import { setImmediate as nextRound } from 'node:timers/promises';

import type { Db } from '../db';
import { takeSnapshot, type Snapshot } from './snapshot';

/** A copy of the database on its way. */
export interface Backup {
  /** In bytes. */
  size: number;
  stream: ReadableStream<Uint8Array>;
}

/** Gives copies of the database while it is in use. */
export interface Backups {
  /** Begins one; null while another is under way. */
  begin(): Promise<Backup | null>;
  /** Cuts off the one that is under way, and begins none any more. */
  stop(): Promise<void>;
  /** To be called when the database is closed. */
  close(): void;
}

/** Whoever reads nothing for so long has gone, in milliseconds. */
const longestIdle = 60_000;

/**
 * Opens nothing before the first backup.
 *
 * @param path the file of the database.
 */
export function createBackups(db: Db, path: string): Backups {
  let isStopped = false;
  let isBusy = false;
  let cutOff: () => Promise<void> = async () => {};
  let beginning: Promise<unknown> = Promise.resolve();
  // A process that closes any descriptor of a file loses all its locks on it (POSIX): this one stays
  // open, or another process could open the database beside us.
  let file: number | null = null;

  const start = async (): Promise<Backup> => {
    try {
      file ??= openSync(path, 'r');
      const snapshot = await takeSnapshot(db, file, path);
      const { stream, cut } = streamOf(snapshot, () => (isBusy = false));
      cutOff = cut;
      return { size: snapshot.size, stream };
    } catch (error) {
      isBusy = false;
      throw error;
    }
  };

  return {
    async begin() {
      if (isBusy || isStopped) return null;
      isBusy = true;
      const started = start();
      beginning = started.catch(() => {});
      return await started;
    },
    async stop() {
      isStopped = true;
      await beginning;
      await cutOff();
    },
    close() {
      if (file !== null) closeSync(file);
      file = null;
    },
  };
}

function streamOf(snapshot: Snapshot, onEnd: () => void) {
  let ended: Promise<void> | null = null;
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  const cut = async (why: string) => {
    if (ended === null) controller?.error(new Error(why));
    await end();
  };
  const idle = setTimeout(() => void cut('Nobody reads the backup.'), longestIdle).unref();
  const end = () => {
    clearTimeout(idle);
    return (ended ??= snapshot.close().finally(onEnd));
  };
  const stream = new ReadableStream<Uint8Array>(
    {
      start(started) {
        controller = started;
      },
      async pull() {
        // Reading is synchronous: others have their turn in between.
        await nextRound();
        if (ended !== null) return;
        idle.refresh();
        try {
          const chunk = snapshot.next();
          if (chunk) controller?.enqueue(chunk);
          else await end().then(() => controller?.close());
        } catch (error) {
          await end();
          throw error;
        }
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
  return { stream, cut: () => cut('The server stops.') };
}
