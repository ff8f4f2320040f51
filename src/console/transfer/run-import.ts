import type { QueryClient } from '@tanstack/react-query';

import type { Webhook } from '../../contract/webhook';
import { runMutation } from '../run-mutation';
import { inRun, runInBulk, type BulkRun } from '../webhooks/bulk-runner';
import { savedUnderToggle } from '../webhooks/pending-toggles';
import { postWebhook, putWebhook } from '../webhooks/put-webhook';
import {
  cancelLoading,
  changeRow,
  changeRows,
  findRow,
  reloadList,
  writeScope,
} from '../webhooks/webhook-cache';
import { requestOf, type WrittenRow } from './import-plan';

/**
 * Begins to create and change webhooks as planned, a few at a time. One that somebody else has changed
 * since it was planned is left as it is, and counts as failed. At the end the list is loaded again: a
 * creation that failed may have been made all the same, and others may have changed meanwhile.
 *
 * @param wrote told of each row that is through without a failure, and of what is stored then.
 */
export function startImport(
  client: QueryClient,
  organizationId: string,
  rows: readonly WrittenRow[],
  wrote: (row: WrittenRow, saved: Webhook) => void,
): BulkRun<WrittenRow> {
  const run = runInBulk(rows, async (row) => {
    const options = {
      ...inRun,
      meta: { writesIn: organizationId },
      ...(row.outcome === 'change' && { scope: writeScope(organizationId, row.stored.id) }),
      mutationFn: (row: WrittenRow) => save(organizationId, row),
    };
    const saved = await runMutation(client, options, row);
    // A load under way began before the write, and its answer would undo it.
    await cancelLoading(client, organizationId);
    putIntoList(client, organizationId, saved);
    wrote(row, saved);
  });
  void run.ended.then(() => reloadList(client, organizationId));
  return run;
}

function save(organizationId: string, row: WrittenRow): Promise<Webhook> {
  const request = requestOf(row.wanted);
  return row.outcome === 'change'
    ? putWebhook(organizationId, row.stored, request)
    : postWebhook(organizationId, request);
}

/** In its place if it has one, else at the end, where the API lists it. */
function putIntoList(client: QueryClient, organizationId: string, saved: Webhook) {
  if (findRow(client, organizationId, saved.id)) {
    changeRow(client, organizationId, saved.id, (row) =>
      savedUnderToggle(client, organizationId, row, saved),
    );
  } else changeRows(client, organizationId, (rows) => [...rows, saved]);
}
