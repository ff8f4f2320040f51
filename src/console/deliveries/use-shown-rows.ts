import { useEffect, useLayoutEffect, useRef, useState } from 'react';

import { useRowWindow } from '../ui/use-row-window';
import type { LogBook, LogState } from './log-book';
import type { LogRow } from './log-pages';

/** A place of the log that is drawn, and what stands there. */
export interface ShownRow {
  index: number;
  row: ReturnType<LogBook['rowAt']>;
}

/** Older rows are loaded when so few are left below, of which some are drawn already. */
const fewLeft = 40;

/**
 * The rows that are drawn: those in the window, and the one that has the focus, which stays in the
 * document wherever it moves to. Says so to the book, and has it load on towards the end.
 *
 * @param place the height of a row and where the first begins on the page, in pixels.
 */
export function useShownRows(
  book: LogBook,
  state: LogState,
  place: { height: number; offset: number },
): { shown: ShownRow[]; focus: (row: ShownRow) => void; blur: () => void } {
  const { first, last } = useRowWindow({ count: state.count, ...place });
  const [focused, setFocused] = useState<LogRow | null>(null);
  const focusedAt = focused && state.keptAt;
  useSteadySight(state, place.height);

  useEffect(() => book.show(first, last), [book, first, last]);
  const isNearEnd = last + fewLeft >= state.count && !state.error && !state.isAtEnd;
  const wantsOlderThan = isNearEnd ? state.count : null;
  useEffect(() => {
    if (wantsOlderThan !== null) void book.loadOlder();
  }, [book, wantsOlderThan]);

  const length = state.count === 0 ? 0 : last - first + 1;
  const shown = Array.from({ length }, (_, at): ShownRow => {
    const index = first + at;
    const row = book.rowAt(index);
    // The book may have let it go while one was far from it.
    return { index, row: row === 'loading' && focused && index === focusedAt ? focused : row };
  });
  if (focused && focusedAt !== null && (focusedAt < first || focusedAt > last)) {
    shown.push({ index: focusedAt, row: focused });
  }
  return {
    shown,
    focus: ({ row, index }) => {
      if (row === 'loading') return;
      setFocused(row);
      book.keep({ id: row.id, at: index });
    },
    blur: () => {
      setFocused(null);
      book.keep(null);
    },
  };
}

/** Leaves the rows in sight where they are on the screen when some have vanished above them. */
function useSteadySight({ vanishedAbove }: LogState, height: number) {
  const before = useRef(vanishedAbove);
  // As it is before the page is shorter: at its end that alone would scroll it.
  const { scrollY } = window;
  useLayoutEffect(() => {
    const vanished = vanishedAbove - before.current;
    before.current = vanishedAbove;
    if (vanished !== 0) window.scrollTo({ top: scrollY - vanished * height });
  }, [vanishedAbove, height, scrollY]);
}
