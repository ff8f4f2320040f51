import { sql } from 'kysely';

import type { DeliveryTrigger } from '../answers/webhook-event';
import type { WebhookKind } from '../../contract/webhook';
import type { Db } from '../db';
import type { DeliveryStatus } from '../tables';
import type { LogRowName } from './log-rows';

/** A delivery as far as it decides whether it can be sent again. */
export interface ResendableDelivery {
  id: string;
  kind: WebhookKind;
  status: DeliveryStatus;
  in_flight: 0 | 1;
}

/** The trigger of the attempt with this id, or undefined if there is none in the webhook's log. */
export async function findAttemptOf(
  db: Db,
  { organization_id, webhook_id, id }: LogRowName,
): Promise<{ delivery_id: string; trigger: DeliveryTrigger } | undefined> {
  return db
    .selectFrom('attempt')
    .select(['delivery_id', 'trigger'])
    .where('id', '=', id)
    .where('organization_id', '=', organization_id)
    .where('webhook_id', '=', webhook_id)
    .executeTakeFirst();
}

/** A delivery to a webhook by its own id, or undefined. */
export async function findDelivery(
  db: Db,
  { organization_id, webhook_id, id }: LogRowName,
): Promise<ResendableDelivery | undefined> {
  return db
    .selectFrom('delivery')
    .select(['id', 'kind', 'status', 'in_flight'])
    .where('id', '=', id)
    .where('organization_id', '=', organization_id)
    .where('webhook_id', '=', webhook_id)
    .executeTakeFirst();
}

/**
 * Makes a delivery due now, with its schedule before it again. One that ended counts no longer for the
 * recovery that it may have been a part of, which has counted how it ended; one still on its way does.
 * Only for what is not in flight.
 */
export async function redeliverNow(trx: Db, id: string, now: number): Promise<void> {
  await sql`update delivery
    set status = 'pending', schedule_step = 0, run_at = ${now}, trigger = 'redeliver',
      recovery_id = case when status = 'pending' then recovery_id end
    where id = ${id}`.execute(trx);
}
