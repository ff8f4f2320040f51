import { useMutation, useQueryClient } from '@tanstack/react-query';

import { webhookPath, webhooksPath } from '../../contract/api-paths';
import { displayUrl } from '../../contract/display-url';
import { webhookSchema, type Webhook, type WebhookRequest } from '../../contract/webhook';
import { ApiError, callApi } from '../api-client';
import type { Toast } from '../ui/toast-store';
import { addRow, changeRow, removeRow } from './webhook-cache';
import { webhooksQuery } from './queries';

/** What to say after a save: that it worked, or what the API noticed all the same. */
function savedToast(done: string, webhook: Webhook): Toast {
  const url = displayUrl(webhook.target_url, webhook.kind);
  const warnings = webhook.warnings.map(({ message }) => message).join(' ');
  if (warnings !== '')
    return { tone: 'warning', title: `${done}, but look again`, detail: warnings };
  return { tone: 'success', title: done, detail: url };
}

/** Creates a webhook. The form shows its errors. */
export function useCreateWebhook(organizationId: string) {
  const client = useQueryClient();
  return useMutation({
    meta: { succeeded: (webhook: Webhook) => savedToast('Webhook created', webhook) },
    mutationFn: (request: WebhookRequest) =>
      callApi(webhooksPath(organizationId), {
        method: 'POST',
        body: request,
        schema: webhookSchema,
      }),
    onSuccess: (webhook) => addRow(client, organizationId, webhook),
  });
}

/** Saves a webhook over the version that was seen. The form shows its errors. */
export function useUpdateWebhook(organizationId: string, webhookId: string) {
  const client = useQueryClient();
  return useMutation({
    meta: { succeeded: (webhook: Webhook) => savedToast('Webhook updated', webhook) },
    mutationFn: ({ request, version }: { request: WebhookRequest; version: number | null }) =>
      callApi(webhookPath(organizationId, webhookId), {
        method: 'PUT',
        body: request,
        ifMatch: version,
        schema: webhookSchema,
      }),
    onSuccess: (webhook) => changeRow(client, organizationId, webhookId, () => webhook),
    onError: (error) => {
      if (error instanceof ApiError && (error.status === 404 || error.status === 412)) {
        void client.invalidateQueries(webhooksQuery(organizationId));
      }
    },
  });
}

/** Deletes a webhook as it was seen. One that somebody else has deleted counts as done. */
export function useDeleteWebhook(organizationId: string) {
  const client = useQueryClient();
  return useMutation({
    meta: {
      succeeded: (_: undefined, webhook: Webhook): Toast => ({
        tone: 'success',
        title: 'Webhook deleted',
        detail: displayUrl(webhook.target_url, webhook.kind),
      }),
    },
    mutationFn: async (webhook: Webhook) => {
      try {
        await callApi(webhookPath(organizationId, webhook.id), {
          method: 'DELETE',
          ifMatch: webhook.version,
        });
      } catch (error) {
        if (!(error instanceof ApiError && error.status === 404)) throw error;
      }
    },
    onSuccess: (_, webhook) => removeRow(client, organizationId, webhook.id),
    onError: () => void client.invalidateQueries(webhooksQuery(organizationId)),
  });
}
