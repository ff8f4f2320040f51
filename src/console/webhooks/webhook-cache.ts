import type { QueryClient } from '@tanstack/react-query';

import type { Webhook } from '../../contract/webhook';
import { webhooksQuery } from './queries';

/*
 * Changes of single rows of the list's cache. The list is not loaded again after a write: with
 * 10,000 rows that would cost more than the write.
 */

export function findRow(
  client: QueryClient,
  organizationId: string,
  webhookId: string,
): Webhook | undefined {
  const list = client.getQueryData(webhooksQuery(organizationId).queryKey);
  return list?.results.find(({ id }) => id === webhookId);
}

/** Changes one row, in its place; nothing happens if the list is not there or has no such row. */
export function changeRow(
  client: QueryClient,
  organizationId: string,
  webhookId: string,
  change: (row: Webhook) => Webhook,
): void {
  client.setQueryData(
    webhooksQuery(organizationId).queryKey,
    (list) =>
      list && {
        ...list,
        results: list.results.map((row) => (row.id === webhookId ? change(row) : row)),
      },
  );
}

export function addRow(client: QueryClient, organizationId: string, webhook: Webhook): void {
  client.setQueryData(
    webhooksQuery(organizationId).queryKey,
    (list) =>
      list && {
        ...list,
        results: [...list.results.filter(({ id }) => id !== webhook.id), webhook],
      },
  );
}

export function removeRow(client: QueryClient, organizationId: string, webhookId: string): void {
  client.setQueryData(
    webhooksQuery(organizationId).queryKey,
    (list) => list && { ...list, results: list.results.filter(({ id }) => id !== webhookId) },
  );
}
