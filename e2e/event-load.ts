import { setTimeout as delay } from 'node:timers/promises';

import { deploymentEventsPath } from '../src/contract/api-paths';
import { acceptedEventSchema, type AcceptedEvent } from '../src/contract/deployment-event';
import { deploymentEventTypes, environmentModes } from '../src/contract/webhook';
import type { DeliveryLedger } from './delivery-ledger';
import type { RunningServer } from './running-server';
import { SeededRandom } from './seeded-random';

/** A deployment event as the clients post it; its id can be read from every body that is made of it. */
export interface LoadEvent {
  id: string;
  event_type: string;
  project: { name: string };
  environment: { name: string; mode: string };
  applications: unknown[];
}

const projects = ['shop', 'shop-API', 'Billing-api', 'STRASSE', 'warehouse'] as const;

/** A client comes back after so many milliseconds when it gets no answer. */
const backOff = 20;
/** Clients wait for up to so many milliseconds between two events, so that the queue has an end. */
const longestPause = 20;

/**
 * Clients that post deployment events, one after the other each, until they are told to stop. As a
 * careful client does, they post an event for which they got no answer again, under the same id, and
 * now and then one that was answered, to see whether the answer is the same.
 */
export class EventLoad {
  readonly #clients: Promise<void>[];
  #isOver = false;

  constructor(
    private readonly server: RunningServer,
    private readonly organizationId: string,
    private readonly ledger: DeliveryLedger,
    { clients, random }: { clients: number; random: SeededRandom },
  ) {
    this.#clients = Array.from({ length: clients }, () =>
      this.#post(new SeededRandom(random.below(2 ** 32))),
    );
    // Whoever waits for the clients learns of it.
    for (const client of this.#clients) client.catch(() => {});
  }

  /** Resolves when no client posts any more; rejects when one gets an answer that it should not. */
  get over(): Promise<unknown> {
    return Promise.all(this.#clients);
  }

  /** Lets each client finish: its last event is accepted. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.over;
  }

  async #post(random: SeededRandom): Promise<void> {
    while (!this.#isOver) {
      const event = newEvent(random);
      for (let times = random.chance(0.05) ? 2 : 1; times > 0; times -= 1) {
        this.ledger.noteAccepted(event, await this.#untilAccepted(event));
      }
      await delay(random.below(longestPause));
    }
  }

  async #untilAccepted(event: LoadEvent): Promise<AcceptedEvent> {
    for (;;) {
      const answer = await this.#send(event).catch(() => null);
      if (answer?.status === 202) return acceptedEventSchema.parse(JSON.parse(answer.text));
      if (answer) throw new Error(`An event was answered with ${answer.status}: ${answer.text}`);
      this.ledger.noteUnanswered();
      await delay(backOff);
    }
  }

  async #send(event: LoadEvent): Promise<{ status: number; text: string }> {
    const response = await fetch(this.server.url + deploymentEventsPath(this.organizationId), {
      method: 'POST',
      headers: {
        authorization: `Token ${this.server.adminToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(event),
    });
    return { status: response.status, text: await response.text() };
  }
}

function newEvent(random: SeededRandom): LoadEvent {
  const id = random.uuid();
  const mode = random.pick(environmentModes);
  return {
    id,
    event_type: random.pick(deploymentEventTypes),
    project: { name: random.pick(projects) },
    environment: { name: `the ${mode}`, mode },
    applications: [{ application: { name: `event-${id}`, note: 'x'.repeat(random.below(2000)) } }],
  };
}
