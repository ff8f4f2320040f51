import { useEffect, useLayoutEffect, useRef, useState } from 'react';

import { Button } from '../ui/button';
import { bequeathFocus, rescueFocus } from '../ui/open-dialogs';
import type { LogBook } from './log-book';

interface TryLogAgainProps {
  book: LogBook;
  /** How many rows are there already. */
  count: number;
}

/**
 * Loads what could not be loaded, and stays where it is until that is there; then it leaves the focus,
 * if it has it, to the first of the rows that come in its place.
 */
export function TryLogAgain({ book, count }: TryLogAgainProps) {
  const [busy, setBusy] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const place = useRef(count);
  useEffect(() => {
    place.current = count;
  }, [count]);
  useLayoutEffect(() => {
    const element = button.current;
    return () => {
      if (!element || document.activeElement !== element) return;
      const { current: first } = place;
      // There may have been nothing more to come.
      bequeathFocus(() => linkOfRow(first) ?? linkOfRow(first - 1));
      rescueFocus();
    };
  }, []);
  async function load() {
    setBusy(true);
    await book.loadOlder();
    setBusy(false);
  }
  return (
    <Button ref={button} busy={busy} onClick={() => void load()}>
      Try again
    </Button>
  );
}

/** @param place from 0. */
function linkOfRow(place: number): HTMLElement | null {
  const row = `[role=table][aria-label=Deliveries] [aria-rowindex="${place + 2}"]`;
  return document.querySelector<HTMLElement>(`${row} a`);
}
