import type { HostSign } from './host-sign';
import { LastOutcomes } from './last-outcomes';
import { Pace } from './pace';

/** How many attempts may be in flight to one host: a slow one holds up no other. */
export const slotsPerHost = 8;

/** How many attempts may be in flight in all, or wait to be recorded. */
export const mostInFlight = 256;

/** Hosts that failed last share half. */
const mostToFailing = mostInFlight / 2;

/**
 * They and the hosts that nothing is known of share three quarters: a new host does not wait for
 * those that hang, and hosts that answer wait for neither.
 */
const mostToUnproven = (mostInFlight * 3) / 4;

/** Each host that failed last may have this part of what is free of their half, at least 1 slot. */
const partOfFree = 1 / 16;

/**
 * They begin so many attempts in so many milliseconds, 200 a second. What fails at once costs as much
 * work as what arrives: a burst of it would keep the event loop from the others.
 */
const failingPace = { most: 8, period: 40 };

type HostClass = 'answering' | 'failing' | 'unknown';

/**
 * The host and port that an attempt goes to; an empty text if none will be made.
 *
 * @param webhook as it is now.
 */
export function hostOf(webhook: { target_url: string | null; enabled: 0 | 1 | null }): string {
  const { target_url: url, enabled } = webhook;
  if (url === null || enabled !== 1 || !URL.canParse(url)) return '';
  const { protocol, hostname, port } = new URL(url);
  return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}

/**
 * Shares the attempts that may be in flight out among the hosts. Hosts that answered last may have 8
 * each. Hosts that failed last have half of all slots together, and the less of it is free the fewer
 * each may have, so that some is left for one that has come back; and they begin at a pace. A host
 * that nothing is known of begins with one attempt: many dead ones do not fill all slots before it
 * shows.
 */
export class HostSlots {
  private readonly busy = new Map<string, { inFlight: number; class: HostClass }>();
  private readonly inFlight: Record<HostClass, number> = { answering: 0, failing: 0, unknown: 0 };

  /** Where a webhook led to when it was last read. */
  private hosts = new Map<string, string>();
  private answered = new LastOutcomes();
  private pace: Pace;

  /** @param now in milliseconds, never set back. */
  constructor(now = () => performance.now()) {
    this.pace = new Pace(failingPace.most, failingPace.period, now);
  }

  /** What is taken now, to be tried out: what the copy takes is not taken here. */
  copy(): HostSlots {
    const copy = new HostSlots();
    copy.answered = this.answered;
    copy.hosts = this.hosts;
    copy.pace = this.pace.copy();
    for (const [host, state] of this.busy) copy.busy.set(host, { ...state });
    Object.assign(copy.inFlight, this.inFlight);
    return copy;
  }

  /** How many slots are taken. */
  get taken(): number {
    const { answering, failing, unknown } = this.inFlight;
    return answering + failing + unknown;
  }

  /** How many attempts more a host may have; 0 or less: none. */
  free(host: string): number {
    const state = this.busy.get(host);
    const inFlight = state?.inFlight ?? 0;
    switch (state?.class ?? this.classOf(host)) {
      case 'answering':
        return slotsPerHost - inFlight;
      case 'failing': {
        const free = Math.min(mostToFailing - this.inFlight.failing, this.freeForUnproven());
        const share = Math.min(slotsPerHost, Math.ceil(free * partOfFree));
        return Math.min(share - inFlight, free, this.pace.left());
      }
      case 'unknown':
        return Math.min(1 - inFlight, this.freeForUnproven());
    }
  }

  private freeForUnproven(): number {
    return mostToUnproven - this.inFlight.failing - this.inFlight.unknown;
  }

  private classOf(host: string): HostClass {
    // Attempts that are not made end at once.
    const answered = host === '' || this.answered.of(host);
    if (answered === undefined) return 'unknown';
    return answered ? 'answering' : 'failing';
  }

  take(host: string): void {
    const state = this.busy.get(host) ?? { inFlight: 0, class: this.classOf(host) };
    state.inFlight += 1;
    this.inFlight[state.class] += 1;
    if (state.class === 'failing') this.pace.take();
    this.busy.set(host, state);
  }

  /** Whether a host answered last and has more than a quarter of its slots free. */
  isCalm(host: string): boolean {
    const { class: known } = this.busy.get(host) ?? { class: this.classOf(host) };
    return known === 'answering' && this.free(host) > slotsPerHost / 4;
  }

  /** Milliseconds until hosts that failed last may begin more; Infinity if that is not what they wait for. */
  failingReopensIn(): number {
    return this.pace.reopensIn();
  }

  /** Takes a slot if there is one. */
  tryTake(host: string): boolean {
    if (this.free(host) <= 0) return false;
    this.take(host);
    return true;
  }

  /** Gives a slot back that was taken. */
  release(host: string, sign: HostSign): void {
    if (sign !== null) this.answered.note(host, sign === 'answers');
    const state = this.busy.get(host);
    if (!state) return;
    this.inFlight[state.class] -= state.inFlight;
    state.inFlight -= 1;
    if (sign !== null) state.class = this.classOf(host);
    this.inFlight[state.class] += state.inFlight;
    if (state.inFlight === 0) this.busy.delete(host);
  }

  /** Remembers where a webhook leads to. Its URL may have changed since: that costs it a wait at most. */
  note(webhookId: string, host: string): void {
    this.hosts.set(webhookId, host);
  }

  /** For a webhook that has no pending deliveries any more. */
  forget(webhookId: string): void {
    this.hosts.delete(webhookId);
  }

  /** How many attempts a webhook may start now, as far as is known. */
  freeFor(webhookId: string): number {
    const host = this.hosts.get(webhookId);
    return host === undefined ? slotsPerHost : this.free(host);
  }

  /** Takes a slot for a webhook if, as far as is known, there is one. */
  tryTakeFor(webhookId: string): boolean {
    const host = this.hosts.get(webhookId);
    return host === undefined || this.tryTake(host);
  }
}
