import type { Db } from '../db';
import type { Settings } from '../env';
import type { Log } from '../log';
import type { MatchingWebhooks } from '../matching-webhooks';
import type { SecretBox } from '../secret-box';
import { Agenda } from './agenda';
import { AgendaSearch } from './agenda-search';
import {
  makeAttempt,
  type AttemptDeps,
  type ClaimedDelivery,
  type FinishedAttempt,
} from './attempt';
import { createAttemptSender, type AttemptSender } from './dispatch';
import type { HostSign } from './host-sign';
import { HostSlots, mostInFlight } from './host-slots';
import { logAttempt } from './log-attempt';
import type { Recorded } from './record-attempts';
import type { LookUp } from './target-guard';
import { takeTurn, type OnRecord } from './turn';
import { TurnLoop, type Turns } from './turn-loop';

/** What the worker needs. */
export interface WorkerDeps {
  db: Db;
  log: Log;
  secretBox: Pick<SecretBox, 'open'>;
  /** Is told of the webhooks that their failures disable. */
  matchingWebhooks: Pick<MatchingWebhooks, 'invalidate'>;
  /** What else is to change with attempts that are written into the log. */
  onRecord?: OnRecord | undefined;
  settings: Pick<Settings, 'retrySchedule' | 'deliveryTimeout' | 'allowedPrivateTargets'>;
  /** Milliseconds since 1970. */
  now?: () => number;
  random?: () => number;
  lookUp?: LookUp;
}

/** A slot for the first attempt of a delivery that is about to be committed as in flight. */
export interface Reservation {
  /** When the delivery counts as lost, milliseconds since 1970. */
  leaseEnd: number;
  /** Makes the attempt; to be called once the delivery is committed. */
  begin(delivery: ClaimedDelivery): void;
  /** For a delivery that was not committed. */
  giveBack(): void;
}

/** Sends what is due, for as long as the process runs. */
export interface Worker {
  /**
   * Spares a new delivery the way through the queue, and with it a write to the disk. A quarter of
   * a host's slots remains for those that wait.
   *
   * @returns null if it has to wait: earlier ones of its webhook do, or its host has not answered
   *   lately, or is busy.
   */
  reserve(webhook: { id: string; host: string }): Reservation | null;
  /**
   * Says that deliveries have become due.
   *
   * @param webhookIds whose; without them the worker looks for itself.
   */
  wake(webhookIds?: readonly string[]): void;
  /**
   * Lends what attempts are made with, for one that belongs to no delivery. A stop waits for it.
   *
   * @returns null once the worker takes nothing on any more.
   */
  lend<T>(run: (deps: AttemptDeps) => Promise<T>): Promise<T> | null;
  /**
   * Takes nothing on any more, and resolves when the attempts in flight have ended and are recorded:
   * after the timeout of an attempt at the latest.
   */
  stop(): Promise<void>;
  /** From the start until it is stopped. */
  readonly running: boolean;
  /** How often in a row it could not do its work; it tries again all the time. */
  readonly failures: number;
}

const webhooksPerTurn = 64;
const mostErrorsAtStop = 5;

/**
 * Starts the worker. The process must own the database alone: attempts that the tables show in flight
 * are taken for those of a process that died.
 */
export function startWorker(deps: WorkerDeps): Worker {
  const worker = new DeliveryWorker(deps);
  worker.wake();
  return worker;
}

class DeliveryWorker implements Worker, Turns {
  private readonly loop = new TurnLoop(this);
  private readonly agenda = new Agenda();
  private readonly search: AgendaSearch;
  private readonly slots = new HostSlots();
  private readonly sender: AttemptSender;
  private readonly attemptDeps: AttemptDeps;
  private readonly now: () => number;
  /** Ended, but not recorded yet. */
  private ended: FinishedAttempt[] = [];
  /** Webhooks whose queues are being read: they are not on the agenda meanwhile. */
  private inTurn: ReadonlySet<string> = new Set();
  /** Attempts beside the deliveries. */
  private lent = 0;
  private stopped: Promise<void> | null = null;
  private resolveStopped: () => void = () => {};

  constructor(private readonly deps: WorkerDeps) {
    const { settings, lookUp, secretBox, now = Date.now, random = Math.random } = deps;
    const { deliveryTimeout: timeout, allowedPrivateTargets: allowed, retrySchedule } = settings;
    this.now = now;
    this.search = new AgendaSearch(deps.db, this.agenda);
    this.sender = createAttemptSender({ allowed, timeout, lookUp });
    this.attemptDeps = { sender: this.sender, secretBox, retrySchedule, now, random };
  }

  get running(): boolean {
    return this.stopped === null;
  }

  get failures(): number {
    return this.loop.failures;
  }

  wake(webhookIds?: readonly string[]): void {
    if (webhookIds) for (const id of webhookIds) this.agenda.add(id, 0);
    else this.search.repeat();
    this.loop.ask('urgent');
  }

  lend<T>(run: (deps: AttemptDeps) => Promise<T>): Promise<T> | null {
    if (!this.running) return null;
    this.lent += 1;
    return run(this.attemptDeps).finally(() => {
      this.lent -= 1;
      this.loop.ask('patient');
    });
  }

  stop(): Promise<void> {
    this.stopped ??= new Promise((resolve) => {
      this.resolveStopped = resolve;
      this.loop.ask('urgent');
    });
    return this.stopped;
  }

  async take(): Promise<void> {
    if (this.running) await this.search.run(this.now());
    const ended = this.nextEnded();
    const now = this.now();
    const room = () => this.room() + ended.length;
    const isAlone = this.failures > 0 && ended.length > 0;
    const webhookIds = this.running && !isAlone ? this.nextWebhooks(now, room()) : [];
    if (ended.length === 0 && webhookIds.length === 0) return;
    const leaseEnd = this.leaseEnd(now);
    this.inTurn = new Set(webhookIds);
    try {
      const turn = { ended, webhookIds, room, now, leaseEnd };
      const { claimed, next, ...recorded } = await takeTurn(
        this.deps.db,
        this.slots,
        turn,
        this.deps,
      );
      this.ended = this.ended.slice(ended.length);
      for (const { webhook_id, run_at } of next) this.agenda.add(webhook_id, run_at);
      // Also those that a stop came in between: they are claimed, and it waits for them.
      for (const delivery of claimed) this.begin(delivery);
      this.noteRecorded(recorded);
    } catch (error) {
      for (const id of webhookIds) this.agenda.add(id, now);
      if (ended.length === 1) this.ended = [...this.ended.slice(1), ...ended];
      throw error;
    } finally {
      this.inTurn = new Set();
    }
  }

  /**
   * What is to be recorded now. After a failure it is one by one, and every other turn none: what
   * cannot be recorded must hold up neither the others nor what is due.
   */
  private nextEnded(): FinishedAttempt[] {
    if (this.failures === 0) return this.ended.slice(0, mostInFlight);
    const isForDue = this.running && this.failures % 2 === 0;
    return isForDue ? [] : this.ended.slice(0, 1);
  }

  /** Those whose deliveries can start, as far as is known: one each, for a start. */
  private nextWebhooks(now: number, room: number): string[] {
    const plan = this.slots.copy();
    return this.agenda.take(now, Math.min(room, webhooksPerTurn), (id) => plan.tryTakeFor(id));
  }

  private noteRecorded({ recorded, unrecorded, disabled }: Recorded): void {
    const { log } = this.deps;
    for (const { row } of [...recorded, ...unrecorded]) {
      if (row.next_attempt_at !== null) this.agenda.add(row.webhook_id, row.next_attempt_at);
    }
    for (const attempt of recorded) logAttempt(log, attempt, true);
    for (const attempt of unrecorded) logAttempt(log, attempt, false);
    for (const { webhook_id, reason } of disabled) {
      log.warn({ webhook: webhook_id, reason }, 'webhook disabled');
    }
  }

  private leaseEnd(now: number): number {
    return now + 2 * this.deps.settings.deliveryTimeout + 30_000;
  }

  reserve({ id, host }: { id: string; host: string }): Reservation | null {
    const now = this.now();
    // Until the leases of a process before this one are released, a new one would be taken for such.
    if (!this.running || !this.search.hasReleased || this.room() <= 0) return null;
    const isQueued = this.inTurn.has(id) || this.agenda.isDue(id, now);
    if (isQueued || !this.slots.isCalm(host)) return null;
    this.slots.take(host);
    return {
      leaseEnd: this.leaseEnd(now),
      begin: (delivery) => this.begin(delivery),
      giveBack: () => {
        this.slots.release(host, null);
        this.loop.ask('patient');
      },
    };
  }

  /** Makes an attempt that has its slot. */
  private begin(delivery: ClaimedDelivery): void {
    const { host } = delivery;
    const end = (sign: HostSign) => {
      this.slots.release(host, sign);
      this.loop.ask('patient');
    };
    makeAttempt(this.attemptDeps, delivery).then(
      (attempt) => {
        this.ended.push(attempt);
        end(attempt.host_sign);
      },
      (error: unknown) => {
        // A fault of ours. The delivery comes back when its lease ends.
        this.deps.log.error({ err: error, delivery: delivery.id }, 'an attempt came to no result');
        end(null);
      },
    );
  }

  /** How many attempts more there may be, in flight or waiting to be recorded. */
  private room(): number {
    return mostInFlight - this.slots.taken - this.ended.length;
  }

  private readonly isBlocked = (webhookId: string): boolean => this.slots.freeFor(webhookId) <= 0;

  nextIn(): number {
    if (this.ended.length > 0) return 0;
    if (!this.running || this.room() <= 0) return Infinity;
    // Asked first: were it to reopen between the two questions, both would say that there is no hurry.
    const reopensIn = this.slots.failingReopensIn();
    const nextDue = Math.min(this.agenda.nextAt(this.isBlocked), this.search.nextAt) - this.now();
    return Math.min(nextDue, reopensIn);
  }

  mayWait(): boolean {
    return this.slots.taken > 0;
  }

  isOver(errors: number): boolean {
    if (this.running || this.slots.taken > 0 || this.lent > 0) return false;
    return this.ended.length === 0 || errors >= mostErrorsAtStop;
  }

  onError(error: unknown): void {
    this.deps.log.error({ err: error }, 'the delivery worker cannot use the database');
  }

  onEnd(): void {
    const { log } = this.deps;
    this.sender
      .close()
      .catch((error: unknown) => log.error({ err: error }, 'connections cannot be closed'))
      .finally(this.resolveStopped);
  }
}
