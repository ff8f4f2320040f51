import { lazy, Suspense, useSyncExternalStore } from 'react';

import type { Webhook } from '../../contract/webhook';
import { ErrorBoundary } from '../shell/error-boundary';
import { Notice } from '../ui/notice';
import type { Selection } from './selection';

const loadBulkBar = () => import('./bulk-bar');
const BulkBar = lazy(async () => ({ default: (await loadBulkBar()).BulkBar }));

/** Loads the bar before anybody selects something. If that fails, it is tried again then. */
export function warmUpBulkBar(): void {
  loadBulkBar().catch(() => undefined);
}

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
        instead={
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
