import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useParams } from 'react-router-dom';

import { displayUrl } from '../../contract/display-url';
import type { Webhook } from '../../contract/webhook';
import { ApiError } from '../api-client';
import { errorMessage } from '../error-message';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { Notice } from '../ui/notice';
import { bequeathFocus } from '../ui/open-dialogs';
import { usePageTitle } from '../ui/page-title';
import { useWritesOff } from '../write-access';
import { useDeleteWebhook } from './mutations';
import { webhooksQuery } from './queries';
import { useCloseDialog } from '../use-close-dialog';

/**
 * **Delete**, over the list or the webhook's page: asks first. A webhook that is not there needs no
 * question.
 *
 * @param props `onDeleted`: where to go then; without it back to what the question lies over.
 */
export function DeleteWebhookDialog({ onDeleted }: { onDeleted?: () => void }) {
  const { organizationId = '', webhookId = '' } = useParams();
  const close = useCloseDialog();
  const { data } = useQuery(webhooksQuery(organizationId));
  const [asked, setAsked] = useState<Webhook | null>(null);
  const row = data?.results.find(({ id }) => id === webhookId);
  // The list may lose the row while the question is still there.
  if (!asked && row) setAsked(row);
  const isMissing = data !== undefined && !row && !asked;

  useEffect(() => {
    if (isMissing) close();
  });

  return (
    asked && (
      <DeleteQuestion
        organizationId={organizationId}
        webhook={row ?? asked}
        onClose={close}
        onDeleted={onDeleted ?? close}
      />
    )
  );
}

interface DeleteQuestionProps {
  organizationId: string;
  webhook: Webhook;
  onClose: () => void;
  onDeleted: () => void;
}

/** Names what will be deleted, and what will stop. */
function DeleteQuestion({ organizationId, webhook, onClose, onDeleted }: DeleteQuestionProps) {
  usePageTitle('Delete webhook', 'dialog');
  const remove = useDeleteWebhook(organizationId, webhook.id);
  return (
    <ConfirmDialog
      title="Delete this webhook?"
      confirm="Delete"
      busy={remove.isPending}
      off={useWritesOff(organizationId)}
      onCancel={onClose}
      onConfirm={() => {
        const next = nextDeleteButton(webhook.id);
        const goOn = () => {
          bequeathFocus(next);
          onDeleted();
        };
        remove.mutate(webhook, { onSuccess: goOn });
      }}
    >
      <p className="font-medium text-ink wrap-anywhere">
        {displayUrl(webhook.target_url, webhook.kind)}
      </p>
      {webhook.description !== '' && (
        <p dir="auto" className="line-clamp-3 text-left wrap-anywhere">
          {webhook.description}
        </p>
      )}
      <p>
        No deployment event will be sent to it any more, and its secret is erased. This cannot be
        undone.
      </p>
      {remove.error && <Notice tone="danger">{problem(remove.error)}</Notice>}
    </ConfirmDialog>
  );
}

/** Finds, once a webhook is gone, the same button of the row in its place, or of the last one. */
function nextDeleteButton(webhookId: string): () => HTMLElement | null {
  const checkbox = document.querySelector(`[data-select="${CSS.escape(webhookId)}"]`);
  const index = Number(checkbox?.closest('[role="row"]')?.getAttribute('aria-rowindex'));
  const button = (row: number) =>
    document.querySelector<HTMLElement>(
      `[role="row"][aria-rowindex="${row}"] button[aria-label^="Delete"]`,
    );
  return () => button(index) ?? button(index - 1);
}

function problem(error: Error): string {
  if (error instanceof ApiError && error.status === 412) {
    return 'This webhook has been changed meanwhile. Close this and look at it again first.';
  }
  return errorMessage(error, 'delete the webhook').detail;
}
