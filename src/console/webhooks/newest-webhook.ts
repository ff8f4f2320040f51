import { queryOptions, replaceEqualDeep, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import type { WebhookHealth } from '../../contract/webhook-health';
import { webhookHealthQuery } from './health-queries';
import { withWarningsOf } from './queries';
import { readIfThere } from './read-webhook';
import { changeRow, changeRows, findRow, writeScope } from './webhook-cache';

const pollEvery = 5_000;

/**
 * Asks for one webhook again and again while its page is watched, and brings into the list's cache
 * what has changed: that we disabled it, or what others did. The list itself is not polled.
 */
export function newestWebhookQuery(organizationId: string, webhookId: string) {
  return queryOptions({
    queryKey: ['newest-webhook', organizationId, webhookId],
    queryFn: async ({ client, signal }) => {
      const scope = writeScope(organizationId, webhookId).id;
      const isWritten = () =>
        client.isMutating({ predicate: ({ options }) => options.scope?.id === scope }) > 0;
      const known = () => findRow(client, organizationId, webhookId);
      const before = known();
      const newest = await readIfThere(organizationId, webhookId, signal);
      // An answer that may be older than what a write has left, or will leave, counts for nothing.
      if (!before || known() !== before || isWritten()) return null;
      if (newest === null) {
        changeRows(client, organizationId, (rows) => rows.filter(({ id }) => id !== webhookId));
        return null;
      }
      const changed = replaceEqualDeep(before, withWarningsOf(newest, before));
      if (changed === before) return null;
      changeRow(client, organizationId, webhookId, () => changed);
      if (changed.enabled !== before.enabled) {
        void client.invalidateQueries(webhookHealthQuery(organizationId));
      }
      return null;
    },
    // The list has just said it.
    initialData: null,
    staleTime: pollEvery,
    refetchInterval: pollEvery,
    refetchIntervalInBackground: false,
  });
}

/**
 * Looks again at webhooks whose receiver has answered 410, for which we disable them: the list would
 * show them as enabled until it is loaded again.
 */
export function useLookAtGone(
  organizationId: string,
  health: readonly WebhookHealth[] | undefined,
): void {
  const client = useQueryClient();
  useEffect(() => {
    for (const { webhook_id: id, last } of health ?? []) {
      if (last.at(-1) !== 410 || findRow(client, organizationId, id)?.enabled !== true) continue;
      void client.prefetchQuery({ ...newestWebhookQuery(organizationId, id), staleTime: 0 });
    }
  }, [client, organizationId, health]);
}
