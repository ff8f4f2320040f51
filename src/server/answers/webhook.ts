import * as z from 'zod/mini';

import { deploymentEventType, environmentMode, webhookKind } from '../../contract/webhook';
import { count, id, moment, results } from './parts';

/** Why we have disabled a webhook ourselves: its receiver answered 410, or has failed for long. */
export const disabledReason = z.enum(['GONE', 'FAILING']);
export type DisabledReason = z.output<typeof disabledReason>;

/** `OrganizationWebhookResponse` of the Qovery API, and members of ours. */
export const webhookAnswer = z.strictObject({
  id,
  created_at: moment,
  updated_at: moment,
  kind: webhookKind,
  target_url: z.string(),
  target_secret_set: z.boolean(),
  description: z.string(),
  enabled: z.boolean(),
  events: z.array(deploymentEventType).check(z.minLength(1)),
  project_names_filter: z.array(z.string()),
  environment_types_filter: z.array(environmentMode),
  version: z.int().check(z.minimum(1)),
  disabled_reason: z.nullable(disabledReason),
  disabled_at: z.nullable(moment),
});
export type WebhookResponse = z.output<typeof webhookAnswer>;
export const webhookListAnswer = results(webhookAnswer);

/** What was noticed about a webhook that is saved all the same. */
export const warningAnswer = z.strictObject({ pointer: z.string(), message: z.string() });

/** `OrganizationWebhookCreateResponse` of the Qovery API: the answer to a `POST` or `PUT`. */
export const savedWebhookAnswer = z.extend(webhookAnswer, { warnings: z.array(warningAnswer) });
export type SavedWebhookResponse = z.output<typeof savedWebhookAnswer>;

/** The latest attempt of a webhook that failed. */
export const lastFailureAnswer = z.strictObject({
  at: moment,
  status: z.int(),
  error: z.string(),
});

/** How the receiver of a webhook has answered lately. */
export const webhookHealthAnswer = z.strictObject({
  webhook_id: id,
  last: z.array(z.int()).check(z.maxLength(20)),
  succeeded_24h: count,
  failed_24h: count,
  last_failure: z.nullable(lastFailureAnswer),
});
export type WebhookHealthResponse = z.output<typeof webhookHealthAnswer>;
export const webhookHealthListAnswer = results(webhookHealthAnswer);
