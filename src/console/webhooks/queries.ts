import { queryOptions } from '@tanstack/react-query';

import { webhooksPath } from '../../contract/api-paths';
import type { LenientList } from '../../contract/lenient';
import { webhookListSchema, type Webhook } from '../../contract/webhook';
import { callApi } from '../api-client';

/** All webhooks of an organization, oldest first as the API answers them. */
export function webhooksQuery(organizationId: string) {
  return queryOptions({
    queryKey: ['webhooks', organizationId],
    queryFn: async ({ signal, client, queryKey }) => {
      const loaded = await callApi(webhooksPath(organizationId), {
        schema: webhookListSchema,
        signal,
      });
      return withWarnings(loaded, client.getQueryData<LenientList<Webhook>>(queryKey));
    },
  });
}

/** An API warns in its answer to a save only: what it said holds until the URL is another. */
function withWarnings(
  loaded: LenientList<Webhook>,
  known: LenientList<Webhook> | undefined,
): LenientList<Webhook> {
  const warned = known?.results.filter(({ warnings }) => warnings.length > 0) ?? [];
  if (warned.length === 0) return loaded;
  const byId = new Map(warned.map((row) => [row.id, row]));
  const results = loaded.results.map((row) => {
    const before = byId.get(row.id);
    return before?.target_url === row.target_url ? { ...row, warnings: before.warnings } : row;
  });
  return { ...loaded, results };
}
