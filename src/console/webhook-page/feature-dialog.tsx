import { CircleOff } from 'lucide-react';
import type { ReactNode } from 'react';

import { useCapabilitiesFailure, useFeature } from '../capabilities-queries';
import { errorMessage } from '../error-message';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { MessagePanel } from '../ui/message-panel';
import { DialogLoading } from '../webhooks/lazy-dialog';
import { useCloseDialog } from '../use-close-dialog';

interface FeatureDialogProps {
  /** Of the API: see `useFeature`. */
  feature: string;
  title: string;
  children: ReactNode;
}

/** A dialog for what not every API can do: where it cannot, opened by its address, it says so. */
export function FeatureDialog({ feature, title, children }: FeatureDialogProps) {
  const has = useFeature(feature);
  const unknown = useCapabilitiesFailure();
  const close = useCloseDialog();
  if (has) return children;
  if (has === undefined) return <DialogLoading title={title} />;
  return (
    <Dialog title={title} onClose={close}>
      <MessagePanel
        icon={CircleOff}
        title={unknown ? 'It is not known whether this API can do this' : 'This API cannot do this'}
        actions={
          <>
            {unknown && (
              <Button look="primary" onClick={unknown.retry}>
                Try again
              </Button>
            )}
            <Button onClick={close}>Close</Button>
          </>
        }
      >
        {unknown
          ? errorMessage(unknown.error, 'ask what it can do').detail
          : 'What else can be done with the webhook is on its page.'}
      </MessagePanel>
    </Dialog>
  );
}
