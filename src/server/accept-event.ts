import { v7 as newId } from 'uuid';

import {
  completeDeploymentEvent,
  type AcceptedEvent,
  type DeploymentEventRequest,
} from '../contract/deployment-event';
import { buildBody } from '../contract/payload';
import { contentHash } from './content-hash';
import type { Db } from './db';
import { enqueueDeliveries } from './delivery/enqueue';
import {
  findContentHash,
  insertDeploymentEvent,
  listDeliveriesOfEvent,
} from './deployment-event-store';
import { environmentResponse } from './environment-store';
import { resolveEventPlace } from './event-place';
import type { MatchingWebhooks } from './matching-webhooks';
import { organizationResponse, type OrganizationRow } from './organization-store';
import { ProblemError } from './problem';
import { countEnvironmentsOf, projectResponse } from './project-store';

interface Deps {
  db: Db;
  matchingWebhooks: MatchingWebhooks;
  /** Milliseconds since 1970. */
  now: () => number;
}

/**
 * Takes a deployment event in: the event, its bodies, and a delivery to each webhook that it matches
 * are committed in one transaction. The same id with the same content gives the first answer again
 * and sends nothing.
 *
 * @throws {ProblemError} 409 if the id was used for another content.
 */
export function acceptEvent(
  { db, matchingWebhooks, now }: Deps,
  organization: OrganizationRow,
  request: DeploymentEventRequest,
): Promise<AcceptedEvent> {
  const content_hash = contentHash(said(request));
  return db.transaction().execute(async (trx) => {
    const repeated = await findAccepted(trx, organization.id, request, content_hash);
    if (repeated) return repeated;

    const accepted_at = now();
    const place = await resolveEventPlace(trx, organization.id, request, accepted_at);
    const { project, environment } = place;
    const event = completeDeploymentEvent(request, {
      id: request.id ?? newId(),
      accepted_at,
      organization: organizationResponse(organization),
      project: projectResponse(project, await countEnvironmentsOf(trx, project)),
      environment: environmentResponse(environment),
    });
    const matched = await matchingWebhooks.find(trx, organization.id, {
      event_type: event.event_type,
      mode: environment.mode,
      project_name: project.name,
    });
    const wantsSlack = matched.some(({ kind }) => kind === 'SLACK');
    const row = {
      organization_id: organization.id,
      id: event.id,
      accepted_id: newId(),
      accepted_at,
      event_type: event.event_type,
      mode: environment.mode,
      project_id: project.id,
      project_name: project.name,
      environment_id: environment.id,
      environment_name: environment.name,
      content_hash,
      standard_body: buildBody('STANDARD', event),
      slack_body: wantsSlack ? buildBody('SLACK', event) : null,
    };
    await insertDeploymentEvent(trx, row);
    return { id: event.id, deliveries: await enqueueDeliveries(trx, row, matched) };
  });
}

/** The request with what is null left out: both say nothing. */
function said({ project, environment, ...request }: DeploymentEventRequest) {
  return {
    ...withoutNull(request),
    project: withoutNull(project),
    environment: withoutNull(environment),
  };
}

function withoutNull(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
}

/** What was answered when this event came before, or null if it is new. */
async function findAccepted(
  trx: Db,
  organizationId: string,
  { id }: DeploymentEventRequest,
  hash: string,
): Promise<AcceptedEvent | null> {
  if (!id) return null;
  const known = await findContentHash(trx, organizationId, id);
  if (known === undefined) return null;
  if (known !== hash) {
    throw new ProblemError(409, 'An event with this id and another content was accepted before.', {
      errors: [{ pointer: '/id', message: 'This id belongs to an event with another content.' }],
    });
  }
  return { id, deliveries: await listDeliveriesOfEvent(trx, organizationId, id) };
}
