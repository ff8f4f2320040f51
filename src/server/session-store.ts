import type { Selectable } from 'kysely';

import type { Db } from './db';
import type { SessionTable } from './tables';

type SessionRow = Selectable<SessionTable>;

/** Adds a session. */
export async function insertSession(db: Db, row: SessionRow): Promise<void> {
  await db.insertInto('session').values(row).execute();
}

/** The session of a hash, if it was made under this admin token and has not ended. */
export function findSession(
  db: Db,
  { idHash, tokenHash, now }: { idHash: string; tokenHash: string; now: number },
): Promise<SessionRow | undefined> {
  return db
    .selectFrom('session')
    .selectAll()
    .where('id_hash', '=', idHash)
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

/** Moves a session's end ahead. */
export async function extendSession(db: Db, idHash: string, expiresAt: number): Promise<void> {
  await db
    .updateTable('session')
    .set({ expires_at: expiresAt })
    .where('id_hash', '=', idHash)
    .execute();
}

/** Ends a session. */
export async function deleteSession(db: Db, idHash: string): Promise<void> {
  await db.deleteFrom('session').where('id_hash', '=', idHash).execute();
}

/** Removes the sessions that ended, and those of another admin token. */
export async function deleteEndedSessions(db: Db, tokenHash: string, now: number): Promise<void> {
  await db
    .deleteFrom('session')
    .where((e) => e.or([e('expires_at', '<=', now), e('token_hash', '!=', tokenHash)]))
    .execute();
}
