import type { Db } from '../db';
import type { Settings } from '../env';
import type { Log } from '../log';
import type { SecretBox } from '../secret-box';
import { Agenda } from './agenda';
import {
  makeAttempt,
  type AttemptDeps,
  type ClaimedDelivery,
  type FinishedAttempt,
} from './attempt';
import { listWebhooksDue, releaseLeases } from './delivery-store';
import { createAttemptSender, type AttemptSender } from './dispatch';
import { hostOf, HostSlots } from './host-slots';
import type { LookUp } from './target-guard';
import { takeTurn } from './turn';

/** What the worker needs. */
export interface WorkerDeps {
  db: Db;
  log: Log;
  secretBox: Pick<SecretBox, 'open'>;
  settings: Pick<Settings, 'retrySchedule' | 'deliveryTimeout' | 'allowedPrivateTargets'>;
  /** Milliseconds since 1970. */
  now?: () => number;
  random?: () => number;
  lookUp?: LookUp;
}

/** Sends what is due, for as long as the process runs. */
export interface Worker {
  /**
   * Says that deliveries have become due.
   *
   * @param webhookIds whose; without them the worker looks for itself.
   */
  wake(webhookIds?: readonly string[]): void;
  /**
   * Takes nothing on any more, and resolves when the attempts in flight have ended and are recorded:
   * after the timeout of an attempt at the latest.
   */
  stop(): Promise<void>;
  /** From the start until it is stopped. */
  readonly running: boolean;
}

const mostInFlight = 256;
const webhooksPerTurn = 64;
const webhooksPerRead = 1000;
/** After it the tables are searched again, should something have become due unnoticed. */
const longestSleep = 60_000;
const longestLinger = 5;
const pauseAfterError = 1000;
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

class DeliveryWorker implements Worker {
  private readonly agenda = new Agenda();
  private readonly slots = new HostSlots();
  private readonly sender: AttemptSender;
  private readonly attemptDeps: AttemptDeps;
  private readonly now: () => number;
  /** Ended, but not recorded yet. */
  private ended: FinishedAttempt[] = [];
  private inFlight = 0;
  private hasReleased = false;
  private mustSearch = true;
  private state: 'idle' | 'scheduled' | 'turning' | 'wanted again' = 'idle';
  /** Whether somebody waits for a first attempt. */
  private isUrgent = false;
  private lastTurn = { startedAt: 0, endedAt: 0 };
  private timer: NodeJS.Timeout | undefined;
  private errors = 0;
  private stopped: Promise<void> | null = null;
  private resolveStopped: () => void = () => {};

  constructor(private readonly deps: WorkerDeps) {
    const { settings, lookUp, secretBox, now = Date.now, random = Math.random } = deps;
    const { deliveryTimeout: timeout, allowedPrivateTargets: allowed, retrySchedule } = settings;
    this.now = now;
    this.sender = createAttemptSender({ allowed, timeout, lookUp });
    this.attemptDeps = { sender: this.sender, secretBox, retrySchedule, now, random };
  }

  get running(): boolean {
    return this.stopped === null;
  }

  wake(webhookIds?: readonly string[]): void {
    if (webhookIds) for (const id of webhookIds) this.agenda.add(id, 0);
    else this.mustSearch = true;
    this.isUrgent = true;
    this.schedule();
  }

  stop(): Promise<void> {
    this.stopped ??= new Promise((resolve) => {
      this.resolveStopped = resolve;
      this.errors = 0;
      this.schedule();
    });
    return this.stopped;
  }

  /** Through the event loop, so that what happens in one round of it shares a turn. */
  private schedule(): void {
    if (this.state === 'turning') this.state = 'wanted again';
    if (this.state !== 'idle') return;
    this.state = 'scheduled';
    setImmediate(this.runOrLinger);
  }

  /**
   * A turn costs a write to the disk, however much it records. So where one follows upon another it
   * waits for more attempts to end, at most for as long as the last turn took.
   */
  private readonly runOrLinger = (): void => {
    const { startedAt, endedAt } = this.lastTurn;
    const patience = Math.min(endedAt - startedAt, longestLinger);
    const mayWait = this.inFlight > 0 && !this.isUrgent;
    if (mayWait && performance.now() - endedAt < patience) setImmediate(this.runOrLinger);
    else void this.run();
  };

  private async run(): Promise<void> {
    this.state = 'turning';
    this.isUrgent = false;
    clearTimeout(this.timer);
    const startedAt = performance.now();
    let pause = 0;
    try {
      await this.turn();
      this.errors = 0;
    } catch (error) {
      this.errors += 1;
      pause = pauseAfterError;
      this.deps.log.error({ err: error }, 'the delivery worker cannot use the database');
    }
    this.lastTurn = { startedAt, endedAt: performance.now() };
    const isWantedAgain = (this.state as string) === 'wanted again';
    this.state = 'idle';
    if (this.isAtEnd()) void this.sender.close().then(this.resolveStopped);
    else if (isWantedAgain && pause === 0) this.schedule();
    else this.sleep(pause);
  }

  private async turn(): Promise<void> {
    await this.search();
    const ended = this.ended.slice(0, mostInFlight);
    const room = mostInFlight - this.inFlight - this.ended.length + ended.length;
    const now = this.now();
    const webhookIds = this.running
      ? this.agenda.take(now, Math.min(room, webhooksPerTurn), this.isBlocked)
      : [];
    if (ended.length === 0 && webhookIds.length === 0) return;
    const leaseEnd = now + 2 * this.deps.settings.deliveryTimeout + 30_000;
    try {
      const done = await takeTurn(this.deps.db, this.slots, {
        ended,
        webhookIds,
        room,
        now,
        leaseEnd,
      });
      this.ended = this.ended.slice(ended.length);
      for (const { webhook_id, run_at } of done.next) this.agenda.add(webhook_id, run_at);
      this.report(ended, new Set(done.recorded));
      for (const delivery of done.claimed) this.begin(delivery);
    } catch (error) {
      for (const id of webhookIds) this.agenda.add(id, now);
      throw error;
    }
  }

  /** Reads from the tables what the agenda does not know. */
  private async search(): Promise<void> {
    if (!this.mustSearch || !this.running) return;
    this.mustSearch = false;
    try {
      if (!this.hasReleased) await releaseLeases(this.deps.db, this.now());
      this.hasReleased = true;
      for (let after = ''; ;) {
        const page = await listWebhooksDue(this.deps.db, after, webhooksPerRead);
        for (const { webhook_id, run_at } of page) this.agenda.add(webhook_id, run_at);
        after = page.at(-1)?.webhook_id ?? '';
        if (page.length < webhooksPerRead) return;
      }
    } catch (error) {
      this.mustSearch = true;
      throw error;
    }
  }

  private readonly isBlocked = (webhookId: string): boolean => this.slots.freeFor(webhookId) <= 0;

  private begin(delivery: ClaimedDelivery): void {
    const host = hostOf(delivery.target_url ?? '');
    this.inFlight += 1;
    this.slots.take(host);
    const end = () => {
      this.inFlight -= 1;
      this.slots.release(host);
      this.schedule();
    };
    makeAttempt(this.attemptDeps, delivery).then(
      (attempt) => {
        this.ended.push(attempt);
        end();
      },
      (error: unknown) => {
        // A fault of ours. The delivery comes back when its lease ends.
        this.deps.log.error({ err: error, delivery: delivery.id }, 'an attempt came to no result');
        end();
      },
    );
  }

  private report(ended: readonly FinishedAttempt[], recorded: ReadonlySet<FinishedAttempt>): void {
    for (const attempt of ended) {
      const { row, status } = attempt;
      const line = {
        webhook: row.webhook_id,
        delivery: row.delivery_id,
        event: row.event_id,
        attempt: row.attempt,
        status: row.status_code,
        duration_ms: row.duration_ms,
        ...(row.error !== null && { error: row.error }),
      };
      if (!recorded.has(attempt)) {
        this.deps.log.warn(line, 'attempt not recorded: the delivery was taken over or is gone');
        continue;
      }
      if (status === 'pending') this.agenda.add(row.webhook_id, row.next_attempt_at ?? 0);
      this.deps.log.info(line, 'attempt');
    }
  }

  /** Until something is due; what ends or becomes due meanwhile schedules a turn itself. */
  private sleep(pause: number): void {
    const isFull = this.inFlight + this.ended.length >= mostInFlight;
    const next = this.running && !isFull ? this.agenda.nextAt(this.isBlocked) : Infinity;
    const wait = this.ended.length > 0 ? 0 : next - this.now();
    if (wait <= 0 && pause === 0) return this.schedule();
    this.timer = setTimeout(
      () => {
        if (wait > longestSleep) this.mustSearch = true;
        this.schedule();
      },
      Math.max(pause, Math.min(wait, longestSleep)),
    );
    // A process that has nothing left but to wait for the next retry may end.
    if (this.running && pause === 0) this.timer.unref();
  }

  private isAtEnd(): boolean {
    if (this.running || this.inFlight > 0) return false;
    return this.ended.length === 0 || this.errors >= mostErrorsAtStop;
  }
}
