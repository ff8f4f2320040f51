import { useQuery } from '@tanstack/react-query';
import { Ghost, ServerCrash } from 'lucide-react';
import { useState } from 'react';
import { useParams } from 'react-router-dom';

import type { Webhook } from '../../contract/webhook';
import { errorMessage } from '../error-message';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { MessagePanel } from '../ui/message-panel';
import { usePageTitle } from '../ui/page-title';
import { DialogLoading } from './lazy-dialog';
import { useCreateWebhook, useUpdateWebhook } from './mutations';
import { webhooksQuery } from './queries';
import { useCloseDialog } from './use-close-dialog';
import { WebhookForm } from './webhook-form';

/** **Add new**, over the list. */
export function AddWebhookDialog() {
  usePageTitle('Add webhook');
  const { organizationId = '' } = useParams();
  const close = useCloseDialog();
  const create = useCreateWebhook(organizationId);
  return (
    <WebhookForm
      title="Add webhook"
      submit="Create"
      organizationId={organizationId}
      stored={null}
      onClose={close}
      save={(request) => create.mutateAsync(request)}
    />
  );
}

/** **Edit**, over the list, from the row that the list has. */
export function EditWebhookDialog() {
  usePageTitle('Edit webhook');
  const { organizationId = '', webhookId = '' } = useParams();
  const close = useCloseDialog();
  const { data, error, refetch, isFetching } = useQuery(webhooksQuery(organizationId));
  const row = data?.results.find(({ id }) => id === webhookId);
  if (row) return <EditForm organizationId={organizationId} row={row} onClose={close} />;
  if (isFetching && !error) return <DialogLoading title="Edit webhook" />;
  const failed = error && errorMessage(error, 'load the webhook');
  return (
    <Dialog title="Edit webhook" onClose={close}>
      <MessagePanel
        icon={failed ? ServerCrash : Ghost}
        tone={failed ? 'danger' : 'neutral'}
        title={failed ? failed.title : 'This webhook does not exist'}
        actions={
          <>
            {failed && (
              <Button busy={isFetching} onClick={() => void refetch()}>
                Try again
              </Button>
            )}
            <Button onClick={close}>Back to the list</Button>
          </>
        }
      >
        {failed ? failed.detail : 'It was deleted, or the address is mistyped.'}
      </MessagePanel>
    </Dialog>
  );
}

interface EditFormProps {
  organizationId: string;
  row: Webhook;
  onClose: () => void;
}

function EditForm({ organizationId, row, onClose }: EditFormProps) {
  // What was there when the form opened: the list may load something newer meanwhile.
  const [stored] = useState(row);
  const update = useUpdateWebhook(organizationId, stored.id);
  return (
    <WebhookForm
      title="Edit webhook"
      submit="Update"
      organizationId={organizationId}
      stored={stored}
      onClose={onClose}
      save={(request, options) =>
        update.mutateAsync({ request, version: options.overwrite ? null : stored.version })
      }
    />
  );
}
