import * as z from 'zod/mini';

import { lenientList, withDefault } from './lenient';

/** So much of an answer's body is stored, in bytes. */
export const storedResponseBytes = 16_384;

const headers = withDefault(z.record(z.string(), z.string()), null);

/**
 * An attempt in the delivery log: `WebhookEventResponse` of the Qovery API and, where the embedded
 * API answers, members of our own. No response: the status code is 0 and `error` says why. A
 * delivery that was not tried yet has `attempt: 0`.
 */
export const webhookEventSchema = z.object({
  id: z.string(),
  /** Null where a Qovery API answers: it lists the events of one webhook only. */
  webhook_id: withDefault(z.string(), null),
  created_at: z.string(),
  kind: withDefault(z.string(), 'STANDARD'),
  matched_event: withDefault(z.string(), ''),
  target_url_used: withDefault(z.string(), ''),
  /** The parsed body that was sent: a payload, or a message for SLACK. Empty in `view=summary`. */
  request: withDefault(z.record(z.string(), z.unknown()), {}),
  target_response_status_code: withDefault(z.number(), 0),
  target_response_body: withDefault(z.string(), null),
  delivery_id: withDefault(z.string(), null),
  deployment_event_id: withDefault(z.string(), null),
  /** Where the deployment event happened; null for a test, and once the event is no longer stored. */
  project: withDefault(z.object({ id: z.string(), name: z.string() }), null),
  environment: withDefault(z.object({ id: z.string(), name: z.string(), mode: z.string() }), null),
  attempt: withDefault(z.number(), null),
  max_attempts: withDefault(z.number(), null),
  trigger: withDefault(z.string(), null),
  duration_ms: withDefault(z.number(), null),
  error: withDefault(z.string(), null),
  next_attempt_at: withDefault(z.string(), null),
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
  request_body: withDefault(z.string(), null),
});
