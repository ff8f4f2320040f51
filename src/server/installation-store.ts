import type { Db } from './db';

/** What the installation remembers under a name, or null. */
export async function readInstallationValue(db: Db, name: string): Promise<string | null> {
  const row = await db
    .selectFrom('installation')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.value ?? null;
}

/** Remembers a value under a name that has none yet. */
export async function writeInstallationValue(db: Db, name: string, value: string): Promise<void> {
  await db.insertInto('installation').values({ name, value }).execute();
}
