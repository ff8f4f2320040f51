import { Suspense, useSyncExternalStore } from 'react';

import type { Webhook } from '../../contract/webhook';
import { ErrorBoundary } from '../shell/error-boundary';
import { Notice } from '../ui/notice';
import { preloadable } from '../ui/preloadable';
import type { Selection } from './selection';

export const BulkBar = preloadable(async () => (await import('./bulk-bar')).BulkBar);

interface BulkActionsProps {
  organizationId: string;
  selection: Selection;
  /** Those that are shown, in order. */
  shown: readonly Webhook[];
}

/** What can be done with the webhooks that are selected; loaded when the first one is. */
export function BulkActions(props: BulkActionsProps) {
  const { subscribe, version } = props.selection;
  const wasUsed = useSyncExternalStore(subscribe, () => version() > 0);
  return (
    wasUsed && (
      <ErrorBoundary
        ifNotLoaded={
          <Notice tone="danger">
            What can be done with several webhooks could not be loaded. Check your connection and
            reload the page.
          </Notice>
        }
      >
        <Suspense fallback={null}>
          <BulkBar {...props} />
        </Suspense>
      </ErrorBoundary>
    )
  );
}
