import * as z from 'zod/mini';

import type { DeploymentEvent, ServiceStatus } from './deployment-event';
import { lenientList, withDefault } from './lenient';
import { deploymentEventTypes } from './webhook';

/*
 * What was accepted so far, as the embedded API lists it: what a dry run of filters goes by. Read
 * leniently.
 */

/** A deployment event that was accepted, without what happened to its services. */
export const pastEventSchema = z.object({
  id: z.string(),
  accepted_at: z.string(),
  /** The event's own time, which is in its payload. */
  created_at: z.string(),
  event_type: z.string(),
  project: z.object({ id: z.string(), name: z.string() }),
  environment: z.object({ id: z.string(), name: z.string(), mode: z.string() }),
  /** Its delivery to the webhook that the list was asked for; null: it did not go there. */
  delivery_id: z.optional(z.nullable(z.string())),
  /** How that delivery stands: `pending`, `succeeded`, `failed` or `cancelled`. */
  delivery_status: z.optional(z.nullable(z.string())),
});
export type PastEvent = z.output<typeof pastEventSchema>;

/** A page of past events, the last one accepted first. */
export const pastEventListSchema = lenientList(pastEventSchema);

/** How many past events look the same to the matcher. */
export const eventSummaryRowSchema = z.object({
  event_type: z.string(),
  mode: z.string(),
  project_name: z.string(),
  count: z.number(),
  /** When the last of them was accepted. */
  latest_at: withDefault(z.string(), null),
});
export type EventSummaryRow = z.output<typeof eventSummaryRowSchema>;

/** All past events since some time, by what the matcher looks at; the latest first. */
export const eventSummarySchema = lenientList(eventSummaryRowSchema);

/**
 * An object that is handed on as it is, its members in their order: read member by member, the bodies
 * that are built of it would differ from those that were sent.
 */
function untouched<T extends object>(
  texts: readonly (keyof T)[],
  maybe: readonly (keyof T)[] = [],
) {
  return z.custom<T>((value) => {
    if (typeof value !== 'object' || value === null) return false;
    const members = value as T;
    return (
      texts.every((name) => typeof members[name] === 'string') &&
      maybe.every((name) => typeof (members[name] ?? '') === 'string')
    );
  });
}

const services = withDefault(z.array(untouched<ServiceStatus>([], ['current_status'])), []);

/** A deployment event that was accepted, in full: all that its bodies are built of. */
export const deploymentEventSchema: z.core.$ZodType<DeploymentEvent> = z.object({
  id: z.string(),
  // Not held to four digits: an event may come from the year 10000.
  created_at: z.string().check(z.refine((time) => !Number.isNaN(Date.parse(time)))),
  event_type: z.enum(deploymentEventTypes),
  current_status: withDefault(z.string(), ''),
  desired_status: withDefault(z.string(), ''),
  organization: untouched<DeploymentEvent['organization']>(['id', 'name']),
  project: untouched<DeploymentEvent['project']>(['id', 'name']),
  environment: untouched<DeploymentEvent['environment']>(['id', 'name', 'mode']),
  applications: services,
  databases: services,
  containers: services,
  jobs: services,
  logs: withDefault(z.array(z.unknown()), []),
});
