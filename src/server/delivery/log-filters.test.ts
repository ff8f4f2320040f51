import * as fc from 'fast-check';
import { expect, it, onTestFinished, vi } from 'vitest';

import { deploymentEventTypes } from '../../contract/webhook';
import { logStatuses, type WebhookEvent } from '../../contract/webhook-event';
import { openDatabase, type Db } from '../db';
import { temporaryFolder } from '../temporary-folder';
import { readLogPage } from './log-page';
import type { LogPage } from './log-rows';
import { attemptRow, deliveryRow } from './test-log-rows';

// Generous: a busy machine starts processes and databases slowly.
vi.setConfig({ testTimeout: 60_000 });

/* Whatever is in the log and whatever is asked for: the oracle filters a plain list. */

const webhooks = ['a', 'b', 'of another organization'] as const;

/** Mostly alike, so that there are more of a kind than a page holds. */
const mostly = <T>(values: readonly [T, ...T[]]) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(values[0]) }, fc.constantFrom(...values));

const anyRow = fc.record({
  webhook: mostly(webhooks),
  event_type: mostly(deploymentEventTypes),
  status: mostly(logStatuses),
  delivery: mostly(['of one delivery', 'of another']),
});
const anyLog = fc
  .array(anyRow, { maxLength: 40, size: 'max' })
  .map((rows) => rows.map((row, index) => ({ ...row, id: idOf(index) })));
type Log = typeof anyLog extends fc.Arbitrary<infer T> ? T : never;

/** Ids between, at, and beyond the rows. */
const anyCursor = fc.option(fc.integer({ min: -1, max: 41 }).map(idOf));
const anyPage = fc.record({
  webhook_id: fc.constantFrom<(string | null)[]>(null, 'a', 'b'),
  limit: fc.integer({ min: 1, max: 8 }),
  before: anyCursor,
  after: anyCursor,
  delivery_id: fc.option(fc.constantFrom('of one delivery', 'of another'), { freq: 1 }),
  status: fc.option(fc.constantFrom(...logStatuses)),
  event_type: fc.option(fc.constantFrom(...deploymentEventTypes)),
  is_summary: fc.boolean(),
});
type Page = typeof anyPage extends fc.Arbitrary<infer T> ? T : never;

function idOf(index: number): string {
  return `00000000-0000-7000-8000-${String(index + 1).padStart(12, '0')}`;
}

/** Writes logs into one database, each into an organization of its own. */
async function openLogs() {
  const db = await openDatabase(temporaryFolder());
  onTestFinished(() => db.destroy());
  let count = 0;
  return async (log: Log) => {
    count += 1;
    const round = count;
    const nameOf = (name: string) => `${name} ${round}`;
    const uniqueOf = (id: string) => id.replace(/^0{8}/, String(round).padStart(8, '0'));
    await write(db, log, nameOf, uniqueOf);
    return async (page: Page): Promise<string[]> => {
      const { webhook_id, before, after } = page;
      const rows = await read(db, {
        ...page,
        organization_id: nameOf('own'),
        webhook_id: webhook_id && nameOf(webhook_id),
        delivery_id: page.delivery_id && nameOf(page.delivery_id),
        before: before && uniqueOf(before),
        after: after && uniqueOf(after),
      });
      return rows.map(({ id }) => id.replace(/^\d{8}/, '00000000'));
    };
  };
}

async function write(
  db: Db,
  log: Log,
  nameOf: (name: string) => string,
  uniqueOf: (id: string) => string,
): Promise<void> {
  for (const { webhook, event_type, status, delivery, id } of log) {
    const row = {
      id: uniqueOf(id),
      organization_id: nameOf(webhook === webhooks[2] ? 'other' : 'own'),
      webhook_id: nameOf(webhook),
      event_type,
    };
    if (status === 'pending') await db.insertInto('delivery').values(deliveryRow(row)).execute();
    else {
      const attempt = attemptRow({ ...row, delivery_id: nameOf(delivery), outcome: status });
      await db.insertInto('attempt').values(attempt).execute();
    }
  }
}

async function read(db: Db, page: LogPage): Promise<WebhookEvent[]> {
  const rows: WebhookEvent[] = [];
  for await (const texts of readLogPage(db, page)) {
    rows.push(...texts.map((text) => JSON.parse(text) as WebhookEvent));
  }
  return rows;
}

function expected(log: Log, page: Page): string[] {
  const ids = log
    .filter(({ webhook }) => webhook !== webhooks[2])
    .filter(({ webhook }) => page.webhook_id === null || page.webhook_id === webhook)
    .filter(({ status }) => page.status === null || page.status === status)
    .filter(({ event_type }) => page.event_type === null || page.event_type === event_type)
    .filter(
      ({ delivery, status }) =>
        page.delivery_id === null || (page.delivery_id === delivery && status !== 'pending'),
    )
    .map(({ id }) => id)
    .filter((id) => page.before === null || id < page.before)
    .filter((id) => page.after === null || id > page.after)
    .toReversed();
  return page.after === null ? ids.slice(0, page.limit) : ids.slice(-page.limit);
}

it('gives the rows that a plain filter gives', async () => {
  const writeLog = await openLogs();
  await fc.assert(
    fc.asyncProperty(
      anyLog,
      fc.array(anyPage, { minLength: 10, maxLength: 20 }),
      async (log, pages) => {
        const readPage = await writeLog(log);
        for (const page of pages) expect(await readPage(page)).toEqual(expected(log, page));
      },
    ),
  );
});

it.each(['before', 'after'] as const)(
  'visits each row once, page by page by %s',
  async (cursor) => {
    const writeLog = await openLogs();
    await fc.assert(
      fc.asyncProperty(anyLog, anyPage, async (log, wanted) => {
        const readPage = await writeLog(log);
        const start = { ...wanted, before: null, after: null };
        const seen: string[] = [];
        for (let at = cursor === 'after' ? idOf(-1) : null; ;) {
          const ids = await readPage({ ...start, [cursor]: at });
          const isUpwards = cursor === 'after';
          if (isUpwards) seen.unshift(...ids);
          else seen.push(...ids);
          const next = isUpwards ? ids[0] : ids.at(-1);
          if (next === undefined) break;
          // A page that repeats rows would go on for ever.
          expect(seen.length).toBeLessThanOrEqual(log.length);
          at = next;
        }
        expect(seen).toEqual(expected(log, { ...start, limit: log.length + 1 }));
      }),
    );
  },
);
