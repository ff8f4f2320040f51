import * as z from 'zod/mini';

import type { EventEnvironment, EventOrganization, EventProject } from './event-place';
import { characterCount, isUuid, textProblem } from './text';
import {
  deploymentEventType,
  environmentMode,
  list,
  says,
  type DeploymentEventType,
} from './webhook';

/** Of projects, environments, services and statuses, in characters. */
export const longestName = 250;

function name(what: string) {
  return z.string({ error: `${what} must be text.` }).check(
    says(textProblem),
    says((value) => {
      if (value === '') return `${what} must not be empty.`;
      if (characterCount(value) > longestName) return `${what} is longer than 250 characters.`;
      return null;
    }),
  );
}

const uuid = z.string({ error: 'The id must be a UUID, as text.' }).check(
  z.toLowerCase(),
  says((id) => (isUuid(id) ? null : 'The id must be a UUID.')),
);

/** A time with its zone, ISO 8601. */
export const time = z.iso.datetime({
  offset: true,
  error: 'Must be a time with its zone, such as 2026-01-31T12:00:00Z (ISO 8601).',
});

/** A time with its zone (ISO 8601) as milliseconds since 1970; null if the text is none. */
export function readTime(text: string): number | null {
  return z.safeParse(time, text).success ? Date.parse(text) : null;
}

const status = name('The status');

/** A service's status with the service under its own name; whatever else it says is passed through. */
function service<const T extends string>(type: T) {
  return z.looseObject(
    {
      current_status: z.nullish(status),
      desired_status: z.nullish(status),
      [type]: z.looseObject(
        { name: name(`The ${type}'s name`) },
        { error: `Say which ${type} it is: an object with a name.` },
      ),
    },
    { error: `Must be an object with the ${type} and its status.` },
  );
}

/** Where an event happened, as it is named: by an id, or by a name alone. */
export const eventProjectRequestSchema = z.object(
  { id: z.nullish(uuid), name: name("The project's name") },
  { error: 'Say which project it is: an object with a name.' },
);
export const eventEnvironmentRequestSchema = z.object(
  { id: z.nullish(uuid), name: name("The environment's name"), mode: environmentMode },
  { error: 'Say which environment it is: an object with a name and a mode.' },
);

const mostServices = 1000;
const mostLogLines = 5000;

const services = <const T extends string>(type: T) =>
  z.nullish(list(service(type), { most: mostServices }));

/**
 * The body of `POST …/deployment-event`, checked to the letter; null is absent, unknown members at
 * the top are dropped, those of services and log lines are kept.
 */
export const deploymentEventRequestSchema = z.pipe(
  z.object(
    {
      id: z.nullish(uuid),
      created_at: z.nullish(time),
      event_type: deploymentEventType,
      current_status: z.nullish(status),
      desired_status: z.nullish(status),
      project: eventProjectRequestSchema,
      environment: eventEnvironmentRequestSchema,
      applications: services('application'),
      databases: services('database'),
      containers: services('container'),
      jobs: services('job'),
      logs: z.nullish(list(z.unknown(), { most: mostLogLines })),
    },
    { error: 'The body must be a JSON object.' },
  ),
  z.transform((request) => ({
    ...request,
    applications: (request.applications ?? []) as ServiceStatus[],
    databases: (request.databases ?? []) as ServiceStatus[],
    containers: (request.containers ?? []) as ServiceStatus[],
    jobs: (request.jobs ?? []) as ServiceStatus[],
    logs: request.logs ?? [],
  })),
);
export type DeploymentEventRequest = z.output<typeof deploymentEventRequestSchema>;

/** One service of an environment: `{current_status, desired_status, application: {name, …}}`. */
export type ServiceStatus = Record<string, unknown> & {
  current_status?: string | null;
  desired_status?: string | null;
};

/** A deployment event in full: all that bodies are made of. */
export interface DeploymentEvent {
  id: string;
  /** The event's own time: ISO 8601, UTC, milliseconds. */
  created_at: string;
  event_type: DeploymentEventType;
  current_status: string;
  desired_status: string;
  organization: EventOrganization;
  project: EventProject;
  /** The console also shows samples with a mode that we do not know. */
  environment: Omit<EventEnvironment, 'mode'> & { mode: string };
  applications: ServiceStatus[];
  databases: ServiceStatus[];
  containers: ServiceStatus[];
  jobs: ServiceStatus[];
  logs: unknown[];
}

const statusOf: Record<DeploymentEventType, string> = {
  DEPLOYMENT_STARTED: 'DEPLOYING',
  DEPLOYMENT_SUCCESSFUL: 'DEPLOYED',
  DEPLOYMENT_FAILURE: 'DEPLOYMENT_ERROR',
  DEPLOYMENT_CANCELLED: 'CANCELED',
};

/** What the receiving API knows beside the request. */
export interface KnownOfEvent {
  id: string;
  /** Milliseconds since 1970: the event's time if it names none. */
  accepted_at: number;
  organization: EventOrganization;
  project: EventProject;
  environment: EventEnvironment;
}

/** The event in full: absent statuses follow from its type, an absent time is that of acceptance. */
export function completeDeploymentEvent(
  request: DeploymentEventRequest,
  known: KnownOfEvent,
): DeploymentEvent {
  return {
    id: known.id,
    created_at: new Date(request.created_at ?? known.accepted_at).toISOString(),
    event_type: request.event_type,
    current_status: request.current_status ?? statusOf[request.event_type],
    desired_status: request.desired_status ?? 'DEPLOYED',
    organization: known.organization,
    project: known.project,
    environment: known.environment,
    applications: request.applications,
    databases: request.databases,
    containers: request.containers,
    jobs: request.jobs,
    logs: request.logs,
  };
}

/** What `POST …/deployment-event` answers. */
export const acceptedEventSchema = z.object({
  id: z.string(),
  deliveries: z.array(z.object({ id: z.string(), webhook_id: z.string() })),
});
export type AcceptedEvent = z.output<typeof acceptedEventSchema>;
