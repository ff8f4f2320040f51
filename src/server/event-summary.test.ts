import { randomUUID } from 'node:crypto';

import * as fc from 'fast-check';
import { expect, it, onTestFinished, vi } from 'vitest';

import type { EventSummaryRow } from '../contract/past-event';
import { deploymentEventTypes } from '../contract/webhook';
import { openDatabase } from './db';
import {
  countDeploymentEvents,
  insertDeploymentEvents,
  type DeploymentEventRow,
} from './deployment-event-store';
import { dayLength } from './duration';
import { createEventSummaries } from './event-summary';
import { eventRow } from './test-event-row';
import { temporaryFolder } from './temporary-folder';

// Generous: a busy machine starts processes and databases slowly.
vi.setConfig({ testTimeout: 60_000 });

const firstDay = 20_000;
const retention = 3 * dayLength;

/** Times of which many are at, just before, or just after the start of a day. */
const anyTime = fc
  .record({
    day: fc.integer({ min: 0, max: 5 }),
    moment: fc.oneof(fc.constantFrom(-1, 0, 1), fc.integer({ min: 0, max: dayLength - 1 })),
  })
  .map(({ day, moment }) => (firstDay + day) * dayLength + moment);

const anyEvents = fc.array(
  fc.record({
    accepted_at: anyTime,
    event_type: fc.constantFrom(...deploymentEventTypes),
    mode: fc.constantFrom('PRODUCTION', 'PREVIEW'),
    project_name: fc.constantFrom('api', 'Api', 'a b', ''),
  }),
  { maxLength: 60 },
);

async function openSummaries() {
  const db = await openDatabase(temporaryFolder());
  onTestFinished(() => db.destroy());
  return {
    db,
    async read(organizationId: string, since: number | null, now: number) {
      const summaries = createEventSummaries({ db, now: () => now, retention });
      const texts = (await summaries.read(organizationId, since)).flat();
      return texts.map((text) => JSON.parse(text) as EventSummaryRow);
    },
    async add(rows: DeploymentEventRow[]) {
      await insertDeploymentEvents(db, rows);
      await countDeploymentEvents(db, rows);
    },
  };
}

const keyOf = ({ event_type, mode, project_name }: Omit<EventSummaryRow, 'count' | 'latest_at'>) =>
  JSON.stringify([event_type, mode, project_name]);

it('counts as a plain count does, whatever the time is', async () => {
  const { add, read } = await openSummaries();
  const anySince = fc.option(anyTime);
  await fc.assert(
    fc.asyncProperty(anyEvents, fc.array(anySince), anyTime, async (events, times, now) => {
      const id = randomUUID();
      await add(events.map((event) => eventRow({ ...event, organization_id: id })));
      await add(events.map((event) => eventRow({ ...event, organization_id: randomUUID() })));
      for (const since of [null, ...times]) {
        const from = Math.max(since ?? 0, now - retention);
        const counted = events.filter(({ accepted_at }) => accepted_at >= from);
        const rows = await read(id, since, now);
        expect(rows.map(({ latest_at }) => latest_at)).toEqual(
          rows
            .map(({ latest_at }) => latest_at)
            .toSorted()
            .toReversed(),
        );
        for (const row of rows) {
          const same = counted.filter((event) => keyOf(event) === keyOf(row));
          const latest = Math.max(...same.map(({ accepted_at }) => accepted_at));
          expect(row).toMatchObject({
            count: same.length,
            latest_at: new Date(latest).toISOString(),
          });
        }
        expect(new Set(rows.map(keyOf))).toEqual(new Set(counted.map(keyOf)));
        expect(rows).toHaveLength(new Set(rows.map(keyOf)).size);
      }
    }),
  );
});

it('goes through many events and many groups page by page', async () => {
  const { add, read } = await openSummaries();
  const now = (firstDay + 1) * dayLength + 5000;
  const rows = Array.from({ length: 6000 }, (_, index) =>
    eventRow({
      accepted_at: index < 4000 ? now - dayLength : now,
      event_type: 'DEPLOYMENT_FAILURE',
      mode: 'PREVIEW',
      project_name: `project ${index % 2000}`,
    }),
  );
  await add(rows);
  const countsSince = async (since: number | null) =>
    (await read('o', since, now)).map(({ count }) => count);
  expect(await countsSince(null)).toEqual(Array(2000).fill(3));
  expect(await countsSince(now - dayLength)).toEqual(Array(2000).fill(3));
  expect(await countsSince(now)).toEqual(Array(2000).fill(1));
});

it('asks the database once for those who ask at the same time, and again after a failure', async () => {
  const { db, add } = await openSummaries();
  const now = firstDay * dayLength;
  await add([eventRow({ accepted_at: now })]);
  const summaries = createEventSummaries({ db, now: () => now, retention });
  await db.schema.alterTable('deployment_event_count').renameTo('away').execute();
  await expect(summaries.read('o', null)).rejects.toThrow('deployment_event_count');
  await db.schema.alterTable('away').renameTo('deployment_event_count').execute();
  const [first, second] = await Promise.all([summaries.read('o', null), summaries.read('o', null)]);
  expect(first).toHaveLength(1);
  expect(second).toBe(first);
});
