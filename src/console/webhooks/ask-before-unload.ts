import { useEffect } from 'react';

import type { BulkRun } from './bulk-runner';

/** A page that is closed meanwhile would leave the rest undone, and nobody would hear of it. */
export function useAskBeforeUnload<T>(run: BulkRun<T> | null): void {
  useEffect(() => {
    if (!run) return;
    const ask = (event: BeforeUnloadEvent) => {
      if (run.get().phase !== 'ended') event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [run]);
}
