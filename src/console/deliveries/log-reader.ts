import { replaceEqualDeep, type QueryClient } from '@tanstack/react-query';

import type { WebhookEvent } from '../../contract/webhook-event';
import { capabilitiesQuery } from '../capabilities-queries';
import { placeWords } from './attempt-words';
import type { ReadRows } from './log-book';
import { logRowsQuery, type LogFilter, type LogRange, type LogScope } from './log-queries';

/** What an API tells of its log beside the rows. */
export interface LogTold {
  /** How many rows could not be read. Of what has come since the newest were read, it is not known. */
  unreadable: number;
  /** Whether any row says where its event happened. */
  hasPlaces: boolean;
}

interface LogReader {
  read: ReadRows;
  /** The same object as long as it says the same. */
  told: () => LogTold;
}

/**
 * Reads rows of a log. A plain Qovery API gives all that it has, whatever part is asked for: the part
 * is then cut out here.
 */
export function readerOf(client: QueryClient, scope: LogScope, filter: LogFilter): LogReader {
  let order: readonly string[] = [];
  let told: LogTold = { unreadable: 0, hasPlaces: true };
  const tell = (news: LogTold) => {
    told = replaceEqualDeep(told, news);
  };
  const read = async (range: LogRange) => {
    const { results, unreadable } = await client.fetchQuery(logRowsQuery(scope, filter, range));
    if (range.before !== undefined) tell({ ...told, unreadable: told.unreadable + unreadable });
    else if (range.after === undefined && !range.within) tell({ ...told, unreadable });
    return results;
  };
  const isPlain = async () =>
    !(await client.ensureQueryData(capabilitiesQuery())).includes('organization-log');
  const readAll = async (limit: number) => {
    const [given, plain] = await Promise.all([read({ limit }), isPlain().catch(() => false)]);
    const rows = plain ? newestFirst(given) : given;
    // The embedded API has words for each place.
    const hasPlaces = !plain || given.length === 0 || given.some((row) => placeWords(row) !== '');
    tell({ ...told, hasPlaces });
    order = withIdsOf(rows, order);
    return rows;
  };
  const readRange: ReadRows = async (range) => {
    const { before, after, within, limit } = range;
    if (before === undefined && after === undefined && !within) return readAll(limit);
    if (!(await isPlain())) return read(range);
    // All that is older came with the newest.
    return before === undefined ? partOf(await readAll(limit), range, order) : [];
  };
  return { read: readRange, told: () => told };
}

/** In which order a plain API lists its rows is not documented. Those without a time come last. */
function newestFirst(rows: readonly WebhookEvent[]): readonly WebhookEvent[] {
  const timeOf = ({ created_at }: WebhookEvent) => Date.parse(created_at) || 0;
  return rows.toSorted((a, b) => timeOf(b) - timeOf(a));
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
