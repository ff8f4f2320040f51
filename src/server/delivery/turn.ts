import type { Db } from '../db';
import type { MatchingWebhooks } from '../matching-webhooks';
import type { ClaimedDelivery, FinishedAttempt } from './attempt';
import { bodyKey, readBodies } from './body-store';
import {
  claimDeliveries,
  listDue,
  nextDueOf,
  type DueDelivery,
  type WebhookDue,
} from './delivery-store';
import { hostOf, type HostSlots } from './host-slots';
import { recordAttempts, type Recorded } from './record-attempts';

/** What is to be written and taken. */
export interface Turn {
  /** Attempts that have ended since the last turn. */
  ended: readonly FinishedAttempt[];
  /** Webhooks whose due deliveries are to be taken. */
  webhookIds: readonly string[];
  /** How many deliveries may be taken; asked when nobody else can take any. */
  room: () => number;
  /** Milliseconds since 1970. */
  now: number;
  /** When deliveries taken now count as lost, milliseconds since 1970. */
  leaseEnd: number;
}

/** What was done. */
export interface TurnResult extends Recorded {
  claimed: ClaimedDelivery[];
  /** When the webhooks looked at are due next. */
  next: WebhookDue[];
}

/**
 * Called within the transaction that writes attempts into the log, with those attempts: what it
 * changes is committed with them or not at all. If it rejects, the turn fails and is taken again.
 */
export type OnRecord = (trx: Db, recorded: readonly FinishedAttempt[]) => Promise<void>;

/** Who else is to know, within the transaction. */
export interface TurnWitnesses {
  /** Is told of the webhooks that are disabled. */
  matchingWebhooks: Pick<MatchingWebhooks, 'invalidate'>;
  onRecord?: OnRecord | undefined;
}

/**
 * Records what has ended and takes what comes next, in one transaction: one write to the disk serves
 * all deliveries that are on the move. What is claimed holds its slot from then on.
 */
export async function takeTurn(
  db: Db,
  slots: HostSlots,
  turn: Turn,
  { matchingWebhooks, onRecord }: TurnWitnesses,
): Promise<TurnResult> {
  const chosen: PlacedDelivery[] = [];
  try {
    return await db.transaction().execute(async (trx) => {
      const recorded = await recordAttempts(trx, turn.ended, turn.now, matchingWebhooks);
      if (recorded.recorded.length > 0) await onRecord?.(trx, recorded.recorded);
      if (turn.webhookIds.length === 0) return { ...recorded, claimed: [], next: [] };
      chosen.push(...(await choose(trx, slots, turn)));
      const claimed = await claim(trx, chosen, turn.leaseEnd);
      const next = await nextDueOf(trx, turn.webhookIds);
      const waiting = new Set(next.map(({ webhook_id }) => webhook_id));
      for (const id of turn.webhookIds) if (!waiting.has(id)) slots.forget(id);
      return { ...recorded, claimed, next };
    });
  } catch (error) {
    for (const { host } of chosen) slots.release(host, null);
    throw error;
  }
}

async function claim(
  trx: Db,
  chosen: readonly PlacedDelivery[],
  leaseEnd: number,
): Promise<ClaimedDelivery[]> {
  if (chosen.length === 0) return [];
  const ids = chosen.map(({ id }) => id);
  await claimDeliveries(trx, ids, leaseEnd);
  const bodies = await readBodies(trx, chosen);
  return chosen.map((delivery) => claimedFrom(delivery, bodies.get(bodyKey(delivery)) ?? null));
}

function claimedFrom(delivery: PlacedDelivery, body: string | null): ClaimedDelivery {
  return { ...delivery, attempt: delivery.attempt + 1, body };
}

interface PlacedDelivery extends DueDelivery {
  host: string;
}

/**
 * Those that can start at once, with their slots: as many as there is room for, and slots at their
 * hosts. Webhooks take turns, so that the long queue of one is not put before the others of its host.
 */
async function choose(
  trx: Db,
  slots: HostSlots,
  { webhookIds, room, now }: Turn,
): Promise<PlacedDelivery[]> {
  const perWebhook = Math.max(...webhookIds.map((id) => slots.freeFor(id)));
  // Others may have taken slots since; and to the engine a limit below 0 is none.
  if (perWebhook <= 0) return [];
  const due = await listDue(trx, webhookIds, now, perWebhook);
  const most = room();
  const chosen: PlacedDelivery[] = [];
  for (const delivery of inTurns(due)) {
    if (chosen.length >= most) break;
    const host = hostOf(delivery);
    slots.note(delivery.webhook_id, host);
    if (slots.tryTake(host)) chosen.push({ ...delivery, host });
  }
  return chosen;
}

/** First the first of each webhook, then the second of each, … */
function inTurns(due: readonly DueDelivery[]): DueDelivery[] {
  const counts = new Map<string, number>();
  const ranks = new Map<DueDelivery, number>();
  for (const delivery of due) {
    const rank = counts.get(delivery.webhook_id) ?? 0;
    counts.set(delivery.webhook_id, rank + 1);
    ranks.set(delivery, rank);
  }
  return due.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
}
