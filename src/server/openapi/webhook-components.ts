import {
  disabledReason,
  lastFailureAnswer,
  savedWebhookAnswer,
  warningAnswer,
  webhookAnswer,
  webhookHealthAnswer,
  webhookHealthListAnswer,
  webhookListAnswer,
} from '../answers/webhook';
import {
  deploymentEventType,
  webhookKind,
  webhookLimits,
  webhookRequestSchema,
} from '../../contract/webhook';
import { answer, list, request, whole } from './components';

const kind =
  'What the receiver gets: the event as JSON, or a message for a Slack incoming webhook.';
const events = 'The kinds of deployment events that are sent.';
const projects =
  'Names of projects. `*` stands for any characters, case does not matter. Empty: all projects.';
const modes = 'What kinds of environments events must come from. Empty: all.';

const webhook = {
  id: 'Its id.',
  created_at: 'When it was created.',
  updated_at: 'When its configuration was last changed.',
  kind,
  target_url: 'Where events are sent.',
  target_secret_set: 'Whether there is a secret. The secret itself is never answered.',
  description: 'What people have noted about it; may be empty.',
  enabled: 'Whether events are sent.',
  events,
  project_names_filter: projects,
  environment_types_filter: modes,
  version:
    'Rises with every change of the configuration. `ETag` has it in quotes, for `If-Match` of a write.',
  disabled_reason:
    'Why the server itself has disabled the webhook; null if it has not. Gone when it is enabled again.',
  disabled_at: 'When the server itself has disabled the webhook; null if it has not.',
};

/** Webhooks and how their receivers are. */
export const webhookComponents = [
  request(
    'OrganizationWebhookCreateRequest',
    webhookRequestSchema,
    'A webhook as it is wanted: to create one, or to replace all of it. `null` means the same as a member that is absent; members that are not known are passed over.',
    {
      kind,
      target_url: {
        description:
          'Where events are sent: an `http://` or `https://` URL of at most 2,048 characters, without user name and password. Space around it is removed.',
        format: 'uri',
      },
      target_secret: {
        description:
          'Signs what is sent. 1 to 256 printable ASCII characters without space at the ends, or `whsec_` and the base64 of 24 to 64 bytes (Standard Webhooks). On `PUT`: absent, the stored one stays; the empty text removes it. It must be given again when anything of `target_url` but its query changes.',
        maxLength: 256,
      },
      description: {
        description: 'A note for people. Absent: none.',
        maxLength: webhookLimits.description,
      },
      enabled: 'Whether events are sent. Absent: yes, and on `PUT` as it was.',
      events: `${events} At least one.`,
      project_names_filter: `${projects} At most 100 of at most 250 characters; space around them is removed, and those that only differ in case are merged.`,
      environment_types_filter: modes,
    },
    [
      {
        kind: 'STANDARD',
        target_url: 'https://hooks.example.com/deployments',
        target_secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
        description: 'Releases',
        enabled: true,
        events: ['DEPLOYMENT_SUCCESSFUL', 'DEPLOYMENT_FAILURE'],
        project_names_filter: ['shop*'],
        environment_types_filter: ['PRODUCTION'],
      },
    ],
  ),
  list(
    'OrganizationWebhookResponseList',
    webhookListAnswer,
    'All webhooks of an organization, in the order in which they were created.',
  ),
  answer('OrganizationWebhookResponse', webhookAnswer, 'A webhook.', webhook),
  answer(
    'OrganizationWebhookCreateResponse',
    savedWebhookAnswer,
    'A webhook that was saved just now.',
    { ...webhook, warnings: 'What was noticed about it; it is saved all the same.' },
  ),
  answer('Warning', warningAnswer, 'Something worth knowing about a webhook that was saved.', {
    pointer: 'Which member it is about: a JSON pointer (RFC 6901).',
    message: 'What was noticed, in words.',
  }),
  whole(
    'OrganizationWebhookKindEnum',
    webhookKind,
    'The kind of a webhook: `STANDARD` gets the event as JSON, `SLACK` a message for a Slack incoming webhook.',
  ),
  whole('OrganizationWebhookEventEnum', deploymentEventType, 'The kind of a deployment event.'),
  whole(
    'WebhookDisabledReasonEnum',
    disabledReason,
    'Why the server has disabled a webhook: `GONE`, its receiver answered 410; `FAILING`, it has failed for days.',
  ),
  list(
    'WebhookHealthResponseList',
    webhookHealthListAnswer,
    'The health of all webhooks of an organization but those that nothing was sent to yet.',
  ),
  answer(
    'WebhookHealth',
    webhookHealthAnswer,
    'How the receiver of a webhook has answered lately. Tests, and deliveries that were cancelled, are not counted.',
    {
      webhook_id: 'The webhook.',
      last: 'The status codes of the last attempts, 20 at most, newest last; 0 where there was no response.',
      succeeded_24h: 'Attempts of the last 24 hours that succeeded, to the quarter of an hour.',
      failed_24h: 'Attempts of the last 24 hours that failed, to the quarter of an hour.',
      last_failure: 'The latest attempt that failed; null if none has.',
    },
  ),
  answer('WebhookLastFailure', lastFailureAnswer, 'The latest attempt of a webhook that failed.', {
    at: 'When it began.',
    status: 'The status code of the response; 0 if there was none.',
    error: 'Why it failed, in words.',
  }),
];
