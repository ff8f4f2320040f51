import { setImmediate as nextRound } from 'node:timers/promises';

import type { Db } from '../db';
import { bodyKey, readBodies } from './body-store';
import type { LogEvent } from './log-event';
import { findLogRow, listLogRows, type LogPage, type LogRow, type LogRowName } from './log-rows';

/** Characters of a page, unless its first row alone has more: a page may be shorter than was asked. */
const mostCharacters = 4 * 1024 * 1024;
const rowsPerRead = 16;

/**
 * A log as the API lists it, newest first: the attempts, and among them a row with `attempt: 0` for
 * each delivery that was not tried yet. Ids are UUIDv7 and made as the rows are written, so
 * a new row stands above all that were there before.
 *
 * @returns the rows as JSON texts, some at a time: the stored bodies are in them as they are, since
 * parsing and writing them again would block the process. Fewer rows than `limit` are no sign of the
 * log's end; what is left out then is what is farthest from the cursor.
 */
export async function* readLogPage(db: Db, page: LogPage): AsyncGenerator<string[]> {
  const rows = await listLogRows(db, page);
  const texts = textsOf(rows, page.is_summary ? async () => [] : (some) => bodiesOf(db, some));
  if (page.after === null) {
    yield* texts;
    return;
  }
  const upwards: string[] = [];
  for await (const some of texts) upwards.push(...some);
  yield upwards.toReversed();
}

/**
 * One row of a webhook's log in full, as JSON, with `request_body` as the exact text that was sent;
 * undefined if there is none. The log of a webhook that is gone is still there.
 */
export async function readLogRow(db: Db, name: LogRowName): Promise<string | undefined> {
  const row = await findLogRow(db, name);
  if (!row) return undefined;
  const [body = null] = await bodiesOf(db, [row]);
  return rowText({ ...row.event, request_body: body }, body);
}

/** The texts of rows, in their order, up to the characters of a page. */
async function* textsOf(
  rows: readonly LogRow[],
  readSome: (rows: readonly LogRow[]) => Promise<(string | null)[]>,
): AsyncGenerator<string[]> {
  let length = 0;
  for (let start = 0; start < rows.length; start += rowsPerRead) {
    if (start > 0) await nextRound();
    const some = rows.slice(start, start + rowsPerRead);
    const bodies = await readSome(some);
    const texts: string[] = [];
    for (const [index, { event }] of some.entries()) {
      const text = rowText(event, bodies[index] ?? null);
      const isFirst = length === 0;
      length += text.length;
      if (length > mostCharacters && !isFirst) break;
      texts.push(text);
    }
    yield texts;
    if (length > mostCharacters) return;
  }
}

function rowText(event: LogEvent & { request_body?: string | null }, body: string | null): string {
  return `${JSON.stringify(event).slice(0, -1)},"request":${body ?? '{}'}}`;
}

/** The bodies of rows, in their order; null where one is no longer stored. */
async function bodiesOf(db: Db, rows: readonly LogRow[]): Promise<(string | null)[]> {
  const named = rows.map(({ body }) => body).filter((body) => body.request_body === null);
  const stored = await readBodies(db, named);
  return rows.map(({ body }) => body.request_body ?? stored.get(bodyKey(body)) ?? null);
}
