import { Ghost, ServerCrash } from 'lucide-react';

import { errorMessage } from '../error-message';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { MessagePanel } from '../ui/message-panel';
import { useCloseDialog } from '../use-close-dialog';
import { unreadableWebhook } from './unreadable-webhook';

interface NoWebhookDialogProps {
  title: string;
  /** Why it could not be loaded; null: it does not exist, or could not be read. */
  error: Error | null;
  isUnreadable?: boolean;
  retry: { isFetching: boolean; refetch: () => unknown };
}

const nonexistent = {
  title: 'This webhook does not exist',
  detail: 'It was deleted, or the address is mistyped.',
};

/** In place of a dialog about a webhook that is not there. */
export function NoWebhookDialog({ title, error, isUnreadable, retry }: NoWebhookDialogProps) {
  const close = useCloseDialog();
  const failed = error && errorMessage(error, 'load the webhook');
  const { title: what, detail } = failed ?? (isUnreadable ? unreadableWebhook : nonexistent);
  return (
    <Dialog title={title} onClose={close}>
      <MessagePanel
        icon={failed ? ServerCrash : Ghost}
        tone={failed ? 'danger' : 'neutral'}
        title={what}
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
        {detail}
      </MessagePanel>
    </Dialog>
  );
}
