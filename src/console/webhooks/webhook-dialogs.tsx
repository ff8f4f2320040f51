import { useIsMutating, useQuery } from '@tanstack/react-query';
import { Ghost, ServerCrash } from 'lucide-react';
import { useState } from 'react';
import { useParams } from 'react-router-dom';

import type { Webhook } from '../../contract/webhook';
import { errorMessage } from '../error-message';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { MessagePanel } from '../ui/message-panel';
import { usePageTitle } from '../ui/page-title';
import { useIsMounted } from '../use-is-mounted';
import { DialogLoading } from './lazy-dialog';
import { useCreateWebhook, useUpdateWebhook } from './mutations';
import { webhooksQuery } from './queries';
import { toggleKey } from './toggle-webhook';
import { useCloseDialog } from './use-close-dialog';
import { WebhookForm } from './webhook-form';

/** **Add new**, over the list. */
export function AddWebhookDialog() {
  usePageTitle('Add webhook', 'dialog');
  const { organizationId = '' } = useParams();
  const close = useCloseDialog();
  const create = useCreateWebhook(organizationId, useIsMounted());
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

/**
 * **Edit**, over the list, from the row that the list had when it opened: what the list loads
 * meanwhile, also that the row is gone, takes nothing away from who is editing.
 */
export function EditWebhookDialog() {
  usePageTitle('Edit webhook', 'dialog');
  const { organizationId = '', webhookId = '' } = useParams();
  const close = useCloseDialog();
  const { data, error, refetch, isFetching } = useQuery(webhooksQuery(organizationId));
  const isToggling = useIsMutating({ mutationKey: toggleKey(organizationId, webhookId) }) > 0;
  const [stored, setStored] = useState<Webhook | null>(null);
  const row = data?.results.find(({ id }) => id === webhookId);
  // A toggle that is on its way changes the version: the form would begin with a stale one.
  if (!stored && row && !isToggling) setStored(row);

  if (stored) return <EditForm organizationId={organizationId} stored={stored} onClose={close} />;
  if (isToggling || (isFetching && !error)) return <DialogLoading title="Edit webhook" />;
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
  stored: Webhook;
  onClose: () => void;
}

function EditForm({ organizationId, stored, onClose }: EditFormProps) {
  const isMounted = useIsMounted();
  const update = useUpdateWebhook(organizationId, stored.id, isMounted);
  const create = useCreateWebhook(organizationId, isMounted);
  return (
    <WebhookForm
      title="Edit webhook"
      submit="Update"
      organizationId={organizationId}
      stored={stored}
      onClose={onClose}
      save={(request, despite) =>
        despite === 'deleted'
          ? create.mutateAsync(request)
          : update.mutateAsync({ request, version: despite ? null : stored.version })
      }
    />
  );
}
