import { useSyncExternalStore } from 'react';

import type { Bulk } from './bulk-action';
import type { BulkRun, Progress } from './bulk-runner';

/** How far a run is; null if there is none. */
export function useRunProgress<T>(run: BulkRun<T> | null): Progress<T> | null {
  return useSyncExternalStore(run?.subscribe ?? subscribeToNothing, () => run?.get() ?? null);
}

/** Draws the caller again when an action is through, but not with each of its steps. */
export function useRedrawAtEnd(bulk: Bulk | null): void {
  useSyncExternalStore(
    bulk?.run.subscribe ?? subscribeToNothing,
    () => bulk?.run.get().phase === 'ended',
  );
}

function subscribeToNothing(): () => void {
  return () => undefined;
}
