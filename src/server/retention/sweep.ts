import type { Db } from '../db';
import type { AcceptedPlace } from '../deployment-event-store';
import { dayLength } from '../duration';
import { listOrganizations } from '../organization-store';
import {
  deleteAttemptsOf,
  deleteCountsBefore,
  deleteEndedDeliveries,
  deleteEventsWithoutDeliveries,
  deleteRecoveriesBefore,
  deleteTestsBefore,
  hasPendingDelivery,
  listEndedDeliveries,
  listEventsInOrder,
  type EventInOrder,
} from './expired-store';

/** What a sweep goes by. */
export interface SweepOptions {
  db: Db;
  /** What was accepted before this time goes; milliseconds since 1970. */
  before: number;
  /** Awaited after each piece of the work: others have their turn. Rejects to end the sweep. */
  pause: () => Promise<void>;
}

/** How many rows were removed. */
export interface Swept {
  events: number;
  deliveries: number;
  attempts: number;
}

/** Events have two bodies of up to 256 KiB, page by page to be given back. */
const eventsPerBatch = 8;
const deliveriesPerBatch = 64;
/** An attempt holds up to 16 KiB of an answer. */
const attemptsPerStatement = 64;
const smallRowsPerStatement = 250;

/**
 * Removes what is older than a time: events with their deliveries and the attempts of these, tests,
 * the counts of days that are wholly past, and recoveries. An event stays, with all that belongs to
 * it, while one of its deliveries is pending. Attempts go first and the event last, each statement in a
 * transaction of its own, which waits for the disk beside the event loop: wherever it is cut off, the next sweep goes on, and what is made due again
 * meanwhile still has its body.
 */
export async function sweep(options: SweepOptions): Promise<Swept> {
  const { db, before } = options;
  const swept: Swept = { events: 0, deliveries: 0, attempts: 0 };
  for (const { id } of await listOrganizations(db)) {
    await sweepEvents(options, id, swept);
    const firstDay = Math.floor(before / dayLength);
    await repeat(options, (trx, limit) => deleteCountsBefore(trx, id, firstDay, limit));
  }
  swept.attempts += await repeat(options, (trx, limit) => deleteTestsBefore(trx, before, limit));
  await repeat(options, (trx, limit) => deleteRecoveriesBefore(trx, before, limit));
  return swept;
}

async function sweepEvents(
  options: SweepOptions,
  organizationId: string,
  swept: Swept,
): Promise<void> {
  const { db, before } = options;
  let after: AcceptedPlace = { accepted_at: 0, accepted_id: '' };
  for (let isDone = false; !isDone;) {
    const page = await listEventsInOrder(db, organizationId, after, eventsPerBatch);
    const old = page.filter(({ accepted_at }) => accepted_at < before);
    await removeEvents(options, organizationId, old, swept);
    isDone = old.length < eventsPerBatch;
    after = page.at(-1) ?? after;
  }
}

/** Removes those of these events that nobody waits for. */
async function removeEvents(
  options: SweepOptions,
  organizationId: string,
  events: readonly EventInOrder[],
  swept: Swept,
): Promise<void> {
  const { db, pause } = options;
  const ids: string[] = [];
  for (const { id } of events) {
    if (!(await hasPendingDelivery(db, organizationId, id))) ids.push(id);
  }
  if (ids.length > 0) {
    await removeDeliveries(options, organizationId, ids, swept);
    swept.events += await alone(db, (trx) =>
      deleteEventsWithoutDeliveries(trx, organizationId, ids),
    );
  }
  if (events.length > 0) await pause();
}

async function removeDeliveries(
  { db, pause }: SweepOptions,
  organizationId: string,
  eventIds: readonly string[],
  swept: Swept,
): Promise<void> {
  const next = () => listEndedDeliveries(db, organizationId, eventIds, deliveriesPerBatch);
  for (let ids = await next(); ids.length > 0; ids = await next()) {
    for (let removed = attemptsPerStatement; removed === attemptsPerStatement;) {
      removed = await alone(db, (trx) => deleteAttemptsOf(trx, ids, attemptsPerStatement));
      swept.attempts += removed;
      if (removed > 0) await pause();
    }
    swept.deliveries += await alone(db, (trx) => deleteEndedDeliveries(trx, ids));
    await pause();
  }
}

/** Removes small rows until there are none left. Gives how many there were. */
async function repeat(
  { db, pause }: SweepOptions,
  remove: (trx: Db, limit: number) => Promise<number>,
): Promise<number> {
  let all = 0;
  for (let removed = smallRowsPerStatement; removed === smallRowsPerStatement;) {
    removed = await alone(db, (trx) => remove(trx, smallRowsPerStatement));
    all += removed;
    if (removed > 0) await pause();
  }
  return all;
}

function alone(db: Db, remove: (trx: Db) => Promise<number>): Promise<number> {
  return db.transaction().execute(remove);
}
