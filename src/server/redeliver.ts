import type { RedeliveredResponse } from './answers/resend';
import type { Db } from './db';
import type { LogRowName } from './delivery/log-rows';
import { findAttemptOf, findDelivery, redeliverNow } from './delivery/resend-store';
import { notFound, ProblemError } from './problem';
import { requireEnabled } from './require-enabled';
import { findWebhook } from './webhook-store';

interface Deps {
  db: Db;
  /** Milliseconds since 1970. */
  now: () => number;
}

/**
 * Makes the delivery of a row of the log due now. It stays the same delivery: the receiver gets the
 * same `webhook-id` and body, and a success ends the automatic retries.
 *
 * @throws {ProblemError} 404 if webhook or row are not there, 409 with the reason if it cannot be sent.
 */
export function redeliver({ db, now }: Deps, row: LogRowName): Promise<RedeliveredResponse> {
  return db.transaction().execute(async (trx) => {
    const webhook = await findWebhook(trx, row.organization_id, row.webhook_id);
    if (!webhook) throw notFound('The webhook');
    const attempt = await findAttemptOf(trx, row);
    if (attempt?.trigger === 'test') {
      throw new ProblemError(409, 'This was a test. Send another test instead.');
    }
    const delivery = await findDelivery(trx, { ...row, id: attempt?.delivery_id ?? row.id });
    if (!delivery) throw notFound('The delivery');
    requireEnabled(webhook);
    if (delivery.in_flight === 1) {
      throw new ProblemError(409, 'This delivery is being sent at this moment.');
    }
    if (delivery.kind !== webhook.kind) {
      throw new ProblemError(
        409,
        `The kind of the webhook has changed since: this was made for ${delivery.kind}, ` +
          `and it takes ${webhook.kind} now.`,
      );
    }
    await redeliverNow(trx, delivery.id, now());
    return { id: delivery.id };
  });
}
