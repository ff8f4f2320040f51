import type { AcceptedEventResponse } from './answers/deployment-event';
import { completeDeploymentEvent, type DeploymentEventRequest } from '../contract/deployment-event';
import { buildBody } from '../contract/payload';
import { breathing } from './breathe';
import type { Db } from './db';
import type { ClaimedDelivery } from './delivery/attempt';
import { enqueueDeliveries, planDelivery, type NewDelivery } from './delivery/enqueue';
import type { Reservation, Worker } from './delivery/worker';
import {
  countDeploymentEvents,
  findContentHashes,
  insertDeploymentEvents,
  listDeliveriesOfEvent,
  type DeploymentEventRow,
} from './deployment-event-store';
import { environmentResponse } from './environment-store';
import type { EventPlaces } from './event-place';
import type { MatchingWebhook, MatchingWebhooks } from './matching-webhooks';
import { newId } from './new-id';
import { organizationResponse, type OrganizationRow } from './organization-store';
import { ProblemError } from './problem';
import { projectResponse } from './project-store';

/** What events are accepted with. */
export interface AcceptDeps {
  db: Db;
  matchingWebhooks: MatchingWebhooks;
  places: EventPlaces;
  /** Gives a new delivery a slot, if it need not wait. */
  reserve: Worker['reserve'];
  /** Milliseconds since 1970. */
  now: () => number;
}

/** An event that wants to be accepted. */
export interface Incoming {
  organization: OrganizationRow;
  request: DeploymentEventRequest;
  /** SHA-256 of what the request says; empty if it has no id. */
  content_hash: string;
}

/** What a batch of events led to. */
export class Accepted {
  /** An answer for each, in their order: what was accepted, now or before, or why it was not. */
  readonly answers: (AcceptedEventResponse | ProblemError)[] = [];
  readonly events: DeploymentEventRow[] = [];
  readonly deliveries: NewDelivery[] = [];
  /** Deliveries that have a slot, to be begun when they are committed. */
  readonly starts: { reservation: Reservation; delivery: ClaimedDelivery }[] = [];
}

/** After so many deliveries, or characters of bodies, a transaction takes no further event: others wait. */
const enoughDeliveries = 2000;
const enoughCharacters = 1024 * 1024;

/**
 * Accepts events within a transaction: each event, its bodies, and a delivery to each webhook that it
 * matches. Fails if two of them have the same id.
 *
 * @param accepted is filled. If there are fewer answers than events, the transaction had no room for the
 *   rest; it has for one at least.
 */
export async function acceptEvents(
  deps: AcceptDeps,
  trx: Db,
  incoming: readonly Incoming[],
  accepted: Accepted,
): Promise<void> {
  const known = await findContentHashes(
    trx,
    incoming.flatMap(({ organization, request }) =>
      request.id ? [{ organization_id: organization.id, id: request.id }] : [],
    ),
  );
  const { answers, events, deliveries } = accepted;
  const breathe = breathing();
  let characters = 0;
  for (const one of incoming) {
    await breathe();
    if (deliveries.length >= enoughDeliveries || characters >= enoughCharacters) break;
    const hash = known.get(`${one.organization.id} ${one.request.id}`);
    if (hash !== undefined) {
      answers.push(await answerAgain(trx, one, hash));
      continue;
    }
    const { row, matched } = await makeEvent(deps, trx, one);
    const planned = matched.map((webhook) => plan(deps, row, webhook, accepted));
    events.push(row);
    characters += row.standard_body.length + (row.slack_body?.length ?? 0);
    deliveries.push(...planned);
    answers.push({
      id: row.id,
      deliveries: planned.map(({ id, webhook_id }) => ({ id, webhook_id })),
    });
  }
  await insertDeploymentEvents(trx, events);
  await enqueueDeliveries(trx, deliveries);
  await countDeploymentEvents(trx, events);
}

function plan(
  { reserve }: AcceptDeps,
  event: DeploymentEventRow,
  webhook: MatchingWebhook,
  { starts }: Accepted,
): NewDelivery {
  const waiting = planDelivery(event, webhook);
  const reservation = reserve(webhook);
  if (!reservation) return waiting;
  const started: NewDelivery = {
    ...waiting,
    attempt: 1,
    in_flight: 1,
    run_at: reservation.leaseEnd,
  };
  const { target_url, target_secret, host } = webhook;
  const body = webhook.kind === 'SLACK' ? event.slack_body : event.standard_body;
  starts.push({
    reservation,
    delivery: {
      ...started,
      target_url,
      target_secret,
      enabled: 1,
      body,
      host,
    },
  });
  return started;
}

/** The answer to an event whose id was accepted before. */
async function answerAgain(
  trx: Db,
  { organization, request: { id = '' }, content_hash }: Incoming,
  hash: string,
): Promise<AcceptedEventResponse | ProblemError> {
  if (id === null || hash !== content_hash) {
    return new ProblemError(409, 'An event with this id and another content was accepted before.', {
      errors: [{ pointer: '/id', message: 'This id belongs to an event with another content.' }],
    });
  }
  return { id, deliveries: await listDeliveriesOfEvent(trx, organization.id, id) };
}

async function makeEvent(
  { matchingWebhooks, places, now }: AcceptDeps,
  trx: Db,
  { organization, request, content_hash }: Incoming,
) {
  const accepted_at = now();
  const place = await places.resolve(trx, organization.id, request, accepted_at);
  const { project, environment } = place;
  const event = completeDeploymentEvent(request, {
    id: request.id ?? newId(),
    accepted_at,
    organization: organizationResponse(organization),
    project: projectResponse(project, place.environments),
    environment: environmentResponse(environment),
  });
  const matched = await matchingWebhooks.find(trx, organization.id, {
    event_type: event.event_type,
    mode: environment.mode,
    project_name: project.name,
  });
  const wantsSlack = matched.some(({ kind }) => kind === 'SLACK');
  const row: DeploymentEventRow = {
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
  return { row, matched };
}
