import * as z from 'zod/mini';

import { deploymentEventType, environmentMode } from '../../contract/webhook';
import { environmentAnswer, organizationAnswer, projectAnswer } from './organization';
import { id, moment, namedMoment, results } from './parts';
import { eventEnvironmentAnswer, eventProjectAnswer } from './webhook-event';

/** A delivery that an event has led to. */
export const acceptedDeliveryAnswer = z.strictObject({ id, webhook_id: id });

/** What `POST …/deployment-event` answers. */
export const acceptedEventAnswer = z.strictObject({
  id,
  deliveries: z.array(acceptedDeliveryAnswer),
});
export type AcceptedEventResponse = z.output<typeof acceptedEventAnswer>;

export const deliveryStatus = z.enum(['pending', 'succeeded', 'failed', 'cancelled']);

/** A deployment event that was accepted, without what happened to its services. */
export const pastEventAnswer = z.strictObject({
  id,
  accepted_at: moment,
  created_at: namedMoment,
  event_type: deploymentEventType,
  project: eventProjectAnswer,
  environment: eventEnvironmentAnswer,
  delivery_id: z.optional(z.nullable(id)),
  delivery_status: z.optional(z.nullable(deliveryStatus)),
});
export type PastEventResponse = z.output<typeof pastEventAnswer>;
export const pastEventListAnswer = results(pastEventAnswer);

/** How many past events look the same to the matcher. */
export const eventSummaryRowAnswer = z.strictObject({
  event_type: deploymentEventType,
  mode: environmentMode,
  project_name: z.string(),
  count: z.int().check(z.minimum(1)),
  latest_at: moment,
});
export type EventSummaryRowResponse = z.output<typeof eventSummaryRowAnswer>;
export const eventSummaryAnswer = results(eventSummaryRowAnswer);

/** One service and its status, handed on as it came. */
export const serviceStatusAnswer = z.looseObject({
  current_status: z.nullish(z.string()),
  desired_status: z.nullish(z.string()),
});

const services = z.array(serviceStatusAnswer);

/** A deployment event in full: all that its bodies are built of. */
export const deploymentEventAnswer = z.strictObject({
  id,
  created_at: namedMoment,
  event_type: deploymentEventType,
  current_status: z.string(),
  desired_status: z.string(),
  organization: organizationAnswer,
  project: projectAnswer,
  environment: environmentAnswer,
  applications: services,
  databases: services,
  containers: services,
  jobs: services,
  logs: z.array(z.unknown()),
});
