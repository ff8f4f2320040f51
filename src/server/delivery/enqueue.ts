import { setImmediate as nextRound } from 'node:timers/promises';

import type { DeploymentEventType, WebhookKind } from '../../contract/webhook';
import type { Db } from '../db';
import { rowInserter } from '../insert-rows';
import { newId } from '../new-id';
import type { DeliveryTable } from '../tables';

/** A delivery as it is when its event is accepted. */
export type NewDelivery = DeliveryTable;

const insertDeliveries = rowInserter('delivery', {
  id: true,
  organization_id: true,
  webhook_id: true,
  event_id: true,
  event_type: true,
  kind: true,
  accepted_at: true,
  accepted_url: true,
  status: true,
  attempt: true,
  tried: true,
  schedule_step: true,
  in_flight: true,
  trigger: true,
  run_at: true,
  recovery_id: true,
});

/** What a delivery needs to know of its deployment event. */
export interface AcceptedEventRow {
  organization_id: string;
  id: string;
  event_type: DeploymentEventType;
  /** Milliseconds since 1970: the deliveries are due from then on. */
  accepted_at: number;
}

const rowsPerRound = 250;

/** A delivery of an event to a webhook that it matched. It waits for its turn. */
export function planDelivery(
  { organization_id, id, event_type, accepted_at }: AcceptedEventRow,
  webhook: { id: string; kind: WebhookKind; target_url: string },
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
    status: 'pending',
    attempt: 0,
    tried: 0,
    schedule_step: 0,
    in_flight: 0,
    trigger: 'event',
    run_at: accepted_at,
    recovery_id: null,
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
  for (let start = 0; start < deliveries.length; start += rowsPerRound) {
    if (start > 0) await nextRound();
    await insertDeliveries(trx, deliveries.slice(start, start + rowsPerRound));
  }
}
