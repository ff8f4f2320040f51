import { ApiError } from '../api-client';
import { waitBefore, waitsAgain } from '../put-off';

/** How many requests are under way at a time. */
const atOnce = 4;

export interface Failure<T> {
  item: T;
  error: unknown;
}

/** How far a run is. Each change is a new object. */
export interface Progress<T> {
  /** `stopping`: nothing more is started, but the last requests are still under way. */
  phase: 'running' | 'stopping' | 'ended';
  total: number;
  succeeded: number;
  failures: readonly Failure<T>[];
  /** For how many seconds it waits before the next, because the API asks for it; null if it does not. */
  waiting: number | null;
  /** The API's "too many requests" for which the rest is not started: see `put-off.ts`. */
  putOff: ApiError | null;
}

export interface BulkRun<T> {
  get: () => Progress<T>;
  subscribe: (listener: () => void) => () => void;
  /** What is under way is finished, the rest is left as it is. */
  stop: () => void;
  /** Settles when nothing is under way any more. */
  ended: Promise<void>;
}

/**
 * For the mutations of a run: it waits itself where the API asks for it, with all of them. A mutation
 * that is through is of no use to anybody, and thousands of them would be searched each time.
 */
export const inRun = { retry: false, gcTime: 1000 };

/**
 * Does the same to many, a few at a time and in their order. A failure of one stops no other. "Too
 * many requests" (429) is no failure: all wait as long as the API asks, within the limits that hold for
 * all that is put off, and that one has another turn; beyond them, the rest is not started. A session
 * that has ended (401) or may not write (403) stops the run, since all others would fail alike.
 */
export function runInBulk<T>(items: readonly T[], write: (item: T) => Promise<void>): BulkRun<T> {
  const queue = items.toReversed();
  const listeners = new Set<() => void>();
  let progress: Progress<T> = {
    phase: 'running',
    total: items.length,
    succeeded: 0,
    failures: [],
    waiting: null,
    putOff: null,
  };
  /** How often all have waited; in a row: without a success since. */
  let waits = 0;
  let waitsInARow = 0;
  let resumeAt = 0;
  let wake: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    wake = resolve;
  });

  function report(change: Partial<Progress<T>>) {
    progress = { ...progress, ...change };
    for (const listener of listeners) listener();
  }

  function stop() {
    if (progress.phase !== 'running') return;
    report({ phase: 'stopping', waiting: null });
    wake();
  }

  /** @param waitsBefore how often all had waited when the request went out. */
  function hold(error: ApiError, waitsBefore: number) {
    // Those that were under way together are put off together, which is one wait.
    const isFirst = waitsBefore === waits;
    const failures = isFirst ? waitsInARow : Math.max(0, waitsInARow - 1);
    if (!waitsAgain(failures, error)) {
      if (progress.phase === 'running') report({ putOff: error });
      stop();
      return;
    }
    if (isFirst) {
      waits += 1;
      waitsInARow += 1;
    }
    resumeAt = Math.max(resumeAt, Date.now() + waitBefore(failures, error));
    if (progress.phase === 'running') report({ waiting: (resumeAt - Date.now()) / 1000 });
  }

  async function rest() {
    while (progress.phase === 'running' && Date.now() < resumeAt) {
      await Promise.race([stopped, sleep(resumeAt - Date.now())]);
    }
    if (progress.waiting !== null) report({ waiting: null });
  }

  async function writeNext(item: T) {
    const waitsBefore = waits;
    try {
      await write(item);
      waitsInARow = 0;
      report({ succeeded: progress.succeeded + 1 });
    } catch (error) {
      if (error instanceof ApiError && error.status === 429) {
        queue.push(item);
        hold(error, waitsBefore);
        return;
      }
      report({ failures: [...progress.failures, { item, error }] });
      if (error instanceof ApiError && (error.status === 401 || error.status === 403)) stop();
    }
  }

  async function work() {
    while (progress.phase === 'running') {
      await rest();
      const item = progress.phase === 'running' ? queue.pop() : undefined;
      if (item === undefined) return;
      await writeNext(item);
    }
  }

  const ended = Promise.all(Array.from({ length: atOnce }, work)).then(() =>
    report({ phase: 'ended', waiting: null }),
  );
  return {
    get: () => progress,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop,
    ended,
  };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
