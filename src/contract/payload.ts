import type { DeploymentEvent } from './deployment-event';
import { buildSlackMessage } from './slack-message';
import type { WebhookKind } from './webhook';

/**
 * The STANDARD payload, with exactly the members, in their order, that the public documentation of
 * Qovery's webhooks shows.
 */
function buildStandardPayload(event: DeploymentEvent) {
  return {
    created_at: event.created_at,
    event_type: event.event_type,
    payload_type: 'DEPLOYMENT',
    payload_id: event.id,
    payload: {
      id: event.id,
      current_status: event.current_status,
      desired_status: event.desired_status,
      organization: event.organization,
      project: event.project,
      environment: event.environment,
      applications: event.applications,
      databases: event.databases,
      containers: event.containers,
      jobs: event.jobs,
      logs: event.logs,
    },
  };
}

/** The deployment event that a STANDARD body was built of: every body can be built of it again. */
export function eventOfBody(standardBody: string): DeploymentEvent {
  const { created_at, event_type, payload } = JSON.parse(standardBody) as ReturnType<
    typeof buildStandardPayload
  >;
  const { id, ...rest } = payload;
  return { id, created_at, event_type, ...rest };
}

const createdAtFirst = /^\{"created_at":"([^"]+)",/;

/**
 * The event's own time as it stands in a STANDARD body, whose first member it is.
 *
 * @param body its first 64 characters are enough, so that nobody has to read all of it.
 * @returns null if the body does not begin so.
 */
export function createdAtOfBody(body: string): string | null {
  return createdAtFirst.exec(body)?.[1] ?? null;
}

/**
 * The body that a webhook of a kind gets for an event: the exact text that is sent, stored and shown.
 * Built once, when the event is accepted; every retry sends the same bytes.
 */
export function buildBody(kind: WebhookKind, event: DeploymentEvent): string {
  return JSON.stringify(kind === 'SLACK' ? buildSlackMessage(event) : buildStandardPayload(event));
}
