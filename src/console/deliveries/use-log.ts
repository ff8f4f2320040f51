import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

import { LogBook, type LogState } from './log-book';
import type { LogFilter, LogScope } from './log-queries';
import { readerOf, type LogTold } from './log-reader';

const lookEvery = 3000;

/**
 * Follows a log: what is new is asked for again and again while the tab is visible. A change of scope
 * or filter is another log: the caller gives it a key.
 *
 * @param isAtTop whether new rows may be put on top at once: else they would move what one reads.
 * @returns the log, and what has it begin again with its newest rows, as soon as those are there.
 */
export function useLog(
  scope: LogScope,
  filter: LogFilter,
  isAtTop: boolean,
): { book: LogBook; state: LogState; told: LogTold; startAfresh: () => Promise<void> } {
  const client = useQueryClient();
  const [reader] = useState(() => readerOf(client, scope, filter));
  const [book, setBook] = useState(() => new LogBook(reader.read));
  const state = useSyncExternalStore(book.subscribe, book.state);
  // The book says so after each answer.
  const told = useSyncExternalStore(book.subscribe, reader.told);

  useEffect(() => {
    if (book.state().isPending) void book.loadOlder();
    return whileVisible((signal) => book.look(signal));
  }, [book]);

  useEffect(() => {
    if (!isAtTop) return undefined;
    book.takeNew();
    return book.subscribe(() => book.takeNew());
  }, [book, isAtTop]);

  async function startAfresh() {
    const fresh = new LogBook(reader.read);
    await fresh.loadOlder();
    // What came is known from the looks, even if it cannot be read now.
    flushSync(() => (fresh.state().error ? book.takeNew() : setBook(fresh)));
  }

  return { book, state, told, startAfresh };
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
