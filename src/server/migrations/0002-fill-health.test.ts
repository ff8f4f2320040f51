import { Kysely, Migrator, sql } from 'kysely';
import Database from 'libsql';
import { v7 as newId } from 'uuid';
import { expect, it, onTestFinished } from 'vitest';

import { prepareDataFolder } from '../data-folder';
import { openDatabase } from '../db';
import { countAnswers } from '../delivery/webhook-health';
import { EmbeddedDialect, embeddedEngine } from '../embedded-dialect';
import { temporaryFolder } from '../temporary-folder';
import { initial } from './0001-initial';

const minute = 60_000;
const day = 24 * 60 * minute;

/** A data folder as the first edition left it. */
async function withFirstEdition(fill: (db: Kysely<unknown>) => Promise<void>): Promise<string> {
  const folder = temporaryFolder();
  const engine = embeddedEngine(new Database(prepareDataFolder(folder)), (it) => it.close());
  const db = new Kysely<unknown>({ dialect: new EmbeddedDialect(engine) });
  const provider = { getMigrations: async () => ({ '0001-initial': initial }) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error) throw error;
  await fill(db);
  await db.destroy();
  return folder;
}

const addWebhook = (db: Kysely<unknown>, id: string) =>
  sql`insert into webhook values (${id}, 'o', 1, 1, 1, 'STANDARD', '', null, '', 1, '[]', '[]', '[]', null, null)`.execute(
    db,
  );

const addAttempt = (
  db: Kysely<unknown>,
  webhook: string,
  [at, status, error]: [at: number, status: number, error: string | null],
) =>
  sql`insert into attempt values (${newId({ msecs: at })}, 'o', ${webhook}, 'd', 'e', 'DEPLOYMENT_STARTED',
    'STANDARD', 1, 1, 'event', ${at}, 1, '', '{}', ${status}, ${error}, null, null, null)`.execute(
    db,
  );

it('makes the health of webhooks out of the log of the first edition', async () => {
  const now = Date.now();
  const disabled = 'not sent: the webhook is disabled';
  const folder = await withFirstEdition(async (db) => {
    for (const id of ['busy', 'quiet', 'cancelled', 'untried']) await addWebhook(db, id);
    await addAttempt(db, 'busy', [now - 2 * day, 500, 'answered 500']);
    for (let minutes = 22; minutes > 0; minutes -= 1) {
      await addAttempt(db, 'busy', [now - minutes * minute, 200, null]);
    }
    await addAttempt(db, 'busy', [now - 100, 0, disabled]);
    await addAttempt(db, 'quiet', [now - 10 * minute, 503, 'answered 503']);
    await addAttempt(db, 'quiet', [now - 9 * minute, 0, 'connection refused']);
    await addAttempt(db, 'cancelled', [now - minute, 0, disabled]);
    await addAttempt(db, 'deleted', [now - minute, 200, null]);
  });
  const db = await openDatabase(folder);
  onTestFinished(() => db.destroy());
  const rows = await db.selectFrom('webhook_health').selectAll().orderBy('webhook_id').execute();
  const clean = {
    failing_since: null,
    failed_deliveries: 0,
    failed_days: 0,
    last_failed_day: null,
  };
  expect(rows).toEqual([
    {
      webhook_id: 'busy',
      organization_id: 'o',
      last: JSON.stringify(Array(20).fill(200)),
      quarters: expect.any(String),
      last_failure_at: now - 2 * day,
      last_failure_status: 500,
      last_failure_error: 'answered 500',
      ...clean,
    },
    {
      webhook_id: 'quiet',
      organization_id: 'o',
      last: '[503,0]',
      quarters: expect.any(String),
      last_failure_at: now - 9 * minute,
      last_failure_status: 0,
      last_failure_error: 'connection refused',
      ...clean,
    },
  ]);
  const longAgo = Math.floor((now - 2 * day) / (15 * minute));
  expect(rows[0]?.quarters).not.toContain(String(longAgo));
  expect(rows.map((row) => countAnswers(row, now))).toEqual([
    { succeeded: 22, failed: 0 },
    { succeeded: 0, failed: 2 },
  ]);
});
