import { createHash } from 'node:crypto';

import { Webhook as Verifier } from 'standardwebhooks';

import type { AcceptedEvent } from '../src/contract/deployment-event';
import { compileFilter, type WebhookFilter } from '../src/contract/filter';
import type { LoadEvent } from './event-load';
import type { ReceivedRequest } from './receiver';

/** A webhook as it was asked for. */
export interface KnownWebhook {
  id: string;
  /** Where its receiver takes it in; no other has the same. */
  path: string;
  filter: WebhookFilter;
  secret: string | undefined;
}

/** How the books stand. */
export interface Balance {
  events: number;
  /** Posts that a client got no answer to. */
  unanswered: number;
  /** By the matcher: one for each accepted event and webhook. */
  deliveries: number;
  /** Requests that receivers read to their end. */
  requests: number;
  /** Requests beyond the first of their delivery. */
  repeats: number;
  /** Deliveries that no receiver has taken in with a 2xx. */
  lost: number;
  /** Deliveries that came without having been accepted. */
  foreign: number;
  /** Repeats whose bytes were not those of the first. */
  differing: number;
  /** What was wrong, in words: the first of it. Empty if all is well. */
  faults: string[];
}

interface Arrived {
  place: string;
  digest: string;
}

const mostFaults = 20;

/**
 * Keeps account of what was accepted and what arrived. What an event has to reach is worked out here,
 * from the webhooks as they were made, and not taken from the server's word.
 */
export class DeliveryLedger {
  readonly #webhooks: readonly (KnownWebhook & { take: ReturnType<typeof compileFilter> })[];
  readonly #accepted = new Map<string, AcceptedEvent>();
  /** By delivery: what was accepted under that id, as `placeOf` says. */
  readonly #deliveries = new Map<string, string>();
  /** By delivery: the first request. */
  readonly #arrived = new Map<string, Arrived>();
  readonly #acknowledged = new Set<string>();
  readonly #awaited = new Set<string>();
  readonly #faults: string[] = [];
  readonly #counts = { unanswered: 0, requests: 0, repeats: 0, differing: 0 };
  #watcher: (() => void) | null = null;

  constructor(webhooks: readonly KnownWebhook[]) {
    this.#webhooks = webhooks.map((known) => ({ ...known, take: compileFilter(known.filter) }));
  }

  get accepted(): number {
    return this.#accepted.size;
  }

  /** How many deliveries were accepted. */
  get deliveries(): number {
    return this.#deliveries.size;
  }

  get requests(): number {
    return this.#counts.requests;
  }

  get unanswered(): number {
    return this.#counts.unanswered;
  }

  /** Notes that an event was answered with 202; the same event may be noted again. */
  noteAccepted(event: LoadEvent, answer: AcceptedEvent): void {
    const before = this.#accepted.get(event.id);
    if (before) {
      if (!isSame(before, answer)) this.fault(`The event ${event.id} got two different answers.`);
      return;
    }
    this.#accepted.set(event.id, answer);
    const named = answer.deliveries.map(({ webhook_id }) => webhook_id);
    if (answer.id !== event.id || !isSame(named.toSorted(), this.#reachedBy(event).toSorted())) {
      this.fault(`The answer to the event ${event.id} does not name the webhooks it matches.`);
    }
    for (const { id, webhook_id } of answer.deliveries) {
      if (this.#deliveries.has(id)) this.fault(`Two deliveries have the id ${id}.`);
      this.#deliveries.set(id, placeOf(webhook_id, event.id));
      if (!this.#acknowledged.has(id)) this.#awaited.add(id);
    }
    this.#watcher?.();
  }

  /** Notes that a client got no answer. */
  noteUnanswered(): void {
    this.#counts.unanswered += 1;
    this.#watcher?.();
  }

  /** Notes a request that reached a receiver. */
  noteArrival(request: ReceivedRequest): void {
    this.#counts.requests += 1;
    const id = deliveryOf(request);
    const webhook = this.#webhooks.find(({ path }) => path === request.path);
    if (!webhook) return this.fault(`The delivery ${id} came to ${request.path}.`);
    this.#checkHeaders(webhook, request);
    const digest = createHash('sha256').update(request.body).digest('base64');
    const first = this.#arrived.get(id);
    if (first) {
      this.#counts.repeats += 1;
      if (first.digest !== digest) {
        this.#counts.differing += 1;
        this.fault(`The delivery ${id} came again with other bytes.`);
      }
    } else {
      const [eventId = 'none'] = /(?<=event-)[\da-f-]{36}/.exec(request.body.toString()) ?? [];
      this.#arrived.set(id, { place: placeOf(webhook.id, eventId), digest });
    }
    this.#watcher?.();
  }

  /** Notes that a receiver has answered 2xx. */
  noteAcknowledged(request: ReceivedRequest): void {
    const id = deliveryOf(request);
    this.#acknowledged.add(id);
    this.#awaited.delete(id);
    this.#watcher?.();
  }

  /**
   * Resolves as soon as something holds, looked at whenever something was noted; with false if it does not come to hold within `patience` milliseconds.
   */
  until(holds: () => boolean, patience = 20_000): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (held: boolean) => {
        clearTimeout(timer);
        this.#watcher = null;
        resolve(held);
      };
      const timer = setTimeout(() => end(false), patience);
      this.#watcher = () => {
        if (holds()) end(true);
      };
      this.#watcher();
    });
  }

  /** Whether all deliveries that were accepted were acknowledged. */
  get isSettled(): boolean {
    return this.#awaited.size === 0;
  }

  /** Takes stock; nothing may be on its way any more. */
  balance(): Balance {
    const lost = [...this.#deliveries.keys()].filter((id) => !this.#acknowledged.has(id));
    const foreign = [...this.#arrived]
      .filter(([id, { place }]) => this.#deliveries.get(id) !== place)
      .map(([id]) => id);
    const faults = [
      ...this.#faults,
      ...lost.map((id) => `The delivery ${id} was lost.`),
      ...foreign.map((id) => `The delivery ${id} came and was never accepted.`),
    ];
    return {
      events: this.#accepted.size,
      deliveries: this.#deliveries.size,
      ...this.#counts,
      lost: lost.length,
      foreign: foreign.length,
      faults: faults.slice(0, mostFaults),
    };
  }

  #reachedBy(event: LoadEvent): string[] {
    const filtered = {
      event_type: event.event_type,
      mode: event.environment.mode,
      project_name: event.project.name,
    };
    return this.#webhooks.filter(({ take }) => take(filtered).matches).map(({ id }) => id);
  }

  #checkHeaders({ secret }: KnownWebhook, { headers, body }: ReceivedRequest): void {
    if (secret === undefined) {
      if ('webhook-signature' in headers) this.fault('A delivery without a secret is signed.');
      return;
    }
    const isRaw = !secret.startsWith('whsec_');
    const verifier = new Verifier(secret, isRaw ? { format: 'raw' } : {});
    try {
      verifier.verify(body, headers as Record<string, string>);
    } catch (error) {
      this.fault(`The signature of ${deliveryOf({ headers })} is wrong: ${String(error)}`);
    }
    if (headers['qovery-secret'] !== secret) this.fault('The secret is not in its header.');
  }

  /** Also for what others find: what does not fit what should have been. */
  fault(words: string): void {
    this.#faults.push(words);
  }
}

function deliveryOf({ headers }: Pick<ReceivedRequest, 'headers'>): string {
  return String(headers['webhook-id']);
}

const placeOf = (webhookId: string, eventId: string): string => `${webhookId} ${eventId}`;

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
