import { displayUrl } from '../../contract/display-url';
import type { Webhook } from '../../contract/webhook';
import { ApiError } from '../api-client';
import { errorMessage } from '../error-message';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { Notice } from '../ui/notice';
import { useDeleteWebhook } from './mutations';

interface DeleteWebhookDialogProps {
  organizationId: string;
  webhook: Webhook;
  onClose: () => void;
}

/** Asks before a webhook is deleted, and says what will stop. */
export function DeleteWebhookDialog({
  organizationId,
  webhook,
  onClose,
}: DeleteWebhookDialogProps) {
  const remove = useDeleteWebhook(organizationId, webhook.id);
  const url = displayUrl(webhook.target_url, webhook.kind);
  return (
    <ConfirmDialog
      title="Delete this webhook?"
      confirm="Delete"
      busy={remove.isPending}
      onCancel={onClose}
      onConfirm={() => remove.mutate(webhook, { onSuccess: onClose })}
    >
      <p className="font-medium text-ink wrap-anywhere">{url}</p>
      {webhook.description !== '' && (
        <p className="line-clamp-3 wrap-anywhere">{webhook.description}</p>
      )}
      <p>
        No deployment event will be sent to it any more, and its secret is erased. This cannot be
        undone.
      </p>
      {remove.error && <Notice tone="danger">{problem(remove.error)}</Notice>}
    </ConfirmDialog>
  );
}

function problem(error: Error): string {
  if (error instanceof ApiError && error.status === 412) {
    return 'Somebody else has changed this webhook meanwhile. Close this and look at it again first.';
  }
  return errorMessage(error, 'delete the webhook').detail;
}
