import {
  acceptedDeliveryAnswer,
  acceptedEventAnswer,
  deliveryStatus,
  deploymentEventAnswer,
  eventSummaryAnswer,
  eventSummaryRowAnswer,
  pastEventAnswer,
  pastEventListAnswer,
  serviceStatusAnswer,
} from '../answers/deployment-event';
import {
  deploymentEventRequestSchema,
  eventEnvironmentRequestSchema,
  eventProjectRequestSchema,
  longestName,
} from '../../contract/deployment-event';
import { answer, list, request, whole } from './components';

const ownTime =
  "The event's own time: ISO 8601, UTC, milliseconds. A year after 9999 or before 0000 has a sign and six digits.";
const services = (what: string) =>
  `The status of each ${what}: \`{current_status, desired_status, ${what}: {name, …}}\`, handed on as it came.`;

const nameLengths = { minLength: 1, maxLength: longestName };

/** Deployment events. */
export const eventComponents = [
  request(
    'DeploymentEventRequest',
    deploymentEventRequestSchema,
    'A deployment event. `null` means the same as a member that is absent; members that are not known are dropped, but for those of services and log lines.',
    {
      id: {
        description:
          'The id of the event, unique in the organization: with it, the same event may be posted again, and is sent once. Absent: it gets one.',
        format: 'uuid',
      },
      created_at: 'When it happened, with the zone. Absent: when it is accepted.',
      event_type: 'What happened.',
      current_status: {
        description: 'The status of the environment. Absent: what follows from `event_type`.',
        ...nameLengths,
      },
      desired_status: {
        description: 'The status that is wanted. Absent: `DEPLOYED`.',
        ...nameLengths,
      },
      project: 'Where it happened.',
      environment: 'Where it happened.',
      applications: `${services('application')} At most 1,000.`,
      databases: `${services('database')} At most 1,000.`,
      containers: `${services('container')} At most 1,000.`,
      jobs: `${services('job')} At most 1,000.`,
      logs: 'Lines of the log, texts or objects, handed on as they came. At most 5,000.',
    },
    [
      {
        event_type: 'DEPLOYMENT_SUCCESSFUL',
        project: { name: 'shop' },
        environment: { name: 'live', mode: 'PRODUCTION' },
        applications: [
          {
            current_status: 'DEPLOYED',
            desired_status: 'DEPLOYED',
            application: { name: 'checkout' },
          },
        ],
      },
    ],
  ),
  request(
    'DeploymentEventProjectRequest',
    eventProjectRequestSchema,
    'A project: that with the `id`, else that with the name in any case, else a new one. A new name for a known `id` renames it.',
    {
      id: { description: 'Its id.', format: 'uuid' },
      name: { description: 'Its name.', ...nameLengths },
    },
  ),
  request(
    'DeploymentEventEnvironmentRequest',
    eventEnvironmentRequestSchema,
    'An environment of the project: that with the `id`, else that with the name in any case, else a new one. A new name for a known `id` renames it.',
    {
      id: { description: 'Its id.', format: 'uuid' },
      name: { description: 'Its name.', ...nameLengths },
      mode: 'What it is for.',
    },
  ),
  answer(
    'AcceptedDeploymentEvent',
    acceptedEventAnswer,
    'A deployment event that is stored, with its deliveries.',
    { id: 'The id of the event.', deliveries: 'One for each webhook that it matched.' },
  ),
  answer('AcceptedDelivery', acceptedDeliveryAnswer, 'A delivery that an event has led to.', {
    id: 'The id of the delivery, which is its `webhook-id`.',
    webhook_id: 'The webhook that it goes to.',
  }),
  list(
    'PastDeploymentEventList',
    pastEventListAnswer,
    'A page of the deployment events that were accepted, the last one first.',
  ),
  answer(
    'PastDeploymentEvent',
    pastEventAnswer,
    'A deployment event that was accepted, without what happened to its services.',
    {
      id: 'Its id.',
      accepted_at: 'When it was accepted: what lists, `since` and retention go by.',
      created_at: ownTime,
      event_type: 'What happened.',
      project: 'Where it happened.',
      environment: 'Where it happened.',
      delivery_id:
        'Its delivery to the webhook of `webhook_id`; null if it did not go there. Only if the list was asked for one.',
      delivery_status: 'How that delivery stands. Only together with `delivery_id`.',
    },
  ),
  whole(
    'DeliveryStatusEnum',
    deliveryStatus,
    'How a delivery stands. `cancelled`: its webhook was disabled or deleted before it was sent.',
  ),
  list(
    'DeploymentEventSummary',
    eventSummaryAnswer,
    'All deployment events since some time, by what filters look at; the latest first.',
  ),
  answer(
    'DeploymentEventSummaryRow',
    eventSummaryRowAnswer,
    'How many deployment events look the same to filters.',
    {
      event_type: 'What happened.',
      mode: 'What their environments were for.',
      project_name: 'The name of their projects.',
      count: 'How many there were.',
      latest_at: 'When the last of them was accepted.',
    },
  ),
  answer(
    'DeploymentEvent',
    deploymentEventAnswer,
    'A deployment event in full: all that the bodies of its deliveries are built of.',
    {
      id: 'Its id.',
      created_at: ownTime,
      event_type: 'What happened.',
      current_status: 'The status of the environment.',
      desired_status: 'The status that was wanted.',
      organization: 'The organization as it was then.',
      project: 'The project as it was then.',
      environment: 'The environment as it was then.',
      applications: services('application'),
      databases: services('database'),
      containers: services('container'),
      jobs: services('job'),
      logs: 'Lines of the log, handed on as they came.',
    },
  ),
  answer(
    'ServiceStatus',
    serviceStatusAnswer,
    'A service and its status. The service itself is under its own name: `application`, `database`, `container` or `job`.',
    {
      current_status: 'Its status.',
      desired_status: 'The status that was wanted.',
    },
  ),
];
