import type { MutationKey, QueryClient } from '@tanstack/react-query';

import type { LenientList } from '../../contract/lenient';
import type { Webhook } from '../../contract/webhook';

/** What the toggles of one webhook that wait for each other share. */
export interface Chain {
  /** What the API has last said: where a failed toggle goes back to. */
  confirmed: boolean;
  /** Whether a load of the list was cancelled, which is to be asked for again at the end. */
  interrupted: boolean;
}

/** By which the toggles of one webhook are found; those of them all without it. */
export function toggleKey(organizationId: string, ...webhookId: [] | [string]): string[] {
  return ['toggle-webhook', organizationId, ...webhookId];
}

function pendingToggles(client: QueryClient, mutationKey: MutationKey) {
  return client.getMutationCache().findAll({ mutationKey, status: 'pending' });
}

/** The chain that the toggles of a webhook hang on, if any waits. */
export function pendingChain(client: QueryClient, mutationKey: MutationKey): Chain | undefined {
  const waiting = pendingToggles(client, mutationKey).find(({ state }) => state.context);
  return (waiting?.state.context as { chain: Chain } | undefined)?.chain;
}

/** Asked while one settles, which counts as pending until its callbacks are through. */
export function newerToggleWaits(client: QueryClient, mutationKey: MutationKey): boolean {
  return pendingToggles(client, mutationKey).length > 1;
}

/**
 * What a row shows once an edit of it is saved: a toggle that waits meanwhile stays shown, and goes
 * back to what was saved if it fails.
 */
export function savedUnderToggle(
  client: QueryClient,
  organizationId: string,
  row: Webhook,
  saved: Webhook,
): Webhook {
  const mutationKey = toggleKey(organizationId, row.id);
  if (pendingToggles(client, mutationKey).length === 0) return saved;
  const chain = pendingChain(client, mutationKey);
  if (chain) chain.confirmed = saved.enabled;
  return { ...saved, enabled: row.enabled };
}

/** A list that was loaded, with what the toggles that are under way want. */
export function withToggles(
  client: QueryClient,
  organizationId: string,
  list: LenientList<Webhook>,
): LenientList<Webhook> {
  const wanted = new Map<unknown, boolean>();
  for (const { options, state } of pendingToggles(client, toggleKey(organizationId))) {
    const { enabled } = state.variables as { enabled: boolean };
    wanted.set(options.mutationKey?.at(-1), enabled);
  }
  if (wanted.size === 0) return list;
  const results = list.results.map((row) => ({
    ...row,
    enabled: wanted.get(row.id) ?? row.enabled,
  }));
  return { ...list, results };
}
