import type { Selectable } from 'kysely';

import type { Db } from './db';
import type { SignInCodeTable } from './tables';

/** Adds a code. */
export async function insertSignInCode(db: Db, row: Selectable<SignInCodeTable>): Promise<void> {
  await db.insertInto('sign_in_code').values(row).execute();
}

/** Uses a code up. Gives whether it was there and still good; at most one caller gets true. */
export async function takeSignInCode(db: Db, codeHash: string, now: number): Promise<boolean> {
  const row = await db
    .deleteFrom('sign_in_code')
    .where('code_hash', '=', codeHash)
    .returning('expires_at')
    .executeTakeFirst();
  return row !== undefined && row.expires_at > now;
}

/** Removes the codes that nobody used in time. */
export async function deleteEndedSignInCodes(db: Db, now: number): Promise<void> {
  await db.deleteFrom('sign_in_code').where('expires_at', '<=', now).execute();
}
