import { setTimeout as wait } from 'node:timers/promises';

import type { Db } from '../db';
import type { Settings } from '../env';
import type { Log } from '../log';
import { sweep } from './sweep';

interface Deps {
  db: Db;
  log: Log;
  settings: Pick<Settings, 'retention'>;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Removes what is older than `RETENTION`, for as long as the process runs. */
export interface Retention {
  /** Resolves when the statement in progress is over; the next start goes on from there. */
  stop(): Promise<void>;
}

const longestInterval = 10 * 60_000;

/** A sweep takes at most a quarter of the time; the rest is for those who wait. */
const pausePerWork = 3;
const shortestPause = 2;

/** Sweeps now and every 10 minutes, or as often as the retention lasts if that is shorter. */
export function startRetention({ db, log, settings, now }: Deps): Retention {
  const { retention } = settings;
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async (): Promise<void> => {
    try {
      const startedAt = performance.now();
      const swept = await sweep({ db, before: now() - retention, pause: pauses(signal) });
      if (swept.events === 0 && swept.attempts === 0) return;
      const duration_ms = Math.round(performance.now() - startedAt);
      log.info({ ...swept, duration_ms }, 'removed what is older than RETENTION');
    } catch (error) {
      if (!signal.aborted) log.error({ err: error }, 'what is older than RETENTION is still there');
    }
  };
  const runForEver = async (): Promise<void> => {
    while (!signal.aborted) {
      await run();
      const interval = Math.min(longestInterval, retention);
      await wait(interval, undefined, { signal, ref: false }).catch(() => {});
    }
  };
  const ended = runForEver();
  return {
    stop() {
      stopping.abort();
      return ended;
    },
  };
}

/** Gives pauses that are longer the longer the work before them has taken. */
function pauses(signal: AbortSignal): () => Promise<void> {
  let since = performance.now();
  return async () => {
    const worked = performance.now() - since;
    await wait(Math.max(shortestPause, worked * pausePerWork), undefined, { signal });
    since = performance.now();
  };
}
