import { recoverProblemAnswer } from '../answers/problem';
import {
  recoverableAnswer,
  recoveryAnswer,
  recoveryStartedAnswer,
  redeliveredAnswer,
} from '../answers/resend';
import { webhookEventDetailAnswer, webhookEventListAnswer } from '../answers/webhook-event';
import {
  recoverRequestSchema,
  redeliverRequestSchema,
  testRequestSchema,
} from '../../contract/resend';
import { deploymentEventTypes } from '../../contract/webhook';
import { logStatuses } from '../../contract/webhook-event';
import { idParameter, limit, location, type Operation, type Parameter } from './operation';

const tag = 'Deliveries';
const webhook = '/organization/{organizationId}/webhook/{webhookId}';

const logPage: readonly Parameter[] = [
  limit,
  idParameter('before', 'The id of a row: only older ones are wanted.'),
  idParameter(
    'after',
    'The id of a row: only newer ones are wanted, and of those the ones next to it.',
  ),
  idParameter('delivery_id', 'Only rows of this delivery.'),
  {
    name: 'status',
    description: 'Only rows with this outcome; `pending`: deliveries that were not tried yet.',
    schema: { type: 'string', enum: logStatuses },
  },
  {
    name: 'event',
    description: 'Only rows of deployment events of this kind.',
    schema: { type: 'string', enum: deploymentEventTypes },
  },
  {
    name: 'view',
    description: 'Rows without bodies.',
    schema: { type: 'string', enum: ['summary'] },
  },
];

/** The log, and what is sent by hand. */
export const deliveryOperations: readonly Operation[] = [
  {
    method: 'get',
    path: `${webhook}/event`,
    id: 'listWebhookEvent',
    tag: 'Organization Webhook',
    summary: 'List what was sent to a webhook',
    query: logPage,
    answers: { 200: { description: 'A page of the log.', schema: webhookEventListAnswer } },
  },
  {
    method: 'get',
    path: '/organization/{organizationId}/webhook-event',
    id: 'listOrganizationWebhookEvent',
    tag,
    summary: 'List what was sent to all webhooks',
    description: 'Also to those that are gone.',
    query: logPage,
    answers: { 200: { description: 'A page of the log.', schema: webhookEventListAnswer } },
  },
  {
    method: 'get',
    path: `${webhook}/event/{id}`,
    id: 'getWebhookEvent',
    tag,
    summary: 'Get a row of the log in full',
    description: 'Also of a webhook that is gone.',
    answers: { 200: { description: 'The row.', schema: webhookEventDetailAnswer } },
  },
  {
    method: 'post',
    path: `${webhook}/event/{id}/redeliver`,
    id: 'redeliverWebhookEvent',
    tag,
    summary: 'Send a delivery again',
    description:
      "The delivery of that row becomes due now, with its `webhook-id` and body, and today's URL and secret.",
    body: { schema: redeliverRequestSchema, isOptional: true },
    answers: { 202: { description: 'The delivery is due now.', schema: redeliveredAnswer } },
    refusals: {
      409: 'It was a test, it is being sent at this moment, or the webhook is disabled or has another kind now.',
    },
  },
  {
    method: 'post',
    path: `${webhook}/test`,
    id: 'testOrganizationWebhook',
    tag,
    summary: 'Send a sample event to a webhook now',
    description:
      'Also to one that is disabled, and whatever its filters are. The answer comes when the attempt has ended, with a failed one too.',
    body: { schema: testRequestSchema, isOptional: true },
    answers: { 200: { description: 'The attempt.', schema: webhookEventDetailAnswer } },
    refusals: {
      429: 'Too many tests are being sent at this moment.',
      503: 'The server is stopping: it sends nothing more.',
    },
  },
  {
    method: 'post',
    path: `${webhook}/recover`,
    id: 'recoverOrganizationWebhook',
    tag,
    summary: 'Send again what has ended without success',
    body: { schema: recoverRequestSchema },
    answers: {
      200: { description: 'What would be sent, with `dry_run`.', schema: recoverableAnswer },
      202: {
        description: 'The recovery has begun.',
        schema: recoveryStartedAnswer,
        headers: location('the recovery'),
      },
    },
    refusals: {
      409: {
        description: 'The webhook is disabled, or a recovery of it is at work.',
        schema: recoverProblemAnswer,
        headers: {
          Location: {
            description: 'The address of the recovery, if one is at work.',
            schema: { type: 'string' },
          },
        },
      },
    },
  },
  {
    method: 'get',
    path: `${webhook}/recover/{id}`,
    id: 'getWebhookRecovery',
    tag,
    summary: 'See how far a recovery is',
    answers: { 200: { description: 'How far it is.', schema: recoveryAnswer } },
  },
];
