import {
  recoverableAnswer,
  recoveryAnswer,
  recoveryStartedAnswer,
  redeliveredAnswer,
} from '../answers/resend';
import {
  deliveryTrigger,
  eventEnvironmentAnswer,
  eventProjectAnswer,
  webhookEventAnswer,
  webhookEventDetailAnswer,
  webhookEventListAnswer,
} from '../answers/webhook-event';
import {
  recoverRequestSchema,
  redeliverRequestSchema,
  testRequestSchema,
} from '../../contract/resend';
import { storedResponseBytes } from '../../contract/webhook-event';
import { answer, list, request, whole } from './components';

const webhookEvent = {
  id: 'The id of this row. Ids sort by time. That of a delivery that was not tried yet is the id of the delivery.',
  webhook_id: 'The webhook. It may be gone by now.',
  created_at:
    'When the attempt began; for a delivery that was not tried yet, when it was accepted.',
  kind: 'The kind of the webhook then.',
  matched_event: 'The kind of the deployment event.',
  target_url_used: 'Where the attempt was sent.',
  request:
    'The body that was sent: an event, or a message for Slack. Without members in `view=summary`, and when it is no longer stored.',
  target_response_status_code: 'The status code of the response; 0 if there was none.',
  target_response_body: `The body of the response, its first ${storedResponseBytes / 1024} KiB; null if there was no response, and in \`view=summary\`.`,
  delivery_id:
    'The delivery, which is the `webhook-id` that the receiver gets; the same on every attempt.',
  deployment_event_id: 'The deployment event.',
  project: 'Where the event happened; null for a test, and once the event is no longer stored.',
  environment: 'Where the event happened; null for a test, and once the event is no longer stored.',
  attempt: 'Which attempt of the delivery it was, from 1; 0 for a delivery that was not tried yet.',
  max_attempts: 'How many attempts there are at most; null for a delivery that was not tried yet.',
  trigger: 'What made the delivery due.',
  duration_ms:
    'How long the attempt took, in milliseconds; null for a delivery that was not tried yet.',
  error: 'Why there was no success, in words; null after a success, and before the first attempt.',
  next_attempt_at: 'When the delivery is tried next; null if it is not, or is being tried now.',
  request_headers:
    'The headers that were sent, with secret and signature masked; null before the first attempt.',
  response_headers: 'The headers of the response, names in lower case; null if there was none.',
};

/** The log, and what is sent by hand. */
export const deliveryComponents = [
  list(
    'WebhookEventResponseList',
    webhookEventListAnswer,
    'A page of the log, newest first. It may have fewer rows than `limit` before the log ends: it does not exceed 4 MiB by much.',
  ),
  answer(
    'WebhookEventResponse',
    webhookEventAnswer,
    'An attempt to deliver a deployment event, or a delivery that was not tried yet.',
    webhookEvent,
  ),
  answer('WebhookEventDetailResponse', webhookEventDetailAnswer, 'A row of the log in full.', {
    ...webhookEvent,
    request_body: 'The exact text that was sent, or will be; null if it is no longer stored.',
  }),
  whole(
    'WebhookEventTriggerEnum',
    deliveryTrigger,
    'What made a delivery due: the deployment `event` itself, `redeliver` or `recover` by hand, or a `test`.',
  ),
  answer('EventProject', eventProjectAnswer, 'The project of a deployment event.', {
    id: 'Its id.',
    name: 'Its name then.',
  }),
  answer('EventEnvironment', eventEnvironmentAnswer, 'The environment of a deployment event.', {
    id: 'Its id.',
    name: 'Its name then.',
    mode: 'What it was for then.',
  }),
  request('WebhookTestRequest', testRequestSchema, 'Which sample is to be sent.', {
    event_type: "The kind of the sample event. Absent: the first of the webhook's events.",
  }),
  request('WebhookRedeliverRequest', redeliverRequestSchema, 'There is nothing to say.', {}),
  answer('RedeliveredResponse', redeliveredAnswer, 'The delivery that is due now.', {
    id: 'The id of the delivery, which is its `webhook-id`.',
  }),
  request('WebhookRecoverRequest', recoverRequestSchema, 'What is to be sent again.', {
    since: 'Deliveries that were accepted from then on. Not in the future.',
    dry_run: 'Whether they are only to be counted. Absent: no.',
  }),
  answer('RecoverableResponse', recoverableAnswer, 'What a recovery would send.', {
    total: 'How many deliveries that were accepted since then have ended without success.',
    recovery_id:
      'The recovery of the webhook that runs now: how far it is, `getWebhookRecovery` says. Null if none does.',
  }),
  answer('RecoveryStartedResponse', recoveryStartedAnswer, 'A recovery that has begun.', {
    id: 'Its id: how far it is, `getWebhookRecovery` says.',
    total: 'How many deliveries that were accepted since then have ended without success.',
  }),
  answer('RecoveryResponse', recoveryAnswer, 'How far a recovery is.', {
    id: 'Its id.',
    created_at: 'When it began.',
    since: 'Deliveries that were accepted from then on are part of it.',
    total: 'How many there are. Once all were made due, their exact number.',
    queued: 'How many were made due so far.',
    pending: 'How many of these are on their way.',
    succeeded: 'How many of these have arrived.',
    failed: 'How many of these have ended without success again.',
    status:
      'Whether it goes on. `stopped`: the webhook was disabled or deleted before all were made due, and the rest is as it was.',
  }),
];
