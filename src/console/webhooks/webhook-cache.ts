import type { QueryClient } from '@tanstack/react-query';

import type { Webhook } from '../../contract/webhook';
import { sharing, webhooksQuery } from './queries';

/*
 * Changes of single rows of the list's cache. The list is not loaded again after a write: with
 * 10,000 rows that would cost more than the write.
 */

/** From the end, where the newest are: those are what the list shows first. */
export function findRow(
  client: QueryClient,
  organizationId: string,
  webhookId: string,
): Webhook | undefined {
  const list = client.getQueryData(webhooksQuery(organizationId).queryKey);
  return list?.results.findLast(({ id }) => id === webhookId);
}

/** Changes one row, in its place; nothing happens if the list is not there or has no such row. */
export function changeRow(
  client: QueryClient,
  organizationId: string,
  webhookId: string,
  change: (row: Webhook) => Webhook,
): void {
  changeRows(client, organizationId, (rows) => {
    const index = rows.findLastIndex(({ id }) => id === webhookId);
    const row = rows[index];
    return row ? rows.with(index, change(row)) : rows;
  });
}

/** Changes the rows, if the list is there. */
export function changeRows(
  client: QueryClient,
  organizationId: string,
  change: (rows: Webhook[]) => Webhook[],
): void {
  client.setQueryData(
    webhooksQuery(organizationId).queryKey,
    (list) => list && sharing({ ...list, results: change(list.results) }),
  );
}

/**
 * Brings what a write has done into the list. A load under way began before the write, and its
 * answer would undo it: that one is cancelled and asked for again.
 */
export async function afterWrite(
  client: QueryClient,
  organizationId: string,
  change: (rows: Webhook[]) => Webhook[],
  reload = () => reloadList(client, organizationId),
): Promise<void> {
  const wasLoading = await cancelLoading(client, organizationId);
  changeRows(client, organizationId, change);
  if (wasLoading) reload();
}

/** Loads the list again, if it is shown. */
export function reloadList(client: QueryClient, organizationId: string): void {
  void client.invalidateQueries(webhooksQuery(organizationId));
}

/** Cancels a load of the list that is under way; gives whether there was one. */
export async function cancelLoading(client: QueryClient, organizationId: string): Promise<boolean> {
  const { queryKey } = webhooksQuery(organizationId);
  if (client.isFetching({ queryKey, exact: true }) === 0) return false;
  await client.cancelQueries({ queryKey, exact: true });
  return true;
}

/** Writes to one webhook follow each other: each is made from what the one before has left. */
export function writeScope(organizationId: string, webhookId: string): { id: string } {
  return { id: `webhook ${organizationId} ${webhookId}` };
}
