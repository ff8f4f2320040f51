import { CompiledQuery } from 'kysely';

import type { Db } from './db';
import type { Tables } from './tables';

/** Rows that are written together go into few statements, whose texts the engine has prepared. */
const sizes = [64, 32, 16, 8, 4, 2, 1] as const;

/**
 * Makes an `insert` of any number of rows into a table. Its texts are made once: where there are many
 * columns, building them takes longer than running them.
 *
 * @param all the table's columns, every one of them.
 */
export function rowInserter<Name extends keyof Tables>(
  table: Name,
  all: Readonly<Record<keyof Tables[Name] & string, true>>,
): (db: Db, rows: readonly Tables[Name][]) => Promise<void> {
  const columns = Object.keys(all) as (keyof Tables[Name] & string)[];
  const texts = new Map<number, string>();
  const names = columns.map((column) => `"${column}"`).join(', ');
  const values = `(${columns.map(() => '?').join(', ')})`;
  const textFor = (size: number) => {
    const text =
      texts.get(size) ??
      `insert into "${table}" (${names}) values ${Array(size).fill(values).join(', ')}`;
    texts.set(size, text);
    return text;
  };
  return async (db, rows) => {
    let written = 0;
    for (const size of sizes) {
      for (; rows.length - written >= size; written += size) {
        const some = rows.slice(written, written + size);
        const parameters = some.flatMap((row) => columns.map((column) => row[column]));
        await db.executeQuery(CompiledQuery.raw(textFor(size), parameters));
      }
    }
  };
}
