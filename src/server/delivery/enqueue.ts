import { v7 as newId } from 'uuid';

import type { Db } from '../db';
import type { DeliveryTable } from '../tables';

/** What a delivery needs to know of its deployment event. */
export interface AcceptedEventRow {
  organization_id: string;
  id: string;
  event_type: string;
  /** Milliseconds since 1970: the deliveries are due from then on. */
  accepted_at: number;
}

/** Keeps statements short and far below the engine's limit of 32,766 variables. */
const rowsPerStatement = 250;

/**
 * Writes a delivery to each webhook that an event matched, in the transaction that accepts the event.
 *
 * @returns the deliveries, in the order of the webhooks.
 */
export async function enqueueDeliveries(
  trx: Db,
  event: AcceptedEventRow,
  webhooks: readonly { id: string; kind: string }[],
): Promise<{ id: string; webhook_id: string }[]> {
  const rows = webhooks.map(({ id, kind }): DeliveryTable => ({
    id: newId(),
    organization_id: event.organization_id,
    webhook_id: id,
    event_id: event.id,
    event_type: event.event_type,
    kind,
    accepted_at: event.accepted_at,
    status: 'pending',
    attempt: 0,
    tried: 0,
    schedule_step: 0,
    in_flight: 0,
    trigger: 'event',
    run_at: event.accepted_at,
  }));
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    const values = rows.slice(start, start + rowsPerStatement);
    await trx.insertInto('delivery').values(values).execute();
  }
  return rows.map(({ id, webhook_id }) => ({ id, webhook_id }));
}
