import type { WebhookEvent } from '../../contract/webhook-event';
import {
  countOf,
  joined,
  mayChange,
  pageOf,
  renewed,
  type LogPage,
  type LogRow,
} from './log-pages';
import type { LogRange } from './log-queries';

/** Reads rows of the log, newest first. */
export type ReadRows = (range: LogRange) => Promise<readonly WebhookEvent[]>;

/** What is known of a log, as a whole. */
export interface LogState {
  /** How many rows can be shown. */
  count: number;
  /** How many rows have come since and are not among the others yet. */
  waiting: number;
  /** How many rows were put on top since the beginning: by so many places all others have moved. */
  onTop: number;
  isPending: boolean;
  isAtEnd: boolean;
  /** Why the first page, or a further one, could not be loaded. */
  error: Error | null;
  /** Why it is not known what is new. */
  lookError: Error | null;
}

const rowsPerPage = 100;
const mostRows = 200;

/**
 * A log as far as it was scrolled through, newest first. It holds the rows of the pages in sight and
 * beside it, and of the others only where they are. What is new waits until it is taken, so that
 * nothing moves while somebody reads.
 */
export class LogBook {
  /** The newest first. */
  #pages: LogPage[] = [];
  #arrived: LogPage[] = [];
  #sight = { first: 0, last: 0 };
  /** What is being read, so that nothing is read twice at a time. */
  readonly #reading = new Map<LogPage | 'older' | 'newer', Promise<void>>();
  readonly #listeners = new Set<() => void>();
  #state: LogState = {
    count: 0,
    waiting: 0,
    onTop: 0,
    isPending: true,
    isAtEnd: false,
    error: null,
    lookError: null,
  };

  constructor(private readonly read: ReadRows) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): LogState => this.#state;

  /** The row at a place; `loading` while it is on its way, `gone` if it is not in the log any more. */
  rowAt(index: number): LogRow | 'loading' | 'gone' {
    let place = index;
    for (const { count, rows } of this.#pages) {
      if (place < count) return rows ? (rows[place] ?? 'gone') : 'loading';
      place -= count;
    }
    return 'loading';
  }

  /** Loads what follows the oldest row; at first the newest rows. */
  async loadOlder(): Promise<void> {
    const oldest = this.#pages.at(-1)?.oldest;
    if (this.#state.isAtEnd) return;
    let change: Partial<LogState> = {};
    await this.#once('older', async () => {
      try {
        const range = { ...(oldest !== undefined && { before: oldest }), limit: rowsPerPage };
        const page = pageOf(await this.read(range));
        if (page) this.#pages.push(page);
        change = { isPending: false, isAtEnd: page === null, error: null };
      } catch (error) {
        change = { isPending: false, error: asError(error) };
      }
    });
    // Not before: who is told may want the next ones at once.
    this.#tell(change);
  }

  /**
   * Asks what is new, and what became of the rows in sight that wait for something. Where not even the
   * first rows could be loaded, those.
   *
   * @param signal ends it between two pages: very many may have come.
   */
  look(signal?: AbortSignal): Promise<void> {
    if (this.#pages.length === 0 && !this.#state.isAtEnd) return this.loadOlder();
    return this.#once('newer', async () => {
      try {
        while (await this.#readNewer(signal));
        if (signal?.aborted) return;
        const unsettled = this.#pagesInSight().filter((page) => !page.rows || mayChange(page));
        await Promise.all(unsettled.map((page) => this.#renew(page)));
        this.#tell({ lookError: null });
      } catch (error) {
        this.#tell({ lookError: asError(error) });
      }
    });
  }

  /** Gives whether there may be more, and it is still wanted. */
  async #readNewer(signal?: AbortSignal): Promise<boolean> {
    const newest = (this.#arrived[0] ?? this.#pages[0])?.newest;
    const limit = mostRows;
    const events = await this.read(newest === undefined ? { limit } : { after: newest, limit });
    const page = pageOf(events);
    if (!page) return false;
    if (newest === undefined) {
      // There is nothing yet that it could move, and there may be more beneath it.
      this.#pages.push(page);
      this.#tell({ isAtEnd: false });
      return false;
    }
    this.#arrived = onTopOf(this.#arrived, page);
    // Nobody sees them yet, and many may come before somebody does.
    for (const waiting of this.#arrived.slice(1)) waiting.rows = null;
    this.#tell({});
    return events.length === limit && !signal?.aborted;
  }

  /** Puts what has come on top. */
  takeNew(): void {
    if (this.#arrived.length === 0) return;
    const onTop = this.#state.onTop + countOf(this.#arrived);
    this.#pages = this.#arrived.reduceRight(onTopOf, this.#pages);
    this.#arrived = [];
    this.#tell({ onTop });
    this.#keepSight();
  }

  /** Says which places are in sight: their rows are loaded, those far from it are let go. */
  show(first: number, last: number): void {
    this.#sight = { first, last };
    this.#keepSight();
  }

  #keepSight(): void {
    const [inSight, near] = [new Set(this.#pagesInSight()), new Set(this.#pagesInSight(mostRows))];
    for (const page of this.#pages) {
      if (!near.has(page)) page.rows = null;
      else if (inSight.has(page) && !page.rows) {
        this.#renew(page).catch((error: unknown) => this.#tell({ lookError: asError(error) }));
      }
    }
  }

  /** Reads the rows of a page again: exactly those, however many there are beside them by now. */
  #renew(page: LogPage): Promise<void> {
    return this.#once(page, async () => {
      const { newest, oldest } = page;
      const events = await this.read({ within: { newest, oldest }, limit: mostRows });
      const at = this.#pages.indexOf(page);
      if (at < 0) return;
      this.#pages[at] = renewed(page, events);
      this.#tell({});
    });
  }

  /** @param margin in places, around what is in sight. */
  #pagesInSight(margin = 0): LogPage[] {
    let start = 0;
    return this.#pages.filter(({ count }) => {
      const isIn = start <= this.#sight.last + margin && start + count > this.#sight.first - margin;
      start += count;
      return isIn;
    });
  }

  #once(what: LogPage | 'older' | 'newer', read: () => Promise<void>): Promise<void> {
    const going = this.#reading.get(what);
    if (going) return going;
    const reading = read().finally(() => this.#reading.delete(what));
    this.#reading.set(what, reading);
    return reading;
  }

  #tell(change: Partial<LogState>): void {
    this.#state = {
      ...this.#state,
      ...change,
      count: countOf(this.#pages),
      waiting: countOf(this.#arrived),
    };
    for (const listener of this.#listeners) listener();
  }
}

/** Pages with a newer one on top, as part of the topmost where both are short: each costs a request. */
function onTopOf(pages: readonly LogPage[], page: LogPage): LogPage[] {
  const [top, ...others] = pages;
  const both = top ? joined(page, top, rowsPerPage) : null;
  return both ? [both, ...others] : [page, ...pages];
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
