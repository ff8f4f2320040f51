import { queryOptions, replaceEqualDeep } from '@tanstack/react-query';

import { webhooksPath } from '../../contract/api-paths';
import type { LenientList } from '../../contract/lenient';
import { webhookListSchema, type Webhook } from '../../contract/webhook';
import { callApi } from '../api-client';
import { haveSameItems } from '../same-items';
import { finderById } from './finder-by-id';
import { withToggles } from './pending-toggles';

/** All webhooks of an organization, oldest first as the API answers them. */
export function webhooksQuery(organizationId: string) {
  return queryOptions({
    queryKey: ['webhooks', organizationId],
    queryFn: async ({ signal, client, queryKey }) => {
      const loaded = await callApi(webhooksPath(organizationId), {
        schema: webhookListSchema,
        signal,
      });
      const known = client.getQueryData<LenientList<Webhook>>(queryKey);
      return withToggles(client, organizationId, withWarnings(loaded, known));
    },
    structuralSharing: (before, after) =>
      shareRows(before as LenientList<Webhook> | undefined, after as LenientList<Webhook>),
  });
}

/** Lists that were made of the one before, and share its rows already. */
const sharingLists = new WeakSet<LenientList<Webhook>>();

/** Says of a list that was made of the one before that its rows need not be compared with those. */
export function sharing(list: LenientList<Webhook>): LenientList<Webhook> {
  sharingLists.add(list);
  return list;
}

/** Keeps the rows that have not changed, found by their ids, so that only the others are drawn again. */
export function shareRows(
  before: LenientList<Webhook> | undefined,
  after: LenientList<Webhook>,
): LenientList<Webhook> {
  if (!before || before === after || sharingLists.has(after)) return after;
  const find = finderById(before.results);
  const results = after.results.map((row, index) => {
    const atIndex = before.results[index];
    if (atIndex === row) return row;
    return replaceEqualDeep(atIndex?.id === row.id ? atIndex : find(row.id), row);
  });
  const isSame =
    before.unreadable === after.unreadable &&
    haveSameItems(before.unreadableIds ?? [], after.unreadableIds ?? []) &&
    haveSameItems(before.results, results);
  return isSame ? before : { ...after, results };
}

/** An API warns in its answer to a save only: what it said holds until the URL is another. */
export function withWarningsOf(row: Webhook, known: Webhook | undefined): Webhook {
  if (known?.target_url !== row.target_url) return row;
  return { ...row, warnings: known.warnings };
}

function withWarnings(
  loaded: LenientList<Webhook>,
  known: LenientList<Webhook> | undefined,
): LenientList<Webhook> {
  const warned = known?.results.filter(({ warnings }) => warnings.length > 0) ?? [];
  if (warned.length === 0) return loaded;
  const find = finderById(warned);
  return { ...loaded, results: loaded.results.map((row) => withWarningsOf(row, find(row.id))) };
}
