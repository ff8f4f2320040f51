import { CloudOff } from 'lucide-react';
import { Suspense, type ReactNode } from 'react';

import { ErrorBoundary } from '../shell/error-boundary';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { MessagePanel } from '../ui/message-panel';
import { Skeleton } from '../ui/skeleton';
import { useCloseDialog } from '../use-close-dialog';

interface LazyDialogProps {
  title: string;
  /** What stands there while its code is loaded; by default the form's dialog in its shape. */
  loading?: ReactNode;
  children: ReactNode;
}

/** A dialog whose code is loaded when it is opened: its shape while that goes on, words if it fails. */
export function LazyDialog({ title, loading, children }: LazyDialogProps) {
  return (
    <ErrorBoundary ifNotLoaded={<DialogNotLoaded title={title} />}>
      <Suspense fallback={loading === undefined ? <DialogLoading title={title} /> : loading}>
        {children}
      </Suspense>
    </ErrorBoundary>
  );
}

/** The form's dialog while what it needs is on its way, in the form's own shape. */
export function DialogLoading({ title }: { title: string }) {
  const close = useCloseDialog();
  return (
    <Dialog title={title} size="large" onClose={close}>
      <div aria-busy="true" aria-label="Loading" role="status" className="space-y-6 p-5">
        {['w-1/3', 'w-2/5', 'w-1/4', 'w-1/2'].map((width) => (
          <div key={width} className="max-w-xl space-y-2">
            <Skeleton className={`h-4 ${width}`} />
            <Skeleton className="h-9 w-full" />
          </div>
        ))}
      </div>
    </Dialog>
  );
}

function DialogNotLoaded({ title }: { title: string }) {
  const close = useCloseDialog();
  return (
    <Dialog title={title} onClose={close}>
      <MessagePanel
        icon={CloudOff}
        tone="danger"
        title="This part could not be loaded"
        actions={
          <>
            <Button look="primary" onClick={() => window.location.reload()}>
              Reload the page
            </Button>
            <Button onClick={close}>Close</Button>
          </>
        }
      >
        Check your connection and that the server is running.
      </MessagePanel>
    </Dialog>
  );
}
