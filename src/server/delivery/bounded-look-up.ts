import { LastOutcomes } from './last-outcomes';
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
 * Bounds a resolver: look-ups beyond `most` wait in rows, and those who ask for a name while it is
 * being looked up, or waits to be, share one answer. Answers are not kept, but whether there was one
 * is: names that resolved last go first and may have every place. The others have half of the places,
 * at least 1, those that failed last after those that nothing is known of; so names that block their
 * threads until the resolver gives up keep no good one waiting.
 *
 * A look-up stays in its row when the attempt that asked is over: the next attempt goes by what came
 * of it.
 */
export function boundedLookUp(lookUp: LookUp, most: number): LookUp {
  const mostUnproven = Math.max(1, Math.floor(most / 2));
  const resolved = new LastOutcomes();
  const asked = new Map<string, Promise<readonly Address[]>>();
  const good: (() => void)[] = [];
  const unknown: (() => void)[] = [];
  const bad: (() => void)[] = [];
  let running = 0;
  let unproven = 0;

  function nextInRow(): (() => void) | undefined {
    if (running >= most) return undefined;
    if (good.length > 0 || unproven >= mostUnproven) return good.shift();
    return unknown.shift() ?? bad.shift();
  }

  async function run(hostname: string, isUnproven: boolean): Promise<readonly Address[]> {
    running += 1;
    unproven += Number(isUnproven);
    let isResolved = false;
    try {
      const addresses = await lookUp(hostname);
      isResolved = addresses.length > 0;
      return addresses;
    } finally {
      asked.delete(hostname);
      resolved.note(hostname, isResolved);
      running -= 1;
      unproven -= Number(isUnproven);
      callUp();
    }
  }

  function callUp(): void {
    for (let start = nextInRow(); start; start = nextInRow()) start();
  }

  function ask(hostname: string): Promise<readonly Address[]> {
    const before = resolved.of(hostname);
    const row = before === undefined ? unknown : before ? good : bad;
    return new Promise((resolve, reject) => {
      row.push(() => void run(hostname, before !== true).then(resolve, reject));
      callUp();
    });
  }

  return (hostname) => {
    const known = asked.get(hostname);
    if (known) return known;
    const answer = ask(hostname);
    asked.set(hostname, answer);
    return answer;
  };
}
