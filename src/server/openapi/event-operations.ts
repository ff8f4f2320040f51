import {
  acceptedEventAnswer,
  deploymentEventAnswer,
  eventSummaryAnswer,
  pastEventListAnswer,
} from '../answers/deployment-event';
import { deploymentEventRequestSchema } from '../../contract/deployment-event';
import { idParameter, limit, type Operation } from './operation';

const tag = 'Deployment Events';
const list = '/organization/{organizationId}/deployment-event';

/** Deployment events: taken in, and what was taken in so far. */
export const eventOperations: readonly Operation[] = [
  {
    method: 'post',
    path: list,
    id: 'createDeploymentEvent',
    tag,
    summary: 'Post a deployment event',
    description:
      'The answer comes when the event and its deliveries are on the disk: nothing that was accepted is lost. The same `id` with the same content gives the first answer again.',
    body: { schema: deploymentEventRequestSchema },
    answers: { 202: { description: 'The event is stored.', schema: acceptedEventAnswer } },
    refusals: {
      409: 'The `id` was used for another event.',
      503: {
        description: 'Too many events are waiting to be stored: send it again.',
        headers: {
          'Retry-After': {
            description: 'Seconds after which it may be sent again.',
            required: true,
            schema: { type: 'integer' },
          },
        },
      },
    },
  },
  {
    method: 'get',
    path: list,
    id: 'listDeploymentEvent',
    tag,
    summary: 'List the deployment events that were accepted',
    query: [
      limit,
      idParameter('before', 'The id of an event of this list: only earlier ones are wanted.'),
      idParameter('webhook_id', 'A webhook: each event has its delivery to it.'),
    ],
    answers: { 200: { description: 'A page of events.', schema: pastEventListAnswer } },
  },
  {
    method: 'get',
    path: `${list}/summary`,
    id: 'summarizeDeploymentEvent',
    tag,
    summary: 'Count the deployment events that were accepted, by what filters look at',
    description: 'May be 10 seconds old.',
    query: [
      {
        name: 'since',
        description: 'Only events that were accepted from then on, with the zone. Absent: all.',
        schema: { type: 'string', format: 'date-time' },
      },
    ],
    answers: { 200: { description: 'The counts.', schema: eventSummaryAnswer } },
  },
  {
    method: 'get',
    path: `${list}/{id}`,
    id: 'getDeploymentEvent',
    tag,
    summary: 'Get a deployment event in full',
    answers: { 200: { description: 'The event.', schema: deploymentEventAnswer } },
  },
];
