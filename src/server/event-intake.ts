import { setImmediate as nextRound } from 'node:timers/promises';

import type { AcceptedEventResponse } from './answers/deployment-event';
import type { DeploymentEventRequest } from '../contract/deployment-event';
import { Accepted, acceptEvents, type AcceptDeps, type Incoming } from './accept-events';
import { contentHash } from './content-hash';
import { createEventPlaces } from './event-place';
import type { OrganizationRow } from './organization-store';
import { ProblemError } from './problem';

/** Takes deployment events in. */
export interface EventIntake {
  /**
   * Resolves when the event, its bodies and a delivery to each webhook that it matches are on the
   * disk. The same id with the same content gives the first answer again and sends nothing.
   *
   * @throws {ProblemError} 409 if the id was used for another content, 503 if too many are waiting.
   */
  accept(
    organization: OrganizationRow,
    request: DeploymentEventRequest,
  ): Promise<AcceptedEventResponse>;
}

interface IntakeDeps extends AcceptDeps {
  /** Tells the worker whose deliveries have become due. */
  wakeWorker: (webhookIds: readonly string[]) => void;
}

interface Waiting extends Incoming {
  resolve: (accepted: AcceptedEventResponse) => void;
  reject: (error: unknown) => void;
}

const mostTogether = 64;
const roundsBetween = 3;
/** They are in memory, and each may have 256 KiB. */
const mostWaiting = 1000;

/**
 * A commit waits for the disk, however much it writes. So events that come in while one is under way
 * share the next: one transaction, in which each is still accepted or refused for itself.
 */
export function createEventIntake(deps: Omit<IntakeDeps, 'places'>): EventIntake {
  const acceptDeps = { ...deps, places: createEventPlaces() };
  const waiting: Waiting[] = [];
  let isBusy = false;

  async function work(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    while (waiting.length > 0) {
      const left = await settle(acceptDeps, waiting.splice(0, mostTogether));
      waiting.unshift(...left);
      // Those who were answered just now send again: a transaction waits for a few rounds of the loop.
      for (let round = 0; round < roundsBetween; round += 1) await nextRound();
    }
    isBusy = false;
  }

  return {
    async accept(organization, request) {
      if (waiting.length >= mostWaiting) {
        const headers = { 'retry-after': '1' };
        throw new ProblemError(503, 'Too many events are waiting to be stored: send it again.', {
          headers,
        });
      }
      return new Promise((resolve, reject) => {
        // Only an event that comes with its id can come again.
        const content_hash = request.id ? contentHash(said(request)) : '';
        waiting.push({ organization, request, content_hash, resolve, reject });
        void work();
      });
    },
  };
}

/**
 * Never rejects: whoever waits is told. What fails together is tried one by one, such as two events
 * with the same id: the second repeats the first.
 *
 * @returns those that the transaction had no room for.
 */
async function settle(deps: IntakeDeps, batch: readonly Waiting[]): Promise<readonly Waiting[]> {
  const accepted = new Accepted();
  try {
    await deps.db.transaction().execute((trx) => acceptEvents(deps, trx, batch, accepted));
  } catch (error) {
    deps.places.forget();
    for (const { reservation } of accepted.starts) reservation.giveBack();
    const [only] = batch;
    if (batch.length === 1) only?.reject(error);
    else for (const one of batch) await settle(deps, [one]);
    return [];
  }
  for (const [index, answer] of accepted.answers.entries()) {
    if (answer instanceof Error) batch[index]?.reject(answer);
    else batch[index]?.resolve(answer);
  }
  send(deps, accepted);
  return batch.slice(accepted.answers.length);
}

/** What is committed is on its way. */
function send({ wakeWorker }: IntakeDeps, { deliveries, starts }: Accepted): void {
  for (const { reservation, delivery } of starts) reservation.begin(delivery);
  if (starts.length === deliveries.length) return;
  const waiting = deliveries.filter(({ in_flight }) => in_flight === 0);
  wakeWorker(waiting.map(({ webhook_id }) => webhook_id));
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
