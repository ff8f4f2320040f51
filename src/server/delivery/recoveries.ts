import type { WebhookKind } from '../../contract/webhook';
import { breathing } from '../breathe';
import type { Db } from '../db';
import type { Log } from '../log';
import type { FinishedAttempt } from './attempt';
import {
  countByRecovery,
  countUntriedOf,
  findRecovery,
  listRecoveriesAtWork,
  raiseRecovery,
  requeueEnded,
  updateRecovery,
  type RecoveryRow,
} from './recovery-store';
import { TurnLoop, type Turns } from './turn-loop';

interface Deps {
  db: Db;
  log: Log;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Tells the worker whose deliveries have become due. */
  wakeWorker: (webhookIds: readonly string[]) => void;
}

/**
 * So many deliveries of a recovery wait for their first attempt at once: what is accepted meanwhile
 * for the same webhook waits behind these and not behind the whole backlog.
 */
const mostUntried = 64;

/**
 * Makes due what recoveries are to send, a few at a time, as the worker tries them. It stands in the
 * tables how far each is, so that it goes on after a kill.
 */
export class Recoveries implements Turns {
  private readonly loop = new TurnLoop(this);
  /** Those that may have room for more. */
  private asked = new Set<string>();
  private isAskedForAll = false;
  private stopped: Promise<void> | null = null;
  private resolveStopped: () => void = () => {};

  constructor(private readonly deps: Deps) {}

  /** Goes on with a recovery, or, without one, with all that are at work. */
  goOn(id?: string): void {
    if (id === undefined) this.isAskedForAll = true;
    else this.asked.add(id);
    this.loop.ask('urgent');
  }

  /** Makes nothing due any more, and resolves when what is being written is written. */
  stop(): Promise<void> {
    this.stopped ??= new Promise((resolve) => {
      this.resolveStopped = resolve;
      this.loop.ask('urgent');
    });
    return this.stopped;
  }

  /** Counts what attempts mean for recoveries, in the transaction that records them. */
  readonly onRecord = async (trx: Db, recorded: readonly FinishedAttempt[]): Promise<void> => {
    // Nothing else can be part of a recovery, and it is rare: the others cost nothing.
    const resent = recorded.filter(({ row }) => row.trigger !== 'event');
    if (resent.length === 0) return;
    const ids = resent.map(({ row }) => row.delivery_id);
    for (const { recovery_id, status, count } of await countByRecovery(trx, ids)) {
      const succeeded = status === 'succeeded' ? count : 0;
      const failed = status === 'failed' || status === 'cancelled' ? count : 0;
      if (status !== 'pending') await raiseRecovery(trx, recovery_id, { succeeded, failed });
      this.goOn(recovery_id);
    }
  };

  async take(): Promise<void> {
    const breathe = breathing();
    const asked = this.asked;
    // Also when nobody asked: the loop looks now and then for what was missed.
    const isAll = this.isAskedForAll || asked.size === 0;
    this.asked = new Set();
    this.isAskedForAll = false;
    try {
      for (const id of isAll ? await listRecoveriesAtWork(this.deps.db) : asked) {
        if (this.stopped) return;
        const woken = await topUp(this.deps.db, id, this.deps.now());
        if (woken !== null) this.deps.wakeWorker([woken]);
        await breathe();
      }
    } catch (error) {
      this.isAskedForAll = true;
      throw error;
    }
  }

  nextIn(): number {
    return this.isAskedForAll || this.asked.size > 0 ? 0 : Infinity;
  }

  mayWait(): boolean {
    return false;
  }

  isOver(): boolean {
    return this.stopped !== null;
  }

  onError(error: unknown): void {
    this.deps.log.error({ err: error }, 'recoveries cannot go on');
  }

  onEnd(): void {
    this.resolveStopped();
  }
}

/** Makes more deliveries of a recovery due if few wait. Gives the webhook if it did, or null. */
function topUp(db: Db, id: string, now: number): Promise<string | null> {
  return db.transaction().execute(async (trx) => {
    const recovery = await findRecovery(trx, id);
    if (!recovery || recovery.is_queued === 1) return null;
    const untried = await countUntriedOf(trx, id);
    if (untried > mostUntried / 2) return null;
    const webhook = await trx
      .selectFrom('webhook')
      .select(['kind', 'enabled'])
      .where('id', '=', recovery.webhook_id)
      .executeTakeFirst();
    if (!webhook || webhook.enabled === 0) {
      // They would only end as cancelled.
      await updateRecovery(trx, id, { is_queued: 1 });
      return null;
    }
    const count = await requeue(trx, recovery, webhook.kind, { now, limit: mostUntried - untried });
    return count > 0 ? recovery.webhook_id : null;
  });
}

async function requeue(
  trx: Db,
  recovery: RecoveryRow,
  kind: WebhookKind,
  { now, limit }: { now: number; limit: number },
): Promise<number> {
  const { id, created_at: until } = recovery;
  const places = await requeueEnded(
    trx,
    { ...recovery, kind, until },
    { recovery_id: id, now, limit },
  );
  const last = places.at(-1);
  const queued = recovery.queued + places.length;
  await updateRecovery(trx, id, {
    queued,
    ...(last && { position_at: last.accepted_at, position: last.id }),
    ...(places.length < limit && { is_queued: 1, total: queued }),
  });
  return places.length;
}
