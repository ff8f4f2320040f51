import { sql } from 'kysely';

import type { DeliveryTrigger } from '../answers/webhook-event';
import type { DeploymentEventType, WebhookKind } from '../../contract/webhook';
import type { Db } from '../db';
import { listed, listedRows, settledRows, type SettledDelivery } from '../rows-as-json';

/*
 * Every statement that reads what is due or in flight names the value as a literal: only then does
 * the engine see that a partial index serves it. Statements begin with their first word: by it the
 * database knows which it keeps prepared.
 */

/** Few enough for a short statement; a process has no more in flight at once. */
const releasedPerStatement = 256;

/**
 * Makes all deliveries due at once that a process before this one had in flight when it died. Only for
 * a process that owns the database alone, before it claims. Does not look at what was not in flight.
 */
export async function releaseLeases(db: Db, now: number): Promise<void> {
  for (let released = 1n; released > 0n;) {
    const inFlight = db.selectFrom('delivery').select('id').where('in_flight', '=', sql.lit(1));
    const result = await db
      .updateTable('delivery')
      .set({ in_flight: 0, run_at: now })
      .where('id', 'in', inFlight.limit(releasedPerStatement))
      .executeTakeFirst();
    released = result.numUpdatedRows;
  }
}

/** When a webhook's next delivery is due, milliseconds since 1970. */
export interface WebhookDue {
  webhook_id: string;
  run_at: number;
}

/**
 * The webhooks that have pending deliveries, in order of their ids, each with the time when the first
 * is due. Costs as many steps through an index as there are such webhooks, however long their queues.
 *
 * @param after only webhooks with greater ids; an empty text for all.
 */
export async function listWebhooksDue(db: Db, after: string, limit: number): Promise<WebhookDue[]> {
  const { rows } = await sql<WebhookDue>`with recursive waiting(webhook_id) as (
      select min(webhook_id) from delivery where status = 'pending' and webhook_id > ${after}
      union all
      select (
        select min(webhook_id) from delivery
        where status = 'pending' and webhook_id > waiting.webhook_id
      )
      from waiting where waiting.webhook_id is not null
    )
    select webhook_id, (
      select min(run_at) from delivery
      where status = 'pending' and delivery.webhook_id = waiting.webhook_id
    ) as run_at
    from waiting where webhook_id is not null limit ${limit}`.execute(db);
  return rows;
}

/** When the next delivery of each of these webhooks is due; those without pending ones are left out. */
export async function nextDueOf(db: Db, webhookIds: readonly string[]): Promise<WebhookDue[]> {
  const { rows } = await sql<{
    webhook_id: string;
    run_at: number | null;
  }>`select value as webhook_id, (
      select min(run_at) from delivery where status = 'pending' and webhook_id = value
    ) as run_at
    from ${listedRows(webhookIds)}`.execute(db);
  return rows.filter((row): row is WebhookDue => row.run_at !== null);
}

/** A delivery that is due, and its webhook as it is now; the latter's columns are null if it is gone. */
export interface DueDelivery {
  id: string;
  organization_id: string;
  webhook_id: string;
  event_id: string;
  event_type: DeploymentEventType;
  kind: WebhookKind;
  trigger: DeliveryTrigger;
  attempt: number;
  schedule_step: number;
  accepted_url: string;
  target_url: string | null;
  target_secret: string | null;
  enabled: 0 | 1 | null;
}

/** The deliveries of some webhooks that are due, oldest first, at most so many of each webhook. */
export async function listDue(
  db: Db,
  webhookIds: readonly string[],
  now: number,
  perWebhook: number,
): Promise<DueDelivery[]> {
  const { rows } =
    await sql<DueDelivery>`select delivery.id, delivery.organization_id, delivery.webhook_id, delivery.event_id,
      delivery.event_type, delivery.kind, delivery.trigger, delivery.attempt, delivery.schedule_step, delivery.accepted_url,
      webhook.target_url, webhook.target_secret, webhook.enabled
    from ${listedRows(webhookIds)} as wanted
    join delivery on delivery.id in (
      select id from delivery as due
      where due.status = 'pending' and due.webhook_id = wanted.value and due.run_at <= ${now}
      order by due.run_at, due.id limit ${perWebhook}
    )
    left join webhook on webhook.id = delivery.webhook_id`.execute(db);
  return rows;
}

/**
 * Takes deliveries for one attempt each. They are due again when the lease ends, should no result be
 * recorded until then.
 */
export async function claimDeliveries(
  trx: Db,
  ids: readonly string[],
  leaseEnd: number,
): Promise<void> {
  await trx
    .updateTable('delivery')
    .set(({ eb }) => ({ attempt: eb('attempt', '+', 1), in_flight: 1, run_at: leaseEnd }))
    .where('id', 'in', listed(ids))
    .execute();
}

/**
 * Ends attempts: each delivery is tried again at `run_at` or is over.
 *
 * @returns the claims of those that were still held by the one named, by their ids; the others are left
 *   as they are.
 */
export async function settleDeliveries(
  trx: Db,
  settled: readonly SettledDelivery[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; attempt: number }>`update delivery
    set status = settled.status, run_at = settled.run_at, tried = delivery.tried + 1,
      schedule_step = delivery.schedule_step + 1, in_flight = 0
    from ${settledRows(settled)} as settled
    where delivery.id = settled.id and delivery.attempt = settled.attempt
      and delivery.in_flight = 1 and delivery.status = 'pending'
    returning delivery.id, delivery.attempt`.execute(trx);
  return new Map(rows.map(({ id, attempt }) => [id, attempt]));
}
