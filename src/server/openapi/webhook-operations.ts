import {
  savedWebhookAnswer,
  webhookAnswer,
  webhookHealthListAnswer,
  webhookListAnswer,
} from '../answers/webhook';
import { webhookRequestSchema } from '../../contract/webhook';
import { etag, location, type Operation } from './operation';

const tag = 'Organization Webhook';
const list = '/organization/{organizationId}/webhook';
const one = `${list}/{webhookId}`;

/** Webhooks: as in the Qovery API, with versions of our own. */
export const webhookOperations: readonly Operation[] = [
  {
    method: 'get',
    path: list,
    id: 'listOrganizationWebHooks',
    tag,
    summary: 'List the webhooks of an organization',
    answers: { 200: { description: 'All webhooks.', schema: webhookListAnswer } },
  },
  {
    method: 'post',
    path: list,
    id: 'createOrganizationWebhook',
    tag,
    summary: 'Create a webhook',
    body: { schema: webhookRequestSchema },
    answers: {
      201: {
        description: 'The webhook was created.',
        schema: savedWebhookAnswer,
        headers: { ...etag, ...location('the webhook') },
      },
    },
  },
  {
    method: 'get',
    path: one,
    id: 'getOrganizationWebhook',
    tag,
    summary: 'Get a webhook',
    answers: { 200: { description: 'The webhook.', schema: webhookAnswer, headers: etag } },
  },
  {
    method: 'put',
    path: one,
    id: 'editOrganizationWebhook',
    tag,
    summary: 'Replace a webhook',
    description:
      'Description and filters that are absent are emptied; a secret and `enabled` that are absent stay as they are.',
    takesIfMatch: true,
    body: { schema: webhookRequestSchema },
    answers: {
      200: { description: 'The webhook was replaced.', schema: savedWebhookAnswer, headers: etag },
    },
  },
  {
    method: 'delete',
    path: one,
    id: 'deleteOrganizationWebhook',
    tag,
    summary: 'Delete a webhook',
    description: "Its secret is erased at once; its deliveries stay in the organization's log.",
    takesIfMatch: true,
    answers: { 204: { description: 'The webhook was deleted.' } },
  },
  {
    method: 'get',
    path: '/organization/{organizationId}/webhook-health',
    id: 'listWebhookHealth',
    tag: 'Deliveries',
    summary: 'See how the receivers of all webhooks have answered lately',
    answers: {
      200: {
        description: 'The health of all webhooks that something was sent to.',
        schema: webhookHealthListAnswer,
      },
    },
  },
];
