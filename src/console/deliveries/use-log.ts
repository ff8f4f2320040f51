import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';

import { LogBook, type LogState } from './log-book';
import { logRowsQuery, type LogFilter, type LogScope } from './log-queries';

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
  const [book] = useState(
    () =>
      new LogBook(async (range) => {
        const query = logRowsQuery(scope, filter, range);
        return (await client.fetchQuery(query)).results;
      }),
  );
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
