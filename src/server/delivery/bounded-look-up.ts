import type { Address, LookUp } from './target-guard';

/** What libuv takes when `UV_THREADPOOL_SIZE` is not set. */
const defaultPoolSize = 4;

/**
 * How many names may be looked up at once: all but two of the process's threads. A look-up holds one
 * until the resolver gives up, however short the attempt's time is, and files, compression and keys
 * need threads as well.
 *
 * @param poolSize `UV_THREADPOOL_SIZE` as the process was started with.
 */
export function mostLookUps(poolSize: string | undefined): number {
  const size = Number(poolSize);
  return Math.max(1, (Number.isInteger(size) && size > 0 ? size : defaultPoolSize) - 2);
}

/**
 * Bounds a resolver: look-ups beyond `most` wait in a row, and those who ask for a name while it is
 * being looked up, or waits to be, share one answer. Answers are not kept.
 */
export function boundedLookUp(lookUp: LookUp, most: number): LookUp {
  const asked = new Map<string, Promise<readonly Address[]>>();
  const waiting: (() => void)[] = [];
  let running = 0;

  async function ask(hostname: string): Promise<readonly Address[]> {
    if (running < most) running += 1;
    // Whoever ends passes its place on.
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await lookUp(hostname);
    } finally {
      asked.delete(hostname);
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  }

  return (hostname) => {
    const known = asked.get(hostname);
    if (known) return known;
    const answer = ask(hostname);
    asked.set(hostname, answer);
    return answer;
  };
}
