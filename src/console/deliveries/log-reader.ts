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
  let order: readonly string[] = [];
  const read = async (range: LogRange) =>
    (await client.fetchQuery(logRowsQuery(scope, filter, range))).results;
  const isPlain = async () =>
    !(await client.ensureQueryData(capabilitiesQuery())).includes('organization-log');
  const readAll = async (limit: number) => {
    const [given, plain] = await Promise.all([read({ limit }), isPlain().catch(() => false)]);
    const rows = plain ? newestFirst(given) : given;
    order = withIdsOf(rows, order);
    return rows;
  };
  return async (range) => {
    const { before, after, within, limit } = range;
    if (before === undefined && after === undefined && !within) return readAll(limit);
    if (!(await isPlain())) return read(range);
    // All that is older came with the newest.
    return before === undefined ? partOf(await readAll(limit), range, order) : [];
  };
}

/** In which order a plain API lists its rows is not documented. */
function newestFirst(rows: readonly WebhookEvent[]): readonly WebhookEvent[] {
  return rows.toSorted((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
}

/**
 * The ids of all rows that were ever read, newest first, with those of an answer: the ids may be of any
 * kind, so that only this tells where a row stood that is gone by now.
 */
function withIdsOf(rows: readonly WebhookEvent[], known: readonly string[]): readonly string[] {
  const order: string[] = [];
  let next = 0;
  for (const { id } of rows) {
    const place = known.indexOf(id, next);
    if (place < 0) order.push(id);
    else {
      order.push(...known.slice(next, place + 1));
      next = place + 1;
    }
  }
  return [...order, ...known.slice(next)];
}

/** The rows of a whole log that a range asks for, by where they stand among all that were read. */
function partOf(
  rows: readonly WebhookEvent[],
  { after, within }: LogRange,
  order: readonly string[],
): readonly WebhookEvent[] {
  const places = new Map(order.map((id, place) => [id, place]));
  const placeOf = (id = '') => places.get(id) ?? Infinity;
  const [first, end] = within
    ? [placeOf(within.newest), placeOf(within.oldest) + 1]
    : [0, placeOf(after)];
  return rows.filter(({ id }) => placeOf(id) >= first && placeOf(id) < end);
}
