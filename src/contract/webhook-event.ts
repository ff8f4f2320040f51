import * as z from 'zod/mini';
import { catch as orElse } from 'zod/mini';

import { lenientList, withDefault } from './lenient';

/** So much of an answer's body is stored, in bytes. */
export const storedResponseBytes = 16_384;

/** Reads a member that is only shown: one of a wrong type becomes `fallback`, too. */
function ifReadable<T, D extends T | null>(schema: z.core.$ZodType<T>, fallback: D) {
  const read = withDefault(schema, fallback);
  return orElse(read, fallback as z.output<typeof read>);
}

const headers = ifReadable(z.record(z.string(), z.string()), null);

/**
 * An attempt in the delivery log: `WebhookEventResponse` of the Qovery API and, where the embedded
 * API answers, members of our own. No response: the status code is 0 and `error` says why. A
 * delivery that was not tried yet has `attempt: 0`. It is only ever shown: whatever of it cannot be
 * read is left out, and all that it needs is an id.
 */
export const webhookEventSchema = z.object({
  id: z.string(),
  /** Null where a Qovery API answers: it lists the events of one webhook only. */
  webhook_id: ifReadable(z.string(), null),
  /** Empty if it is not told. */
  created_at: ifReadable(z.string(), ''),
  kind: ifReadable(z.string(), 'STANDARD'),
  matched_event: ifReadable(z.string(), ''),
  target_url_used: ifReadable(z.string(), ''),
  /** The parsed body that was sent: a payload, or a message for SLACK. Empty in `view=summary`. */
  request: ifReadable(z.union([z.record(z.string(), z.unknown()), z.string()]), {}),
  /** Null if it is not told. */
  target_response_status_code: ifReadable(z.number(), null),
  target_response_body: ifReadable(z.string(), null),
  delivery_id: ifReadable(z.string(), null),
  deployment_event_id: ifReadable(z.string(), null),
  /** Where the deployment event happened; null for a test, and once the event is no longer stored. */
  project: ifReadable(z.object({ id: z.string(), name: z.string() }), null),
  environment: ifReadable(z.object({ id: z.string(), name: z.string(), mode: z.string() }), null),
  attempt: ifReadable(z.number(), null),
  max_attempts: ifReadable(z.number(), null),
  trigger: ifReadable(z.string(), null),
  duration_ms: ifReadable(z.number(), null),
  error: ifReadable(z.string(), null),
  next_attempt_at: ifReadable(z.string(), null),
  /** As sent, with the secret and the signature masked. */
  request_headers: headers,
  response_headers: headers,
});
export type WebhookEvent = z.output<typeof webhookEventSchema>;

/** What the log can be narrowed down to; `pending`: not tried yet. */
export const logStatuses = ['succeeded', 'failed', 'pending'] as const;
export type LogStatus = (typeof logStatuses)[number];

/** A page of the log, of a webhook or of the whole organization, newest first. */
export const webhookEventListSchema = lenientList(webhookEventSchema);

/** One row of the log in full. */
export const webhookEventDetailSchema = z.extend(webhookEventSchema, {
  /** The exact text that was sent, or will be; null if it is no longer stored. */
  request_body: ifReadable(z.string(), null),
});
