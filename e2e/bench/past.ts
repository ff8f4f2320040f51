import { sql } from 'kysely';
import { v7 } from 'uuid';

import type { DeploymentEventType } from '../../src/contract/webhook';
import { openDatabase, type Db } from '../../src/server/db';
import type { AttemptTable, DeliveryTable, DeploymentEventTable } from '../../src/server/tables';

/*
 * A past for an installation: what a month of deployment events leaves in its database. The rows are
 * copies of rows that the server wrote, with ids, times and outcomes of their own, and are written
 * into the file while the server is stopped: through the API a million attempts would take too long.
 */

/** What is to be added. Each event led to ten deliveries. */
export interface PastPlan {
  /** A webhook with a delivery of each event; every ninth was tried three times and failed. */
  busy: string;
  /** A webhook with a delivery of each event; three of the first failed, all others succeeded. */
  steady: string;
  /** The other eight deliveries go to these in turn; every ninth was tried twice. At least eight. */
  others: readonly string[];
  /** How many events: a multiple of nine. Nine of them make a hundred attempts. */
  events: number;
}

const day = 86_400_000;
const days = 29;
const eventsAtOnce = 450;
const projects = 50;

interface Rows {
  deployment_event: Partial<DeploymentEventTable>[];
  delivery: Partial<DeliveryTable>[];
  attempt: Partial<AttemptTable>[];
}

/**
 * Adds a past to the data folder of a server that is stopped. It must have an event that was delivered
 * with success: the rows are made of that.
 */
export async function addPast(dataDir: string, plan: PastPlan): Promise<void> {
  const db = await openDatabase(dataDir);
  try {
    // Should the machine fail meanwhile, so has the bench.
    await sql`pragma synchronous = off`.execute(db);
    const restoreIndexes = await dropIndexes(db);
    for (let first = 0; first < plan.events; first += eventsAtOnce) {
      const rows: Rows = { deployment_event: [], delivery: [], attempt: [] };
      const end = Math.min(first + eventsAtOnce, plan.events);
      for (let n = first; n < end; n += 1) addEvent(rows, plan, n);
      await db.transaction().execute((trx) => write(trx, rows));
    }
    await restoreIndexes();
    await countEvents(db);
    await addHealth(db);
  } finally {
    await db.destroy();
  }
}

/** To build an index at once takes much less time than row by row; gives what builds them. */
async function dropIndexes(db: Db): Promise<() => Promise<void>> {
  const { rows } = await sql<{ name: string; text: string }>`
    select name, sql as text from sqlite_master
    where type = 'index' and sql is not null
      and tbl_name in ('deployment_event', 'delivery', 'attempt')`.execute(db);
  for (const { name } of rows) await sql`drop index ${sql.ref(name)}`.execute(db);
  return async () => {
    for (const { text } of rows) await sql.raw(text).execute(db);
  };
}

/** The `n`th event of the plan with its deliveries and their attempts. */
function addEvent(rows: Rows, { busy, steady, others, events }: PastPlan, n: number): void {
  const accepted_at = Math.round(Date.now() - (days - (days - 0.1) * (n / events)) * day);
  const event_id = v7({ msecs: accepted_at });
  const event_type = eventTypeOf(n);
  rows.deployment_event.push({
    id: event_id,
    accepted_id: event_id,
    accepted_at,
    event_type,
    project_name: `service-${n % projects}`,
  });
  const isHard = n % 9 === 0;
  for (let place = 0; place < 10; place += 1) {
    const webhook_id =
      place === 0 ? busy : place === 1 ? steady : (others[(n * 8 + place) % others.length] ?? busy);
    const isLost = place === 0 ? isHard : place === 1 && isHard && n > 0 && n < 36;
    const tries = place === 1 ? 1 : isHard ? (place === 0 ? 3 : 2) : 1;
    const delivery_id = v7({ msecs: accepted_at });
    const common = { webhook_id, event_id, event_type };
    const status = isLost ? 'failed' : 'succeeded';
    rows.delivery.push({ ...common, id: delivery_id, accepted_at, status, tried: tries });
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const started_at = accepted_at + 10 + (attempt - 1) * 5000;
      const outcome = isLost || attempt < tries ? failure : success;
      const id = v7({ msecs: started_at });
      rows.attempt.push({ ...common, ...outcome, id, delivery_id, attempt, started_at });
    }
  }
}

const success = { status_code: 204, outcome: 'succeeded', error: null } as const;
const failure = {
  status_code: 503,
  outcome: 'failed',
  error: 'the receiver answered 503',
} as const;

function eventTypeOf(n: number): DeploymentEventType {
  if (n % 100 === 99) return 'DEPLOYMENT_CANCELLED';
  if (n % 10 === 5) return 'DEPLOYMENT_FAILURE';
  return n % 2 === 0 ? 'DEPLOYMENT_STARTED' : 'DEPLOYMENT_SUCCESSFUL';
}

async function write(trx: Db, rows: Rows): Promise<void> {
  await copy(trx, 'deployment_event', rows.deployment_event);
  await copy(trx, 'delivery', rows.delivery);
  await copy(trx, 'attempt', rows.attempt);
}

/** Inserts copies of the table's first row that differ in these columns. All have the same ones. */
async function copy(trx: Db, table: keyof Rows, changes: readonly object[]): Promise<void> {
  const { rows: columns } = await sql<{ name: string }>`
    select name from pragma_table_info(${table})`.execute(trx);
  const changed = new Set(Object.keys(changes[0] ?? {}));
  const values = columns.map(({ name }) =>
    changed.has(name) ? sql`value ->> ${sql.lit(name)}` : sql.ref(`template.${name}`),
  );
  await sql`insert into ${sql.table(table)} (${sql.join(columns.map(({ name }) => sql.ref(name)))})
    select ${sql.join(values)}
    from json_each(${JSON.stringify(changes)}),
      (select * from ${sql.table(table)} order by rowid limit 1) as template`.execute(trx);
}

/** As accepting them would have counted them. */
async function countEvents(db: Db): Promise<void> {
  await sql`delete from deployment_event_count`.execute(db);
  await sql`insert into deployment_event_count
      (organization_id, day, event_type, mode, project_name, count, latest_at)
    select organization_id, accepted_at / ${sql.lit(day)}, event_type, mode, project_name, count(*),
      max(accepted_at)
    from deployment_event group by 1, 2, 3, 4, 5`.execute(db);
}

/** For every webhook: twenty attempts of which one failed, and a busy day. */
async function addHealth(db: Db): Promise<void> {
  const now = Date.now();
  const quarter = Math.floor(now / 900_000);
  const last = JSON.stringify([503, ...Array.from({ length: 19 }, () => 204)]);
  const quarters = JSON.stringify(Array.from({ length: 96 }, (_, i) => [quarter - 95 + i, 3, 1]));
  await sql`insert or ignore into webhook_health (webhook_id, organization_id, last, quarters,
      last_failure_at, last_failure_status, last_failure_error, failing_since,
      failed_deliveries, failed_days, last_failed_day)
    select id, organization_id, ${last}, ${quarters}, ${now - day}, 503, ${failure.error}, null, 0, 0, null
    from webhook`.execute(db);
}
