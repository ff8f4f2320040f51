import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';

import { LogBook, type LogState } from './log-book';
import type { LogFilter, LogScope } from './log-queries';
import { readerOf } from './log-reader';

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
    return whileVisible((signal) => book.look(signal));
  }, [book]);

  useEffect(() => {
    if (isAtTop && state.waiting > 0) book.takeNew();
  }, [book, isAtTop, state.waiting]);

  return { book, state };
}

/**
 * Does something again and again, a while after it has ended; at once when one comes back to the tab.
 *
 * @returns what ends it; the signal tells those that are at it.
 */
function whileVisible(look: (signal: AbortSignal) => Promise<void>): () => void {
  const over = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    clearTimeout(timer);
    if (over.signal.aborted || document.visibilityState !== 'visible') return;
    timer = setTimeout(go, lookEvery);
  };
  const go = () => {
    clearTimeout(timer);
    void look(over.signal).finally(wait);
  };
  const comeOrGo = () => (document.visibilityState === 'visible' ? go() : clearTimeout(timer));
  document.addEventListener('visibilitychange', comeOrGo);
  wait();
  return () => {
    over.abort();
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', comeOrGo);
  };
}
