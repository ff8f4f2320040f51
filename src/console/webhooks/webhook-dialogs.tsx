import { useIsMutating, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router-dom';

import type { Webhook } from '../../contract/webhook';
import { keepsSecret, keepsSecretOf, useFeature } from '../capabilities-queries';
import { usePageTitle } from '../ui/page-title';
import { useIsMounted } from '../use-is-mounted';
import { draftKey, loadDraft } from './form-draft';
import { DialogLoading } from './lazy-dialog';
import { useCreateWebhook } from './mutations';
import { NoWebhookDialog } from './no-webhook-dialog';
import { toggleKey } from './pending-toggles';
import { webhooksQuery } from './queries';
import { useSaveEdits } from './save-edits';
import { useCloseDialog } from '../use-close-dialog';
import { hasUnreadable } from './unreadable-webhook';
import { useGoOn } from './use-go-on';
import { WebhookForm } from './webhook-form';
import { initialValues, toRequest } from './webhook-form-values';

/** **Add new**, over the list. */
export function AddWebhookDialog() {
  usePageTitle('Add webhook', 'dialog');
  const { organizationId = '' } = useParams();
  const close = useCloseDialog();
  const goOn = useGoOn();
  const create = useCreateWebhook(organizationId, { isShown: useIsMounted(), recover: goOn });
  return (
    <WebhookForm
      title="Add webhook"
      submit="Create"
      subject={{ organizationId, webhookId: null, opened: null }}
      row={null}
      goOn={goOn}
      onClose={close}
      save={(values) => create.mutateAsync(toRequest(values, null))}
    />
  );
}

/** **Edit**, over the list or the webhook's page. */
export function EditWebhookDialog() {
  const { organizationId = '', webhookId = '' } = useParams();
  const key = `${organizationId} ${webhookId}`;
  return <EditWebhook key={key} organizationId={organizationId} webhookId={webhookId} />;
}

interface EditWebhookProps {
  organizationId: string;
  webhookId: string;
}

/**
 * From the row that the list had when it opened: what the list loads meanwhile, also that the row is
 * gone, takes nothing away from who is editing. What was typed for a webhook that is gone is shown too.
 */
function EditWebhook({ organizationId, webhookId }: EditWebhookProps) {
  usePageTitle('Edit webhook', 'dialog');
  const { data, error, refetch, isFetching } = useQuery(webhooksQuery(organizationId));
  // What the form asks for hangs on it.
  const feature = useFeature(keepsSecret);
  const isToggling = useIsMutating({ mutationKey: toggleKey(organizationId, webhookId) }) > 0;
  const [opened, setOpened] = useState<Webhook | null>(null);
  const row = data?.results.find(({ id }) => id === webhookId);
  const isUnknown = feature === undefined && !keepsSecretOf(row ?? null, false);
  // A toggle that is on its way changes the version: the form would begin with a stale one.
  if (!opened && row && !isToggling && !isUnknown) setOpened(row);

  const [hasDraft] = useState(
    () => loadDraft(draftKey(organizationId, webhookId), initialValues(null)) !== null,
  );
  const isGone = data?.unreadable === 0 && !row;
  const wasGone = isGone && !isFetching && hasDraft;
  if (opened || wasGone) {
    return (
      <EditForm
        organizationId={organizationId}
        webhookId={webhookId}
        opened={opened}
        row={row ?? (isGone ? null : opened)}
      />
    );
  }
  if (isToggling || (row && isUnknown) || (isFetching && !error))
    return <DialogLoading title="Edit webhook" />;
  return (
    <NoWebhookDialog
      title="Edit webhook"
      error={error}
      isUnreadable={hasUnreadable(data, webhookId)}
      retry={{ isFetching, refetch }}
    />
  );
}

interface EditFormProps extends EditWebhookProps {
  opened: Webhook | null;
  /** As the list shows it now; null if it is gone from there. */
  row: Webhook | null;
}

function EditForm({ organizationId, webhookId, opened, row }: EditFormProps) {
  const left = { isShown: useIsMounted(), recover: useGoOn() };
  const update = useSaveEdits(organizationId, webhookId, left);
  const create = useCreateWebhook(organizationId, left);
  return (
    <WebhookForm
      title="Edit webhook"
      submit="Update"
      subject={{ organizationId, webhookId, opened }}
      row={row}
      goOn={left.recover}
      onClose={useCloseDialog()}
      save={(values, stored) =>
        stored
          ? update.mutateAsync({ values, stored })
          : create.mutateAsync(toRequest(values, null))
      }
    />
  );
}
