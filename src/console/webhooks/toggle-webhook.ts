import { mutationOptions, type QueryClient } from '@tanstack/react-query';

import { displayUrl } from '../../contract/display-url';
import { toWebhookRequest, type Webhook } from '../../contract/webhook';
import { ApiError } from '../api-client';
import { startMutation } from '../run-mutation';
import type { Toast } from '../ui/toast-store';
import { newerToggleWaits, pendingChain, toggleKey, type Chain } from './pending-toggles';
import { putOver, readWebhook } from './put-webhook';
import {
  cancelLoading,
  changeRow,
  changeRows,
  findRow,
  reloadList,
  writeScope,
} from './webhook-cache';

/** What disabling means, said wherever it is done. */
export const notKept = 'Events that happen meanwhile are not kept.';

interface Toggle {
  /** The wanted value, not a flip: two fast clicks end in the state last wanted. */
  enabled: boolean;
}

/**
 * How a webhook is turned on or off, by its switch and in bulk. The row shows it at once; requests for
 * one webhook follow each other, each built from the row as it is when it starts. A failure undoes
 * this row's `enabled` and nothing else, unless a newer toggle of it is waiting.
 *
 * @param reload asked for at the end if a load of the list had to be cancelled.
 */
export function toggleOptions(
  client: QueryClient,
  organizationId: string,
  webhookId: string,
  reload = () => reloadList(client, organizationId),
) {
  const mutationKey = toggleKey(organizationId, webhookId);
  const show = (enabled: boolean) =>
    changeRow(client, organizationId, webhookId, (row) => ({ ...row, enabled }));
  const newerWaits = () => newerToggleWaits(client, mutationKey);

  return mutationOptions({
    mutationKey,
    meta: { writesIn: organizationId },
    scope: writeScope(organizationId, webhookId),
    mutationFn: ({ enabled }: Toggle) => saveEnabled(client, organizationId, webhookId, enabled),
    onMutate: async ({ enabled }): Promise<{ chain: Chain }> => {
      const row = findRow(client, organizationId, webhookId);
      const chain = pendingChain(client, mutationKey);
      show(enabled);
      const interrupted = await cancelLoading(client, organizationId);
      // Cancelling puts the list back to what it was before it was loading: show it again.
      if (interrupted) show(enabled);
      if (chain) {
        chain.interrupted ||= interrupted;
        return { chain };
      }
      return { chain: { confirmed: row?.enabled ?? !enabled, interrupted } };
    },
    onSuccess: async (saved, _toggle, { chain }) => {
      chain.confirmed = saved.enabled;
      // A load that began before this was saved would undo it.
      if (await cancelLoading(client, organizationId)) chain.interrupted = true;
      changeRow(client, organizationId, webhookId, (row) =>
        newerWaits() ? { ...saved, enabled: row.enabled } : saved,
      );
    },
    onError: (error, _toggle, context) => {
      if (error instanceof ApiError && error.status === 404) {
        changeRows(client, organizationId, (rows) => rows.filter(({ id }) => id !== webhookId));
      } else if (context && !newerWaits()) show(context.chain.confirmed);
    },
    onSettled: (_saved, _error, _toggle, context) => {
      if (context?.chain.interrupted && !newerWaits()) reload();
    },
  });
}

/**
 * Turns a webhook on or off by its switch; toasts tell a failure, and what disabling means. No row is
 * drawn again while it goes on, so that a click costs one drawing.
 */
export function toggleWebhook(
  client: QueryClient,
  organizationId: string,
  webhookId: string,
  enabled: boolean,
): void {
  const isLatest = () => !newerToggleWaits(client, toggleKey(organizationId, webhookId));
  const enable = () => toggleWebhook(client, organizationId, webhookId, true);
  const row = findRow(client, organizationId, webhookId);
  const options = {
    ...toggleOptions(client, organizationId, webhookId),
    meta: {
      writesIn: organizationId,
      does: 'change the webhook',
      ...(row && { subject: displayUrl(row.target_url, row.kind) }),
      succeeded: (saved: Webhook) =>
        saved.enabled || !isLatest() ? null : disabledToast(saved, enable),
    },
  };
  startMutation(client, options, { enabled });
}

function disabledToast({ id, target_url, kind }: Webhook, undo: () => void): Toast {
  return {
    tone: 'neutral',
    title: 'Disabled',
    subject: displayUrl(target_url, kind),
    detail: notKept,
    about: id,
    action: { label: 'Undo', run: undo },
  };
}

/** What a click on the switch does: the opposite of the row's value, drawn or not yet. */
export function flipWebhook(client: QueryClient, organizationId: string, webhookId: string): void {
  const row = findRow(client, organizationId, webhookId);
  if (row) toggleWebhook(client, organizationId, webhookId, !row.enabled);
}

/**
 * Saves `enabled` only; if somebody else saved meanwhile, once more on top of theirs. Where there are
 * no versions, on top of what is stored now.
 */
async function saveEnabled(
  client: QueryClient,
  organizationId: string,
  webhookId: string,
  enabled: boolean,
): Promise<Webhook> {
  const save = (row: Webhook) =>
    putOver(organizationId, row, { ...toWebhookRequest(row), enabled });
  const row = findRow(client, organizationId, webhookId);
  try {
    if (row && row.version !== null) return await save(row);
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 412)) throw error;
  }
  return save(await readWebhook(organizationId, webhookId));
}
