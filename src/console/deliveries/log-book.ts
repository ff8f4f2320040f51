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
import { TriedRows } from './tried-rows';

/** Reads rows of the log, newest first. */
export type ReadRows = (range: LogRange) => Promise<readonly WebhookEvent[]>;

/** What is known of a log, as a whole. */
export interface LogState {
  /** How many rows can be shown. */
  count: number;
  /** How many rows have come since and are not among the others yet, not even as what became of one. */
  waiting: number;
  /** How many rows have vanished above those in sight since the beginning. */
  vanishedAbove: number;
  /** Where the row is by now that is kept, or was. */
  keptAt: number | null;
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
  /** How many of those that arrived are what became of a row that is there already. */
  #results = 0;
  #sight = { first: 0, last: 0 };
  /** The row that stays whether it is in sight or not. */
  #kept: { id: string; at: number } | null = null;
  readonly #tried = new TriedRows();
  /** What is being read, so that nothing is read twice at a time. */
  readonly #reading = new Map<LogPage | 'older' | 'newer', Promise<void>>();
  readonly #listeners = new Set<() => void>();
  #state: LogState = {
    count: 0,
    waiting: 0,
    vanishedAbove: 0,
    keptAt: null,
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

  /** The row at a place; `loading` while it is on its way. */
  rowAt(index: number): LogRow | 'loading' {
    let place = index;
    for (const { count, rows } of this.#pages) {
      const row = rows?.[place];
      if (row) return this.#tried.resultOf(row) ?? row;
      if (place < count) return 'loading';
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
        const events = await this.read(range);
        this.#tried.noteWaiting(events);
        const page = pageOf(events);
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
        const unsettled = this.#pagesInSight().filter((page) => !page.rows || mayChange(page));
        const read = await Promise.all(unsettled.map((page) => this.#readAgain(page)));
        // What those rows have become that are not in the log any more has come by now.
        while (await this.#readNewer(signal));
        for (const put of read) put();
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
    const results = this.#tried.noteNew(events);
    const page = pageOf(events);
    if (!page) return false;
    if (newest === undefined) {
      // There is nothing yet that it could move, and there may be more beneath it.
      this.#pages.push(page);
      this.#tell({ isAtEnd: false });
      return false;
    }
    this.#results += results;
    this.#arrived = onTopOf(this.#arrived, page);
    // Nobody sees them yet, and many may come before somebody does.
    for (const waiting of this.#arrived.slice(1)) waiting.rows = null;
    return events.length === limit && !signal?.aborted;
  }

  /** Puts what has come on top, also in the place of what waited for it. */
  takeNew(): void {
    if (this.#arrived.length === 0) return;
    for (const page of this.#pages) this.#put(page, this.#untried(page));
    for (const page of this.#arrived) {
      page.rows = this.#untried(page);
      page.count = page.rows?.length ?? page.count;
    }
    if (this.#kept) this.#kept.at += countOf(this.#arrived);
    this.#pages = this.#arrived.reduceRight(onTopOf, this.#pages);
    this.#arrived = [];
    this.#results = 0;
    this.#tell({});
    this.#keepSight();
  }

  /** The rows of a page without those that waited and were tried. */
  #untried({ rows }: LogPage): readonly LogRow[] | null {
    return rows?.filter((row) => row.id === this.#kept?.id || !this.#tried.resultOf(row)) ?? null;
  }

  /** Says which row stays, wherever one looks, until it is another one; null: none. */
  keep(row: { id: string; at: number } | null): void {
    this.#kept = row;
    this.#tell({});
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

  /** Brings the rows of a page into memory. */
  #renew(page: LogPage): Promise<void> {
    return this.#once(page, async () => {
      const put = await this.#readAgain(page);
      put();
      this.#tell({});
    });
  }

  /**
   * Reads the rows of a page again: exactly those, however many there are beside them by now.
   *
   * @returns what puts them there.
   */
  async #readAgain(page: LogPage): Promise<() => void> {
    const { newest, oldest } = page;
    const events = await this.read({ within: { newest, oldest }, limit: mostRows });
    this.#tried.noteWaiting(events);
    return () => {
      const start = this.#startOf(page);
      const { first, last } = this.#sight;
      const kept = this.#kept?.at;
      const rows = renewed(page, events, (row, place) => {
        const at = start + place;
        return (
          (at >= first && at <= last) || at === kept || this.#tried.resultOf(row) !== undefined
        );
      });
      this.#put(page, rows);
    };
  }

  #startOf(page: LogPage): number {
    return countOf(this.#pages.slice(0, this.#pages.indexOf(page)));
  }

  /** Gives a page other rows, of which some may have vanished: what is in sight stays there. */
  #put(page: LogPage, rows: readonly LogRow[] | null): void {
    if (!rows || !this.#pages.includes(page)) return;
    const start = this.#startOf(page);
    const left = new Set(rows.map(({ id }) => id));
    // Which rows a page had that was not in memory is not known: it is the same for all beneath it.
    const vanishedBefore = (at: number) =>
      page.rows
        ? page.rows.filter(({ id }, place) => start + place < at && !left.has(id)).length
        : start < at
          ? page.count - rows.length
          : 0;
    const above = vanishedBefore(this.#sight.first);
    const { first, last } = this.#sight;
    if (this.#kept) {
      const place = rows.findIndex(({ id }) => id === this.#kept?.id);
      this.#kept.at = place < 0 ? this.#kept.at - vanishedBefore(this.#kept.at) : start + place;
    }
    this.#sight = { first: first - above, last: last - above };
    page.rows = rows;
    page.count = rows.length;
    this.#state = { ...this.#state, vanishedAbove: this.#state.vanishedAbove + above };
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
      waiting: countOf(this.#arrived) - this.#results,
      keptAt: this.#kept?.at ?? null,
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
