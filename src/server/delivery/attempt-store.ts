import type { Selectable } from 'kysely';

import type { Db } from '../db';
import type { AttemptTable } from '../tables';

export type AttemptRow = Selectable<AttemptTable>;

/** Attempts that ended together are written by few statements, whose texts the engine has prepared. */
const rowsPerStatement = [64, 32, 16, 8, 4, 2, 1] as const;

/** Writes attempts into the log. */
export async function insertAttempts(trx: Db, rows: readonly AttemptRow[]): Promise<void> {
  let written = 0;
  for (const count of rowsPerStatement) {
    for (; rows.length - written >= count; written += count) {
      const values = rows.slice(written, written + count);
      await trx.insertInto('attempt').values(values).execute();
    }
  }
}
