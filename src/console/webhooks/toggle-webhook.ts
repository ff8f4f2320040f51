import { mutationOptions, type QueryClient } from '@tanstack/react-query';

import { displayUrl } from '../../contract/display-url';
import {
  mayHaveSecret,
  secretMustBeGiven,
  toWebhookRequest,
  type Webhook,
} from '../../contract/webhook';
import { ApiError } from '../api-client';
import { hasFeature, keepsSecret, keepsSecretOf } from '../capabilities-queries';
import { startMutation } from '../run-mutation';
import type { Toast } from '../ui/toast-store';
import { fieldLabel } from './field-wording';
import { mayHaveOtherSecret } from './is-as-seen';
import type { EditedField } from './merge-edits';
import { newerToggleWaits, pendingChain, toggleKey, type Chain } from './pending-toggles';
import { putOver } from './put-webhook';
import { readWebhook } from './read-webhook';
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

/** What is wanted of a webhook's switch. */
export interface Toggle {
  /** The wanted value, not a flip: two fast clicks end in the state last wanted. */
  enabled: boolean;
  /** Where the API drops a secret with every change. */
  secret?: GivenSecret;
}

/** A webhook's secret once more, for the webhook as it was when it was asked for; '' goes on without. */
export interface GivenSecret {
  value: string;
  seen: Webhook;
}

/** A toggle would drop a secret, or set one that was given for another state of the webhook. Nothing was saved. */
export class SecretAtRisk extends ApiError {
  override name = 'SecretAtRisk';

  /** @param theirs the webhook as it is stored now. */
  constructor(readonly theirs: Webhook) {
    super(412, 'It was changed elsewhere meanwhile, perhaps with its secret or its URL.');
  }
}

/** Whether a change of a webhook drops its secret unless it is given again. */
export function asksForSecret(client: QueryClient, webhook: Webhook): boolean {
  return mayHaveSecret(webhook) && !keepsSecretOf(webhook, hasFeature(client, keepsSecret));
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
    mutationFn: (toggle: Toggle) => saveEnabled(client, organizationId, webhookId, toggle),
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
      } else if (error instanceof SecretAtRisk) {
        const { theirs } = error;
        if (context) context.chain.confirmed = theirs.enabled;
        changeRow(client, organizationId, webhookId, (row) =>
          newerWaits() ? { ...theirs, enabled: row.enabled } : theirs,
        );
      } else if (context && !newerWaits()) show(context.chain.confirmed);
    },
    onSettled: (_saved, _error, _toggle, context) => {
      if (context?.chain.interrupted && !newerWaits()) reload();
    },
  });
}

/** Asks for the secret of a webhook that is to be switched. */
export type AskForSecret = (webhookId: string, enabled: boolean) => void;

/**
 * Turns a webhook on or off by its switch; toasts tell a failure, and what disabling means. No row is
 * drawn again while it goes on, so that a click costs one drawing.
 *
 * @param ask is what happens instead where the API would drop the webhook's secret.
 */
export function toggleWebhook(
  client: QueryClient,
  organizationId: string,
  webhookId: string,
  enabled: boolean,
  ask: AskForSecret,
): void {
  const row = findRow(client, organizationId, webhookId);
  if (row && asksForSecret(client, row)) {
    ask(webhookId, enabled);
    return;
  }
  const options = {
    ...toggleOptions(client, organizationId, webhookId),
    meta: {
      writesIn: organizationId,
      does: 'change the webhook',
      ...(row && { subject: displayUrl(row.target_url, row.kind) }),
      succeeded: toldOf(client, organizationId, ask),
    },
  };
  startMutation(client, options, { enabled });
}

/** Makes the toast that follows a toggle: none but for the last one, and that only if it disables. */
export function toldOf(client: QueryClient, organizationId: string, ask: AskForSecret) {
  return (saved: Webhook): Toast | null => {
    const isLatest = !newerToggleWaits(client, toggleKey(organizationId, saved.id));
    const enable = () => toggleWebhook(client, organizationId, saved.id, true, ask);
    return saved.enabled || !isLatest ? null : disabledToast(saved, enable);
  };
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
export function flipWebhook(
  client: QueryClient,
  organizationId: string,
  webhookId: string,
  ask: AskForSecret,
): void {
  const row = findRow(client, organizationId, webhookId);
  if (row) toggleWebhook(client, organizationId, webhookId, !row.enabled, ask);
}

/**
 * Saves `enabled` only; if somebody else saved meanwhile, once more on top of theirs. Where there are
 * no versions, on top of what is stored now.
 *
 * @throws {SecretAtRisk} where the API drops secrets, and what is stored now is not what one was given for.
 */
async function saveEnabled(
  client: QueryClient,
  organizationId: string,
  webhookId: string,
  { enabled, secret }: Toggle,
): Promise<Webhook> {
  const row = findRow(client, organizationId, webhookId);
  const save = (now: Webhook) => {
    const request = { ...toWebhookRequest(now), enabled };
    const untold = now.untold.filter((member) => member !== 'enabled');
    if (untold.length > 0) throw new ApiError(422, untoldWords(untold));
    if (!isSafe(client, now, secret)) throw new SecretAtRisk(now);
    const named = secret && mayHaveSecret(now) ? { target_secret: secret.value } : {};
    return putOver(organizationId, now, { ...request, ...named });
  };
  try {
    if (row && row.version !== null) return await save(row);
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 412)) throw error;
  }
  return save(await readWebhook(organizationId, webhookId));
}

/** Whether no secret is dropped unasked, and none is set for what it was not given for. */
function isSafe(client: QueryClient, now: Webhook, secret: GivenSecret | undefined): boolean {
  if (secret?.value) {
    const { seen } = secret;
    const isSame = mayHaveSecret(now) && !mayHaveOtherSecret(now, seen);
    return isSame && !secretMustBeGiven(now, seen.target_url);
  }
  return secret !== undefined || !asksForSecret(client, now);
}

function untoldWords(untold: readonly EditedField[]): string {
  const names = untold.map(fieldLabel).join(', ');
  return `The API did not say what it has stored as: ${names}. Edit the webhook instead: there you see what is saved.`;
}
