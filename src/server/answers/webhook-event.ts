import * as z from 'zod/mini';

import { deploymentEventType, environmentMode, webhookKind } from '../../contract/webhook';
import { count, id, moment, results } from './parts';

/** What made a delivery due. */
export const deliveryTrigger = z.enum(['event', 'redeliver', 'recover', 'test']);
export type DeliveryTrigger = z.output<typeof deliveryTrigger>;

/** Where an event happened. */
export const eventProjectAnswer = z.strictObject({ id, name: z.string() });
export const eventEnvironmentAnswer = z.strictObject({
  id,
  name: z.string(),
  mode: environmentMode,
});

const headers = z.nullable(z.record(z.string(), z.string()));

/** `WebhookEventResponse` of the Qovery API, and members of ours. */
export const webhookEventAnswer = z.strictObject({
  id,
  webhook_id: id,
  created_at: moment,
  kind: webhookKind,
  matched_event: deploymentEventType,
  target_url_used: z.string(),
  request: z.record(z.string(), z.unknown()),
  target_response_status_code: count,
  target_response_body: z.nullable(z.string()),
  delivery_id: id,
  deployment_event_id: id,
  project: z.nullable(eventProjectAnswer),
  environment: z.nullable(eventEnvironmentAnswer),
  attempt: count,
  max_attempts: z.nullable(z.int().check(z.minimum(1))),
  trigger: deliveryTrigger,
  duration_ms: z.nullable(count),
  error: z.nullable(z.string()),
  next_attempt_at: z.nullable(moment),
  request_headers: headers,
  response_headers: headers,
});
export type WebhookEventResponse = z.output<typeof webhookEventAnswer>;
export const webhookEventListAnswer = results(webhookEventAnswer);

/** One row of the log in full. */
export const webhookEventDetailAnswer = z.extend(webhookEventAnswer, {
  request_body: z.nullable(z.string()),
});
