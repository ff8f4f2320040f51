import type { WebhookEvent } from '../../contract/webhook-event';

/*
 * The pages of a log that one scrolls through. Of most pages only the place is known; their rows come
 * and go with what is in sight, so that a long log does not fill the memory.
 */

/** A row as it is shown. */
export interface LogRow {
  /** The id of the row that the place is of, whatever stands there by now. */
  id: string;
  event: WebhookEvent;
  /** Whether it is not in the log any more: it waits no longer, or is too old to be kept. */
  isGone: boolean;
}

/** Neighbouring rows that were loaded together, and can be again. */
export interface LogPage {
  /** How many places they take. */
  count: number;
  /** The ids of the first and the last of them, also when those have gone since. */
  newest: string;
  oldest: string;
  /** Null while they are not in memory. */
  rows: readonly LogRow[] | null;
}

/** The page that some rows make; null if there are none. */
export function pageOf(events: readonly WebhookEvent[]): LogPage | null {
  const [newest, oldest] = [events.at(0), events.at(-1)];
  if (!newest || !oldest) return null;
  return { count: events.length, newest: newest.id, oldest: oldest.id, rows: rowsOf(events) };
}

function rowsOf(events: readonly WebhookEvent[]): LogRow[] {
  return events.map((event) => ({ id: event.id, event, isGone: false }));
}

/**
 * The rows of a page that was read again. What is not in the log any more stays, marked as gone, where
 * it may not be taken away.
 *
 * @param stays whether a row may not be taken away, told with its place in the page.
 */
export function renewed(
  page: LogPage,
  events: readonly WebhookEvent[],
  stays: (row: LogRow, place: number) => boolean,
): readonly LogRow[] {
  if (!page.rows) return rowsOf(events);
  const fresh = new Map(events.map((event) => [event.id, event]));
  return page.rows.flatMap((row, place): LogRow[] => {
    const event = fresh.get(row.id);
    if (event) return [{ id: row.id, event, isGone: false }];
    return stays(row, place) ? [{ ...row, isGone: true }] : [];
  });
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
