import * as z from 'zod/mini';

import { lenientList, withDefault } from './lenient';

/** Whether an answer with this status code says that the delivery arrived: 2xx. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** The latest attempt of a webhook that failed. */
const failureSchema = z.object({
  /** ISO 8601: the attempt's start. */
  at: z.string(),
  /** 0 if there was no response. */
  status: withDefault(z.number(), 0),
  /** In words. */
  error: withDefault(z.string(), ''),
});

/**
 * How the receiver of a webhook has answered lately. Attempts that ended as cancelled and tests are
 * not counted.
 */
export const webhookHealthSchema = z.object({
  webhook_id: z.string(),
  /** The status codes of the last attempts, 20 at most, newest last; 0 where there was no response. */
  last: withDefault(z.array(z.number()), []),
  /** Attempts of the last 24 hours, to the quarter of an hour. */
  succeeded_24h: withDefault(z.number(), 0),
  failed_24h: withDefault(z.number(), 0),
  last_failure: withDefault(failureSchema, null),
});
export type WebhookHealth = z.output<typeof webhookHealthSchema>;

/** The health of all webhooks of an organization but those that were never tried. */
export const webhookHealthListSchema = lenientList(webhookHealthSchema);
