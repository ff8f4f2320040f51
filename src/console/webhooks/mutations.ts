import {
  mutationOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';

import { webhookPath, webhooksPath } from '../../contract/api-paths';
import { displayUrl } from '../../contract/display-url';
import { webhookSchema, type Webhook, type WebhookRequest } from '../../contract/webhook';
import { ApiError, callApi } from '../api-client';
import type { Toast } from '../ui/toast-store';
import { afterWrite, findRow, reloadList, writeScope } from './webhook-cache';

/** What to say after a save: that it worked, or what the API noticed all the same. */
function savedToast(done: string, webhook: Webhook): Toast {
  const subject = displayUrl(webhook.target_url, webhook.kind);
  const warnings = webhook.warnings.map(({ message }) => message).join(' ');
  if (warnings !== '')
    return { tone: 'warning', title: `${done}, but there is a catch`, subject, detail: warnings };
  return { tone: 'success', title: done, subject };
}

/**
 * Creates a webhook.
 *
 * @param isShown whether the form is still there: then it shows the errors, else a toast does.
 */
export function useCreateWebhook(organizationId: string, isShown: () => boolean) {
  const client = useQueryClient();
  return useMutation({
    meta: {
      does: 'create the webhook',
      isShown,
      succeeded: (webhook: Webhook) => savedToast('Webhook created', webhook),
    },
    mutationFn: (request: WebhookRequest) =>
      callApi(webhooksPath(organizationId), {
        method: 'POST',
        body: request,
        schema: webhookSchema,
      }),
    onSuccess: (webhook) =>
      afterWrite(client, organizationId, (rows) => [
        ...rows.filter(({ id }) => id !== webhook.id),
        webhook,
      ]),
  });
}

/** Saves a webhook over the version that was seen (null: over any). `isShown` as for creating. */
export function useUpdateWebhook(
  organizationId: string,
  webhookId: string,
  isShown: () => boolean,
) {
  const client = useQueryClient();
  return useMutation({
    scope: writeScope(organizationId, webhookId),
    meta: {
      does: 'save the webhook',
      isShown,
      succeeded: (webhook: Webhook) => savedToast('Webhook updated', webhook),
    },
    mutationFn: ({ request, version }: { request: WebhookRequest; version: number | null }) =>
      callApi(webhookPath(organizationId, webhookId), {
        method: 'PUT',
        body: request,
        ifMatch: version,
        schema: webhookSchema,
      }),
    onSuccess: (webhook) =>
      afterWrite(client, organizationId, (rows) =>
        rows.map((row) => (row.id === webhookId ? webhook : row)),
      ),
    onError: (error) => {
      if (error instanceof ApiError && (error.status === 404 || error.status === 412)) {
        reloadList(client, organizationId);
      }
    },
  });
}

/**
 * How a webhook is deleted, one or many: as the list shows it when its turn comes. One that somebody
 * else has deleted counts as done. `reload` as for `toggleOptions`, and after a failure.
 */
export function deleteOptions(
  client: QueryClient,
  organizationId: string,
  webhookId: string,
  reload = () => reloadList(client, organizationId),
) {
  return mutationOptions({
    scope: writeScope(organizationId, webhookId),
    mutationFn: async (webhook: Webhook): Promise<void> => {
      const { version } = findRow(client, organizationId, webhookId) ?? webhook;
      try {
        await callApi(webhookPath(organizationId, webhookId), {
          method: 'DELETE',
          ifMatch: version,
        });
      } catch (error) {
        if (!(error instanceof ApiError && error.status === 404)) throw error;
      }
    },
    onSuccess: () =>
      afterWrite(
        client,
        organizationId,
        (rows) => rows.filter(({ id }) => id !== webhookId),
        reload,
      ),
    onError: reload,
  });
}

/** Deletes a webhook, over the list. The dialog shows errors. */
export function useDeleteWebhook(organizationId: string, webhookId: string) {
  return useMutation({
    ...deleteOptions(useQueryClient(), organizationId, webhookId),
    meta: {
      succeeded: (_: undefined, webhook: Webhook): Toast => ({
        tone: 'success',
        title: 'Webhook deleted',
        subject: displayUrl(webhook.target_url, webhook.kind),
      }),
    },
  });
}
