import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';

import { capabilitiesQuery } from '../capabilities-queries';
import { LogBook, type LogState, type ReadRows } from './log-book';
import { logRowsQuery, type LogFilter, type LogRange, type LogScope } from './log-queries';

const lookEvery = 3000;

/**
 * Follows a log: what is new is asked for again and again while the tab is visible. A change of scope
 * or filter is another log: the caller gives it a key.
 *
 * @param isAtTop whether new rows may be put on top at once: else they would move what one reads.
 */
export function useLog(
  scope: LogScope,
  filter: LogFilter,
  isAtTop: boolean,
): { book: LogBook; state: LogState } {
  const client = useQueryClient();
  const [book] = useState(() => new LogBook(readerOf(client, scope, filter)));
  const state = useSyncExternalStore(book.subscribe, book.state);

  useEffect(() => {
    void book.loadOlder();
    return whileVisible(() => book.look());
  }, [book]);

  useEffect(() => {
    if (isAtTop && state.waiting > 0) book.takeNew();
  }, [book, isAtTop, state.waiting]);

  return { book, state };
}

/**
 * Reads rows of a log. A plain Qovery API gives all that it has, whatever part is asked for: what is
 * new is then what stands above the row that was the newest.
 */
function readerOf(client: QueryClient, scope: LogScope, filter: LogFilter): ReadRows {
  const read = async (range: LogRange) =>
    (await client.fetchQuery(logRowsQuery(scope, filter, range))).results;
  return async (range) => {
    const { before, after, limit } = range;
    if (before === undefined && after === undefined) return read(range);
    const features = await client.ensureQueryData(capabilitiesQuery());
    if (features.includes('organization-log')) return read(range);
    if (after === undefined) return [];
    const rows = await read({ limit });
    const known = rows.findIndex(({ id }) => id === after);
    return known < 0 ? rows : rows.slice(0, known);
  };
}

/** Does something again and again, a while after it has ended; at once when one comes back to the tab. */
function whileVisible(look: () => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const wait = () => {
    clearTimeout(timer);
    if (!isOver && document.visibilityState === 'visible') timer = setTimeout(go, lookEvery);
  };
  const go = () => {
    clearTimeout(timer);
    void look().finally(wait);
  };
  const comeBack = () => {
    if (document.visibilityState === 'visible') go();
  };
  document.addEventListener('visibilitychange', comeBack);
  wait();
  return () => {
    isOver = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', comeBack);
  };
}
