import {
  mutationOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';

import { webhookPath } from '../../contract/api-paths';
import { displayUrl } from '../../contract/display-url';
import type { Webhook, WebhookRequest } from '../../contract/webhook';
import { ApiError, callApi } from '../api-client';
import { dismissToastsAbout, type Toast } from '../ui/toast-store';
import { postWebhook, requireAsSeen } from './put-webhook';
import { savedToast } from './saved-toast';
import { useTestOffer } from './test-offer';
import { afterWrite, findRow, reloadList, writeScope } from './webhook-cache';

/** For saves that may outlast their form. */
export interface WhenLeft {
  /** Whether the form is still there: then it shows the errors, else a toast does. */
  isShown: () => boolean;
  /** What that toast offers. */
  recover: NonNullable<Toast['action']>;
}

/**
 * Creates a webhook.
 *
 * @param left says what becomes of a failure when the form has been left.
 */
export function useCreateWebhook(organizationId: string, left: WhenLeft) {
  const client = useQueryClient();
  const testOf = useTestOffer(organizationId);
  return useMutation({
    meta: {
      writesIn: organizationId,
      does: 'create the webhook',
      ...left,
      succeeded: (webhook: Webhook) => ({
        ...savedToast('Webhook created', webhook),
        ...(testOf && { action: testOf(webhook.id) }),
      }),
    },
    mutationFn: (request: WebhookRequest) => postWebhook(organizationId, request),
    onSuccess: (webhook) =>
      afterWrite(client, organizationId, (rows) => [
        ...rows.filter(({ id }) => id !== webhook.id),
        webhook,
      ]),
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
    meta: { writesIn: organizationId },
    scope: writeScope(organizationId, webhookId),
    mutationFn: async (webhook: Webhook): Promise<void> => {
      const seen = findRow(client, organizationId, webhookId) ?? webhook;
      try {
        if (seen.version === null) await requireAsSeen(organizationId, seen);
        await callApi(webhookPath(organizationId, webhookId), {
          method: 'DELETE',
          ifMatch: seen.version,
        });
      } catch (error) {
        if (!(error instanceof ApiError && error.status === 404)) throw error;
      }
    },
    onSuccess: () => {
      dismissToastsAbout(webhookId);
      return afterWrite(
        client,
        organizationId,
        (rows) => rows.filter(({ id }) => id !== webhookId),
        reload,
      );
    },
    onError: reload,
  });
}

/** Deletes a webhook, over the list. The dialog shows errors. */
export function useDeleteWebhook(organizationId: string, webhookId: string) {
  return useMutation({
    ...deleteOptions(useQueryClient(), organizationId, webhookId),
    meta: {
      writesIn: organizationId,
      succeeded: (_: undefined, webhook: Webhook): Toast => ({
        tone: 'success',
        title: 'Webhook deleted',
        subject: displayUrl(webhook.target_url, webhook.kind),
      }),
    },
  });
}
