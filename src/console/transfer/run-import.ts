import type { QueryClient } from '@tanstack/react-query';

import { webhooksPath } from '../../contract/api-paths';
import { webhookSchema, type Webhook } from '../../contract/webhook';
import { callApi } from '../api-client';
import { runMutation } from '../run-mutation';
import { runInBulk, type BulkRun } from '../webhooks/bulk-runner';
import { putWebhook } from '../webhooks/put-webhook';
import { afterWrite, reloadList, writeScope } from '../webhooks/webhook-cache';
import type { WrittenRow } from './import-plan';
import { requestOf } from './webhook-file';

/** The run waits by itself where the API asks for it. A mutation that is through is of no use. */
const once = { retry: false, gcTime: 1000 };

/**
 * Begins to create and change webhooks as planned, a few at a time. One that somebody else has changed
 * since it was planned is left as it is, and counts as failed.
 */
export function startImport(
  client: QueryClient,
  organizationId: string,
  rows: readonly WrittenRow[],
): BulkRun<WrittenRow> {
  let reloadWanted = false;
  const write = async (row: WrittenRow) => {
    const options = {
      ...once,
      meta: { writesIn: organizationId },
      ...(row.outcome === 'change' && { scope: writeScope(organizationId, row.stored.id) }),
      mutationFn: (row: WrittenRow) => save(organizationId, row),
    };
    const saved = await runMutation(client, options, row);
    await afterWrite(
      client,
      organizationId,
      (known) => [...known.filter(({ id }) => id !== saved.id), saved],
      () => {
        reloadWanted = true;
      },
    );
  };
  const run = runInBulk(rows, write);
  void run.ended.then(() => {
    // Rows that were changed stand at the end now; and others may have changed meanwhile.
    if (reloadWanted || run.get().succeeded > 0) reloadList(client, organizationId);
  });
  return run;
}

function save(organizationId: string, row: WrittenRow): Promise<Webhook> {
  const request = requestOf(row.filed);
  return row.outcome === 'change'
    ? putWebhook(organizationId, row.stored, request)
    : callApi(webhooksPath(organizationId), {
        method: 'POST',
        body: request,
        schema: webhookSchema,
      });
}
