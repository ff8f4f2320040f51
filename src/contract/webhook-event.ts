import * as z from 'zod/mini';

import { lenientList, withDefault } from './lenient';

const headers = withDefault(z.record(z.string(), z.string()), null);

/**
 * An attempt in the delivery log: `WebhookEventResponse` of the Qovery API and, where the embedded
 * API answers, members of our own. No response: the status code is 0 and `error` says why. A
 * delivery that was not tried yet has `attempt: 0`.
 */
export const webhookEventSchema = z.object({
  id: z.string(),
  created_at: z.string(),
  kind: withDefault(z.string(), 'STANDARD'),
  matched_event: withDefault(z.string(), ''),
  target_url_used: withDefault(z.string(), ''),
  /** The parsed body that was sent: a payload, or a message for SLACK. */
  request: withDefault(z.record(z.string(), z.unknown()), {}),
  target_response_status_code: withDefault(z.number(), 0),
  target_response_body: withDefault(z.string(), null),
  delivery_id: withDefault(z.string(), null),
  deployment_event_id: withDefault(z.string(), null),
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

/** A page of the log, newest first. */
export const webhookEventListSchema = lenientList(webhookEventSchema);
