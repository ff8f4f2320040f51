import { setImmediate as nextRound } from 'node:timers/promises';

import { sql } from 'kysely';
import { newId } from '../new-id';

import type { Db } from '../db';
import { newDeliveryRows, type NewDelivery } from './rows-as-json';

export type { NewDelivery } from './rows-as-json';

/** What a delivery needs to know of its deployment event. */
export interface AcceptedEventRow {
  organization_id: string;
  id: string;
  event_type: string;
  /** Milliseconds since 1970: the deliveries are due from then on. */
  accepted_at: number;
}

const rowsPerStatement = 250;

/** A delivery of an event to a webhook that it matched. It waits for its turn. */
export function planDelivery(
  { organization_id, id, event_type, accepted_at }: AcceptedEventRow,
  webhook: { id: string; kind: string; target_url: string },
): NewDelivery {
  return {
    id: newId(),
    organization_id,
    webhook_id: webhook.id,
    event_id: id,
    event_type,
    kind: webhook.kind,
    accepted_at,
    accepted_url: webhook.target_url,
    attempt: 0,
    in_flight: 0,
    run_at: accepted_at,
  };
}

/**
 * Writes deliveries, in the transaction that accepts their events; lets other work in between where
 * they are many.
 */
export async function enqueueDeliveries(
  trx: Db,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  for (let start = 0; start < deliveries.length; start += rowsPerStatement) {
    if (start > 0) await nextRound();
    await insertDeliveries(trx, deliveries.slice(start, start + rowsPerStatement));
  }
}

/** One statement for any number of rows, so that its text stays the same and is prepared once. */
async function insertDeliveries(trx: Db, rows: readonly NewDelivery[]): Promise<void> {
  await sql`insert into delivery (
      id, organization_id, webhook_id, event_id, event_type, kind, accepted_at, accepted_url,
      status, attempt, tried, schedule_step, in_flight, trigger, run_at
    )
    select id, organization_id, webhook_id, event_id, event_type, kind, accepted_at, accepted_url,
      'pending', attempt, 0, 0, in_flight, 'event', run_at
    from ${newDeliveryRows(rows)} as planned`.execute(trx);
}
