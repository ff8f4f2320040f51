import { Ghost, ServerCrash } from 'lucide-react';

import { errorMessage } from '../error-message';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { MessagePanel } from '../ui/message-panel';
import { useCloseDialog } from '../use-close-dialog';

interface NoWebhookDialogProps {
  title: string;
  /** Why it could not be loaded; null: it does not exist. */
  error: Error | null;
  retry: { isFetching: boolean; refetch: () => unknown };
}

/** In place of a dialog about a webhook that is not there. */
export function NoWebhookDialog({ title, error, retry }: NoWebhookDialogProps) {
  const close = useCloseDialog();
  const failed = error && errorMessage(error, 'load the webhook');
  return (
    <Dialog title={title} onClose={close}>
      <MessagePanel
        icon={failed ? ServerCrash : Ghost}
        tone={failed ? 'danger' : 'neutral'}
        title={failed ? failed.title : 'This webhook does not exist'}
        actions={
          <>
            {failed && (
              <Button busy={retry.isFetching} onClick={() => void retry.refetch()}>
                Try again
              </Button>
            )}
            <Button onClick={close}>Close</Button>
          </>
        }
      >
        {failed ? failed.detail : 'It was deleted, or the address is mistyped.'}
      </MessagePanel>
    </Dialog>
  );
}
