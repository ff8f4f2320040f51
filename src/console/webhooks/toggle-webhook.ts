import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';

import { webhookPath } from '../../contract/api-paths';
import { toWebhookRequest, webhookSchema, type Webhook } from '../../contract/webhook';
import { ApiError, callApi } from '../api-client';
import type { Toast } from '../ui/toast-store';
import { changeRow, findRow } from './webhook-cache';
import { webhooksQuery } from './queries';

interface Toggle {
  /** The wanted value, not a flip: two fast clicks end in the state last wanted. */
  enabled: boolean;
}

/** What the toggles of one webhook that wait for each other share. */
interface Chain {
  /** What the API has last said: where a failed toggle goes back to. */
  confirmed: boolean;
}

/**
 * Turns a webhook on or off. The row shows it at once; requests for one webhook follow each other,
 * each built from the row as it is when it starts. A failure undoes this row's `enabled` and nothing
 * else, unless a newer toggle of it is waiting.
 */
export function useToggleWebhook(organizationId: string, webhookId: string) {
  const client = useQueryClient();
  const mutationKey = ['toggle-webhook', organizationId, webhookId];
  const show = (enabled: boolean) =>
    changeRow(client, organizationId, webhookId, (row) => ({ ...row, enabled }));

  /** Asked while one settles, which counts as pending until its callbacks are through. */
  const newerWaits = () => pendingToggles(client, mutationKey).length > 1;

  const mutation = useMutation({
    mutationKey,
    scope: { id: mutationKey.join(' ') },
    meta: {
      does: 'change the webhook',
      succeeded: (saved: Webhook) => (saved.enabled || newerWaits() ? null : disabledToast()),
    },
    mutationFn: ({ enabled }: Toggle) => saveEnabled(client, organizationId, webhookId, enabled),
    onMutate: async ({ enabled }): Promise<{ chain: Chain }> => {
      const row = findRow(client, organizationId, webhookId);
      const waiting = pendingToggles(client, mutationKey).find(({ state }) => state.context);
      const chain = (waiting?.state.context as { chain: Chain } | undefined)?.chain;
      show(enabled);
      // Cancelling puts a list that was being loaded back to what it was before: show it again.
      await client.cancelQueries({ queryKey: webhooksQuery(organizationId).queryKey });
      show(enabled);
      return { chain: chain ?? { confirmed: row?.enabled ?? !enabled } };
    },
    onSuccess: (saved, _toggle, { chain }) => {
      chain.confirmed = saved.enabled;
      changeRow(client, organizationId, webhookId, (row) =>
        newerWaits() ? { ...saved, enabled: row.enabled } : saved,
      );
    },
    onError: (_error, _toggle, context) => {
      if (context && !newerWaits()) show(context.chain.confirmed);
    },
  });

  function disabledToast(): Toast {
    return {
      tone: 'neutral',
      title: 'Disabled',
      detail: 'Events that happen meanwhile are not kept.',
      action: { label: 'Undo', run: () => mutation.mutate({ enabled: true }) },
    };
  }
  return mutation;
}

function pendingToggles(client: QueryClient, mutationKey: string[]) {
  return client.getMutationCache().findAll({ mutationKey, exact: true, status: 'pending' });
}

/** Saves `enabled` only; if somebody else saved meanwhile, once more on top of theirs. */
async function saveEnabled(
  client: QueryClient,
  organizationId: string,
  webhookId: string,
  enabled: boolean,
): Promise<Webhook> {
  const path = webhookPath(organizationId, webhookId);
  const save = (row: Webhook) =>
    callApi(path, {
      method: 'PUT',
      body: { ...toWebhookRequest(row), enabled },
      ifMatch: row.version,
      schema: webhookSchema,
    });
  const row = findRow(client, organizationId, webhookId);
  try {
    if (row) return await save(row);
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 412)) throw error;
  }
  return save(await callApi(path, { schema: webhookSchema }));
}
