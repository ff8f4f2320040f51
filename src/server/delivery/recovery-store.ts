import { sql, type Selectable } from 'kysely';

import type { WebhookKind } from '../../contract/webhook';
import { breathing } from '../breathe';
import type { Db } from '../db';
import type { RecoveryTable } from '../tables';
import { listed } from '../rows-as-json';

/*
 * As in `delivery-store.ts`, what a partial index is for is named as a literal.
 */

export type RecoveryRow = Selectable<RecoveryTable>;

/** Deliveries that ended without success: of a webhook, in their order, from a place on. */
export interface EndedDeliveries {
  webhook_id: string;
  /** Only what was made for this kind: a body cannot be sent to a webhook of another. */
  kind: WebhookKind;
  /** Only those behind this time of acceptance, */
  position_at: number;
  /** and at this time, behind this id. */
  position: string;
  /** Only those accepted until then. */
  until: number;
}

const ended = ({ webhook_id, kind, position_at, position, until }: EndedDeliveries) =>
  sql`from delivery
    where webhook_id = ${webhook_id} and kind = ${kind} and status in ('failed', 'cancelled')
      and (accepted_at, id) > (${position_at}, ${position}) and accepted_at <= ${until}
    order by accepted_at, id`;

interface Place {
  accepted_at: number;
  id: string;
}

/** Takes the engine some milliseconds. */
const countedPerStatement = 10_000;

/** How many they are; lets other work in between where they are many. */
export async function countEnded(db: Db, wanted: EndedDeliveries): Promise<number> {
  const breathe = breathing();
  const last = countedPerStatement - 1;
  let { position_at, position } = wanted;
  for (let count = 0; ; count += countedPerStatement) {
    const deliveries = Object.assign({}, wanted, { position_at, position });
    const { rows } = await sql<Place>`select accepted_at, id ${ended(deliveries)}
      limit 1 offset ${last}`.execute(db);
    const [place] = rows;
    if (!place) return count + (await countFew(db, deliveries));
    position_at = place.accepted_at;
    position = place.id;
    await breathe();
  }
}

async function countFew(db: Db, deliveries: EndedDeliveries): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count
    from (select id ${ended(deliveries)} limit ${countedPerStatement}) as few`.execute(db);
  return rows[0]?.count ?? 0;
}

/**
 * Makes the next of them due, as part of a recovery, each with its schedule before it again.
 *
 * @returns where each is, in their order; fewer than `limit` if there are no more.
 */
export async function requeueEnded(
  trx: Db,
  deliveries: EndedDeliveries,
  { recovery_id, now, limit }: { recovery_id: string; now: number; limit: number },
): Promise<Place[]> {
  const { rows } = await sql<Place>`select accepted_at, id ${ended(deliveries)}
    limit ${limit}`.execute(trx);
  await trx
    .updateTable('delivery')
    .set({ status: 'pending', schedule_step: 0, run_at: now, trigger: 'recover', recovery_id })
    .where('id', 'in', listed(rows.map(({ id }) => id)))
    .execute();
  return rows;
}

/** How many deliveries a recovery has made due that were not tried since. */
export async function countUntriedOf(db: Db, recoveryId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from delivery
    where recovery_id = ${recoveryId} and status = 'pending' and schedule_step = 0`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Whether any delivery of a recovery is on its way. */
export async function hasPendingOf(db: Db, recoveryId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from delivery
    where recovery_id = ${recoveryId} and status = 'pending' limit 1`.execute(db);
  return rows.length > 0;
}

/** Adds a recovery. */
export async function insertRecovery(db: Db, row: RecoveryRow): Promise<void> {
  await db.insertInto('recovery').values(row).execute();
}

/** One recovery, or undefined. */
export function findRecovery(db: Db, id: string): Promise<RecoveryRow | undefined> {
  return db.selectFrom('recovery').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Replaces what changes of a recovery while it makes deliveries due. */
export async function updateRecovery(
  db: Db,
  id: string,
  change: Partial<Pick<RecoveryRow, 'total' | 'position_at' | 'position' | 'is_queued' | 'queued'>>,
): Promise<void> {
  await db.updateTable('recovery').set(change).where('id', '=', id).execute();
}

/** The recovery that makes deliveries of a webhook due, if there is one. */
export async function recoveryAtWork(db: Db, webhookId: string): Promise<string | undefined> {
  const query = db.selectFrom('recovery').select('id').where('webhook_id', '=', webhookId);
  return (await query.where('is_queued', '=', sql.lit(0)).executeTakeFirst())?.id;
}

/**
 * The last recovery of a webhook that makes deliveries due, or has made some due that are on their way
 * yet; null if there is none. Recoveries are few, and the newest are looked at first.
 */
export async function runningRecovery(db: Db, webhookId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select id from recovery
    where webhook_id = ${webhookId} and (is_queued = 0 or exists (
      select 1 from delivery where recovery_id = recovery.id and status = 'pending'))
    order by created_at desc limit 1`.execute(db);
  return rows[0]?.id ?? null;
}

/** All recoveries that make deliveries due. */
export async function listRecoveriesAtWork(db: Db): Promise<string[]> {
  const query = db.selectFrom('recovery').select('id').where('is_queued', '=', sql.lit(0));
  return (await query.execute()).map(({ id }) => id);
}

/** How many of some deliveries belong to a recovery and have a status. */
interface RecoveredCount {
  recovery_id: string;
  status: string;
  count: number;
}

/** Some deliveries by recovery and status; those that belong to none are left out. */
export async function countByRecovery(db: Db, ids: readonly string[]): Promise<RecoveredCount[]> {
  const { rows } = await sql<RecoveredCount>`select recovery_id, status, count(*) as count
    from delivery where id in ${listed(ids)} and recovery_id is not null
    group by recovery_id, status`.execute(db);
  return rows;
}

/** Adds to what a recovery has counted. */
export async function raiseRecovery(
  trx: Db,
  id: string,
  { succeeded, failed }: { succeeded: number; failed: number },
): Promise<void> {
  await trx
    .updateTable('recovery')
    .set(({ eb }) => ({
      succeeded: eb('succeeded', '+', succeeded),
      failed: eb('failed', '+', failed),
    }))
    .where('id', '=', id)
    .execute();
}
