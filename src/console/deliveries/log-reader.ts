import type { QueryClient } from '@tanstack/react-query';

import type { WebhookEvent } from '../../contract/webhook-event';
import { capabilitiesQuery } from '../capabilities-queries';
import type { ReadRows } from './log-book';
import { logRowsQuery, type LogFilter, type LogRange, type LogScope } from './log-queries';

/**
 * Reads rows of a log. A plain Qovery API gives all that it has, whatever part is asked for: the part
 * is then cut out here.
 */
export function readerOf(client: QueryClient, scope: LogScope, filter: LogFilter): ReadRows {
  const read = async (range: LogRange) =>
    (await client.fetchQuery(logRowsQuery(scope, filter, range))).results;
  return async (range) => {
    const { before, after, within, limit } = range;
    if (before === undefined && after === undefined && !within) return read(range);
    const features = await client.ensureQueryData(capabilitiesQuery());
    if (features.includes('organization-log')) return read(range);
    // All that is older came with the newest.
    return before === undefined ? partOf(await read({ limit }), range) : [];
  };
}

/** The rows of a whole log that a range asks for, by where they stand: the ids may be of any kind. */
function partOf(
  rows: readonly WebhookEvent[],
  { after, within }: LogRange,
): readonly WebhookEvent[] {
  const placeOf = (id: string) => rows.findIndex((row) => row.id === id);
  if (!within) {
    const known = placeOf(after ?? '');
    return known < 0 ? rows : rows.slice(0, known);
  }
  const [first, last] = [placeOf(within.newest), placeOf(within.oldest)];
  if (first < 0) return [];
  return rows.slice(first, last < 0 ? undefined : last + 1);
}
