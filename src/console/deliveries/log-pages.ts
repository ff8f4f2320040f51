import type { WebhookEvent } from '../../contract/webhook-event';

/*
 * The pages of a log that one scrolls through. Of most pages only the place is known; their rows come
 * and go with what is in sight, so that a long log does not fill the memory.
 */

/** A row as it is shown. */
export interface LogRow {
  event: WebhookEvent;
  /** Whether it is not in the log any more: it waited and was tried since, or is too old to be kept. */
  isGone: boolean;
}

/** Neighbouring rows that were loaded together, and can be again. */
export interface LogPage {
  /** How many places they take, also when some of them have gone since. */
  count: number;
  /** The ids of the first and the last of them. */
  newest: string;
  oldest: string;
  /** Null while they are not in memory. */
  rows: readonly LogRow[] | null;
}

/** The page that some rows make; null if there are none. */
export function pageOf(events: readonly WebhookEvent[]): LogPage | null {
  const [newest, oldest] = [events.at(0), events.at(-1)];
  if (!newest || !oldest) return null;
  const rows = events.map((event) => ({ event, isGone: false }));
  return { count: rows.length, newest: newest.id, oldest: oldest.id, rows };
}

/**
 * A page whose rows were read again. What is not in the log any more stays as it was where it is still
 * known, marked as gone, so that nothing moves.
 */
export function renewed(page: LogPage, events: readonly WebhookEvent[]): LogPage {
  const fresh = new Map(events.map((event) => [event.id, event]));
  const rows = page.rows
    ? page.rows.map((row) => {
        const event = fresh.get(row.event.id);
        return event ? { event, isGone: false } : { ...row, isGone: true };
      })
    : events.map((event) => ({ event, isGone: false }));
  return { ...page, rows };
}

/** Whether rows of a page wait for something, so that they will not stay as they are. */
export function mayChange({ rows }: LogPage): boolean {
  return (rows ?? []).some(
    ({ event, isGone }) => !isGone && (event.attempt === 0 || event.next_attempt_at !== null),
  );
}

/** Two pages as one, the newer first; null if they would be too long, or are not in memory. */
export function joined(newer: LogPage, older: LogPage, most: number): LogPage | null {
  const count = newer.count + older.count;
  if (count > most || !newer.rows || !older.rows) return null;
  const rows = [...newer.rows, ...older.rows];
  // A page that has lost rows keeps their places at its end, where they must not be in between.
  if (rows.length !== count) return null;
  return { count, newest: newer.newest, oldest: older.oldest, rows };
}

/** How many places some pages have together. */
export function countOf(pages: readonly LogPage[]): number {
  return pages.reduce((sum, { count }) => sum + count, 0);
}

/**
 * The ids next to a UUID, in lower case: with them as its bounds, a range takes the id itself in.
 *
 * @param step 1 for the one behind it, -1 for the one before it.
 */
export function idBeside(id: string, step: 1 | -1): string {
  const last = BigInt.asUintN(128, BigInt(`0x${id.replaceAll('-', '')}`) + BigInt(step));
  const hex = last.toString(16).padStart(32, '0');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
