import type { Selectable } from 'kysely';

import type { Db } from '../db';
import { statementsOf } from '../statement-rows';
import type { AttemptTable } from '../tables';

export type AttemptRow = Selectable<AttemptTable>;

/** Writes attempts into the log. */
export async function insertAttempts(trx: Db, rows: readonly AttemptRow[]): Promise<void> {
  for (const values of statementsOf(rows)) {
    await trx.insertInto('attempt').values(values).execute();
  }
}
