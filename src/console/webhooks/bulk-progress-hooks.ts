import { useSyncExternalStore } from 'react';

import type { Webhook } from '../../contract/webhook';
import type { Bulk } from './bulk-action';
import type { Progress } from './bulk-runner';

/** How far an action is; null if there is none. */
export function useBulkProgress(bulk: Bulk | null): Progress<Webhook> | null {
  return useSyncExternalStore(
    bulk?.run.subscribe ?? subscribeToNothing,
    () => bulk?.run.get() ?? null,
  );
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
