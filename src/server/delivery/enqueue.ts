import { setImmediate as nextRound } from 'node:timers/promises';

import { sql } from 'kysely';
import { v7 as newId } from 'uuid';

import type { Db } from '../db';
import { newDeliveryRows, type NewDelivery } from './rows-as-json';

/** What a delivery needs to know of its deployment event. */
export interface AcceptedEventRow {
  organization_id: string;
  id: string;
  event_type: string;
  /** Milliseconds since 1970: the deliveries are due from then on. */
  accepted_at: number;
}

const rowsPerStatement = 250;

/**
 * Writes a delivery to each webhook that an event matched, in the transaction that accepts the event;
 * lets other work in between where they are many.
 *
 * @returns the deliveries, in the order of the webhooks.
 */
export async function enqueueDeliveries(
  trx: Db,
  event: AcceptedEventRow,
  webhooks: readonly { id: string; kind: string }[],
): Promise<{ id: string; webhook_id: string }[]> {
  const rows = webhooks.map(({ id, kind }) => ({ id: newId(), webhook_id: id, kind }));
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    if (start > 0) await nextRound();
    await insertDeliveries(trx, event, rows.slice(start, start + rowsPerStatement));
  }
  return rows.map(({ id, webhook_id }) => ({ id, webhook_id }));
}

/** One statement for any number of rows, so that its text stays the same and is prepared once. */
async function insertDeliveries(
  trx: Db,
  { organization_id, id, event_type, accepted_at }: AcceptedEventRow,
  rows: readonly NewDelivery[],
): Promise<void> {
  await sql`insert into delivery (
      id, organization_id, webhook_id, event_id, event_type, kind, accepted_at, accepted_url,
      status, attempt, tried, schedule_step, in_flight, trigger, run_at
    )
    select matched.id, ${organization_id}, matched.webhook_id, ${id}, ${event_type}, matched.kind,
      ${accepted_at}, coalesce(webhook.target_url, ''), 'pending', 0, 0, 0, 0, 'event', ${accepted_at}
    from ${newDeliveryRows(rows)} as matched
    left join webhook on webhook.id = matched.webhook_id`.execute(trx);
}
