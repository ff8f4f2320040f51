import { CloudOff } from 'lucide-react';
import { Suspense, type ReactNode } from 'react';

import { Button } from '../ui/button';
import { MessagePanel } from '../ui/message-panel';
import { Skeleton } from '../ui/skeleton';
import { ErrorBoundary } from './error-boundary';

/** A page whose code is loaded when one comes to it: its shape while that goes on, words if it fails. */
export function LazyPage({ children }: { children: ReactNode }) {
  return (
    <ErrorBoundary ifNotLoaded={<PageNotLoaded />}>
      <Suspense fallback={<PageLoading />}>{children}</Suspense>
    </ErrorBoundary>
  );
}

function PageLoading() {
  return (
    <div role="status" aria-label="Loading" aria-busy="true" className="space-y-4">
      <Skeleton className="h-7 w-2/3" />
      <Skeleton className="h-4 w-1/3" />
      <Skeleton className="mt-6 h-80 w-full" />
    </div>
  );
}

function PageNotLoaded() {
  return (
    <MessagePanel
      heading="h1"
      icon={CloudOff}
      tone="danger"
      title="This page could not be loaded"
      actions={
        <Button look="primary" onClick={() => window.location.reload()}>
          Reload the page
        </Button>
      }
    >
      Check your connection and that the server is running.
    </MessagePanel>
  );
}
