import { useState } from 'react';

import { Button } from '../ui/button';
import type { LogBook } from './log-book';

/** Loads what could not be loaded, and stays where it is until that is there. */
export function TryLogAgain({ book }: { book: LogBook }) {
  const [busy, setBusy] = useState(false);
  async function load() {
    setBusy(true);
    await book.loadOlder();
    setBusy(false);
  }
  return (
    <Button busy={busy} onClick={() => void load()}>
      Try again
    </Button>
  );
}
