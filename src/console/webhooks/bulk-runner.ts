import { ApiError } from '../api-client';

/** How many requests are under way at a time. */
const atOnce = 4;

/** The longest wait where an API says "too many requests" and not for how long, in seconds. */
const longestGuess = 30;

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
  /** Seconds that the API asks to wait before the next; null if it does not. */
  waiting: number | null;
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
 * Does the same to many, a few at a time and in their order. A failure of one stops no other. "Too
 * many requests" (429) is no failure: all wait as long as the API asks, and that one has another turn.
 * A session that has ended (401) or may not write (403) stops the run, since all others would fail
 * alike.
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
  };
  /** Answers 429 in a row. */
  let refusals = 0;
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

  function hold(retryAfter: number | null) {
    const seconds = Math.max(1, retryAfter ?? Math.min(2 ** refusals, longestGuess));
    refusals += 1;
    resumeAt = Math.max(resumeAt, Date.now() + seconds * 1000);
    if (progress.phase === 'running') report({ waiting: seconds });
  }

  async function rest() {
    while (progress.phase === 'running' && Date.now() < resumeAt) {
      await Promise.race([stopped, sleep(resumeAt - Date.now())]);
    }
    if (progress.waiting !== null) report({ waiting: null });
  }

  async function writeNext(item: T) {
    try {
      await write(item);
      refusals = 0;
      report({ succeeded: progress.succeeded + 1 });
    } catch (error) {
      if (error instanceof ApiError && error.status === 429) {
        queue.push(item);
        hold(error.retryAfter);
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
