import type { QueryClient } from '@tanstack/react-query';

import { displayUrl } from '../../contract/display-url';
import type { Webhook } from '../../contract/webhook';
import { ApiError } from '../api-client';
import { errorMessage } from '../error-message';
import { count, webhookCount } from '../numbers';
import { runMutation } from '../run-mutation';
import type { Toast } from '../ui/toast-store';
import { inRun, runInBulk, type BulkRun, type Failure } from './bulk-runner';
import { deleteOptions } from './mutations';
import { toggleKey } from './pending-toggles';
import { asksForSecret, notKept, SecretAtRisk, toggleOptions } from './toggle-webhook';
import { findRow, reloadList } from './webhook-cache';

export type BulkAction = 'enable' | 'disable' | 'delete';

/** How an action is said: "Could not …", "… 3 of 12", "… 12 webhooks". */
export const actionWords = {
  enable: { does: 'enable', doing: 'Enabling', done: 'Enabled' },
  disable: { does: 'disable', doing: 'Disabling', done: 'Disabled' },
  delete: { does: 'delete', doing: 'Deleting', done: 'Deleted' },
} as const;

/** An action on many webhooks, under way or through. */
export interface Bulk {
  action: BulkAction;
  run: BulkRun<Webhook>;
  /** Those that the action has changed so far. */
  changed: Webhook[];
  /** How many needed no change: they were so already. */
  unchanged: number;
  /** How many were to be switched and do not exist any more. */
  gone: number;
  /** Those that were not switched, because the API would drop their secret. */
  leftOut: Webhook[];
}

/**
 * Begins to enable, disable or delete many webhooks, each by the same rules and in the same turn as
 * its own switch and bin. The list is not loaded again meanwhile, but once at the end if need be.
 *
 * @param wrote told of each that is through without a failure, and was not left out.
 */
export function startBulk(
  client: QueryClient,
  organizationId: string,
  action: BulkAction,
  webhooks: readonly Webhook[],
  wrote: (webhook: Webhook) => void,
): Bulk {
  let reloadWanted = false;
  const reload = () => {
    reloadWanted = true;
  };

  async function switchTo(enabled: boolean, webhook: Webhook) {
    if (isSo(client, organizationId, webhook.id, enabled)) {
      bulk.unchanged += 1;
      return;
    }
    if (asksForSecret(client, findRow(client, organizationId, webhook.id) ?? webhook)) {
      bulk.leftOut.push(webhook);
      return;
    }
    const options = toggleOptions(client, organizationId, webhook.id, reload);
    try {
      await runMutation(client, { ...options, ...inRun }, { enabled });
      bulk.changed.push(webhook);
    } catch (error) {
      if (error instanceof SecretAtRisk) bulk.leftOut.push(webhook);
      else if (error instanceof ApiError && error.status === 404) bulk.gone += 1;
      else throw error;
    }
  }

  async function write(webhook: Webhook) {
    if (action === 'delete') {
      const options = deleteOptions(client, organizationId, webhook.id, reload);
      await runMutation(client, { ...options, ...inRun }, webhook);
      bulk.changed.push(webhook);
    } else await switchTo(action === 'enable', webhook);
    if (!bulk.leftOut.includes(webhook)) wrote(webhook);
  }

  const run = runInBulk(webhooks, write);
  const bulk: Bulk = { action, run, changed: [], unchanged: 0, gone: 0, leftOut: [] };
  void run.ended.then(() => reloadWanted && reloadList(client, organizationId));
  return bulk;
}

/** In a toast; the bar lists them all. */
const mostNamed = 3;

/** Whether a webhook is as wanted, and no toggle that might still fail says so. */
function isSo(client: QueryClient, organizationId: string, id: string, enabled: boolean): boolean {
  const isToggling = client.isMutating({ mutationKey: toggleKey(organizationId, id) }) > 0;
  return !isToggling && findRow(client, organizationId, id)?.enabled === enabled;
}

/** How far an action is: `Disabling 3 of 12 …` */
export function progressWords({ action, run }: Bulk, through: number): string {
  return `${actionWords[action].doing} ${count(through)} of ${count(run.get().total)} …`;
}

/** What became of an action, in a sentence: `Disabled 12 webhooks`, `Disabled 9 of 12 webhooks`. */
export function outcomeTitle({ action, run, changed, unchanged, gone }: Bulk): string {
  const { done } = actionWords[action];
  const { total } = run.get();
  const all = total === changed.length + unchanged + gone;
  if (all && changed.length > 0) return `${done} ${webhookCount(changed.length)}`;
  if (all && unchanged > 0) return `Nothing to ${actionWords[action].does}`;
  return `${done} ${count(changed.length)} of ${webhookCount(total)}`;
}

/** What else there is to say of it; empty if nothing is. */
export function outcomeDetail({ action, run, changed, unchanged, gone, leftOut }: Bulk): string {
  const { total, succeeded, failures, putOff } = run.get();
  const left = total - succeeded - failures.length;
  const kept = leftOut.length;
  const { done } = actionWords[action];
  return [
    action === 'disable' && changed.length > 0 && notKept,
    unchanged > 0 && `${count(unchanged)} ${was(unchanged)} ${done.toLowerCase()} already.`,
    gone > 0 && `${count(gone)} ${gone === 1 ? 'does' : 'do'} not exist any more.`,
    kept > 0 &&
      `${count(kept)} ${was(kept)} left out because this API would drop ${kept === 1 ? 'its' : 'their'} secret.`,
    failures.length > 0 && `${count(failures.length)} failed.`,
    left > 0 && `${count(left)} ${was(left)} not started.`,
    left > 0 && putOff !== null && errorMessage(putOff, actionWords[action].does).detail,
  ]
    .filter((sentence) => sentence !== false)
    .join(' ');
}

function was(number: number): string {
  return number === 1 ? 'was' : 'were';
}

/** The toast that tells what became of an action, with **Undo** after disabling. */
export function outcomeToast(bulk: Bulk, undo: () => void): Toast {
  return {
    tone: !isWhole(bulk) ? 'error' : bulk.action === 'disable' ? 'neutral' : 'success',
    title: outcomeTitle(bulk),
    detail: [outcomeDetail(bulk), leftOutNames(bulk)].filter(Boolean).join(' '),
    ...(canUndo(bulk) && { action: { label: 'Undo', run: undo } }),
  };
}

/** Where no list of them can stand: the first few. */
function leftOutNames({ leftOut }: Bulk): string {
  const names = leftOut.slice(0, mostNamed).map((each) => displayUrl(each.target_url, each.kind));
  const more = leftOut.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`;
}

/** Whether all of it was done. */
export function isWhole({ run, leftOut }: Bulk): boolean {
  const { total, succeeded } = run.get();
  return succeeded === total && leftOut.length === 0;
}

/** Whether enabling again brings everything back. */
export function canUndo({ action, changed }: Bulk): boolean {
  return action === 'disable' && changed.length > 0;
}

/** Which webhook failed, and why, in words. */
export function failureWords({ item, error }: Failure<Webhook>, action: BulkAction) {
  return {
    url: displayUrl(item.target_url, item.kind),
    reason: errorMessage(error, actionWords[action].does).detail,
  };
}
