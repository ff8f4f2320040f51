import type { RootOperationNode } from 'kysely';
import Database from 'libsql';
import { expect, it } from 'vitest';

import { countsOfDays, countsUntilNextDay } from '../event-summary-store';
import { listPastEvents } from '../past-event-store';
import { prepareDataFolder } from '../data-folder';
import { openDatabase, type Db } from '../db';
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
} from '../retention/expired-store';
import { eventRow } from '../test-event-row';
import { temporaryFolder } from '../temporary-folder';
import { readBodies } from './body-store';
import { listDue, listWebhooksDue, nextDueOf, releaseLeases } from './delivery-store';
import { readLogPage, readLogRow } from './log-page';
import {
  countEnded,
  countUntriedOf,
  hasPendingOf,
  listRecoveriesAtWork,
  recoveryAtWork,
  requeueEnded,
} from './recovery-store';
import { attemptRow, deliveryRow } from './test-log-rows';
import { healthPages, readTriedWebhooks } from './webhook-health-store';

/** How the engine goes about the statements of a function: the steps of its plan. */
async function stepsOf(run: (db: Db) => Promise<unknown>): Promise<string[]> {
  const folder = temporaryFolder();
  const db = await openDatabase(folder);
  // One row each, or what reads rows that were found would have nothing to read.
  await db.insertInto('deployment_event').values(eventRow({})).execute();
  await db
    .insertInto('delivery')
    .values(deliveryRow({ id: 'w1' }))
    .execute();
  await db
    .insertInto('attempt')
    .values(attemptRow({ id: 'w2' }))
    .execute();
  const nodes: RootOperationNode[] = [];
  await run(
    db.withPlugin({
      transformQuery({ node }) {
        nodes.push(node);
        return node;
      },
      transformResult: async ({ result }) => result,
    }),
  );
  const queries = nodes.map((node) => db.getExecutor().compileQuery(node, { queryId: 'plan' }));
  await db.destroy();
  // Kysely takes a statement that explains for one without rows.
  const engine = new Database(prepareDataFolder(folder));
  const steps = queries.flatMap(({ sql, parameters }) =>
    engine.prepare(`explain query plan ${sql}`).all(...parameters),
  ) as { detail: string }[];
  engine.close();
  return steps.map(({ detail }) => detail);
}

const ended = { webhook_id: 'w', kind: 'SLACK', position_at: 1, position: 'x', until: 2 } as const;
const recovery = { recovery_id: 'r', now: 1, limit: 9 };
const fromPlace = /delivery_ended \(webhook_id=. AND kind=. AND \(accepted_at,id\)>\(.,.\)/;
const body = { organization_id: 'o', event_id: 'e', kind: 'SLACK' } as const;
const page = {
  organization_id: 'o',
  webhook_id: null,
  limit: 50,
  before: 'x',
  after: 'v',
  delivery_id: null,
  status: null,
  event_type: null,
  is_summary: false,
};
const pastEvents = {
  organization_id: 'o',
  limit: 50,
  before: { accepted_at: 2, accepted_id: 'x' },
  webhook_id: 'w',
};
const pageOfWebhook = { ...page, webhook_id: 'w', after: null };
const name = { organization_id: 'o', webhook_id: 'w', id: 'i' };

it.each<[string, (db: Db) => Promise<unknown>, RegExp]>([
  ['releases leases', (db) => releaseLeases(db, 1), /delivery USING .*INDEX delivery_in_flight/],
  ['lists webhooks that are due', (db) => listWebhooksDue(db, '', 9), /INDEX delivery_due/],
  ['finds when webhooks are due', (db) => nextDueOf(db, ['w']), /INDEX delivery_due/],
  ['lists what is due', (db) => listDue(db, ['w'], 1, 8), /due USING .*INDEX delivery_due/],
  ['reads what is due', (db) => listDue(db, ['w'], 1, 8), /delivery USING INDEX sqlite_auto.*id=/],
  ['reads bodies', (db) => readBodies(db, [body]), /deployment_event USING INDEX .*id=. AND id=/],
  ['counts what ended without success', (db) => countEnded(db, ended), fromPlace],
  ['requeues what ended', (db) => requeueEnded(db, ended, recovery), fromPlace],
  ['counts what was not tried since', (db) => countUntriedOf(db, 'r'), /INDEX delivery_recovering/],
  ['looks for what is pending', (db) => hasPendingOf(db, 'r'), /INDEX delivery_recovering/],
  ['finds the recovery at work', (db) => recoveryAtWork(db, 'w'), /INDEX recovery_at_work/],
  ['lists recoveries at work', (db) => listRecoveriesAtWork(db), /INDEX recovery_at_work/],
  [
    'lists what was not tried of a webhook',
    (db) => readLogPage(db, pageOfWebhook).next(),
    /delivery USING .*INDEX delivery_untried \(webhook_id=. AND event_type=. AND id>. AND id<.\)/,
  ],
  [
    'lists attempts of a webhook',
    (db) => readLogPage(db, pageOfWebhook).next(),
    /attempt USING .*INDEX attempt_of_webhook \(.*outcome=. AND id>. AND id<.\)/,
  ],
  [
    'lists what was not tried',
    (db) => readLogPage(db, page).next(),
    /delivery USING .*INDEX delivery_untried_in_order \(.*event_type=. AND id>. AND id<.\)/,
  ],
  [
    'lists attempts',
    (db) => readLogPage(db, page).next(),
    /attempt USING .*INDEX attempt_in_order \(.*outcome=. AND id>. AND id<.\)/,
  ],
  [
    'lists attempts of a delivery',
    (db) => readLogPage(db, { ...page, delivery_id: 'd' }).next(),
    /attempt USING INDEX attempt_of_delivery/,
  ],
  ['reads attempts', (db) => readLogPage(db, page).next(), /attempt USING INDEX sqlite_auto.*id=/],
  [
    'reads what was not tried',
    (db) => readLogPage(db, page).next(),
    /delivery USING INDEX sqlite_auto.*id=/,
  ],
  [
    'lists past events',
    (db) => listPastEvents(db, pastEvents),
    /INDEX deployment_event_in_order \(organization_id=. AND \(accepted_at,accepted_id\)</,
  ],
  [
    'finds the times of past events',
    (db) => listPastEvents(db, pastEvents),
    /deployment_event USING INDEX sqlite_auto.* \(organization_id=. AND id=/,
  ],
  [
    'finds the deliveries of past events',
    (db) => listPastEvents(db, pastEvents),
    /INDEX delivery_of_event \(event_id=. AND webhook_id=/,
  ],
  [
    'lists counts',
    (db) => countsOfDays(db, 'o', 1).next(),
    /deployment_event_count USING INDEX .*\(organization_id=. AND \(day,event_type,mode,project_name\)>/,
  ],
  [
    'counts the events of a day',
    (db) => countsUntilNextDay(db, 'o', 1).next(),
    /COVERING INDEX deployment_event_in_order \(.* AND \(accepted_at,accepted_id\)>.* AND \(accepted_at,accepted_id\)</,
  ],
  ['finds an attempt', (db) => readLogRow(db, name), /attempt USING INDEX sqlite_auto.*id=/],
  [
    'finds the attempt that took the place of a delivery',
    (db) => readLogRow(db, name),
    /attempt USING INDEX attempt_of_delivery \(delivery_id=.\)/,
  ],
  [
    'reads tried webhooks',
    (db) => readTriedWebhooks(db, ['w']),
    /SEARCH webhook USING INDEX .*id=/,
  ],
  ['reads their health', (db) => readTriedWebhooks(db, ['w']), /SEARCH health USING INDEX .*id=/],
  [
    'lists health',
    (db) => healthPages(db, 'o').next(),
    /webhook_health USING INDEX webhook_health_of_organization .*webhook_id>/,
  ],
  [
    'lists old events',
    (db) => listEventsInOrder(db, 'o', { accepted_at: 1, accepted_id: 'x' }, 8),
    /INDEX deployment_event_in_order \(organization_id=. AND \(accepted_at,accepted_id\)>/,
  ],
  ['finds the pending', (db) => hasPendingDelivery(db, 'o', 'e'), /INDEX delivery_of_event/],
  [
    'lists ended deliveries',
    (db) => listEndedDeliveries(db, 'o', ['e'], 9),
    /INDEX delivery_of_event \(event_id=/,
  ],
  ['finds old attempts', (db) => deleteAttemptsOf(db, ['d'], 9), /INDEX attempt_of_delivery/],
  [
    'removes attempts',
    (db) => deleteAttemptsOf(db, ['d'], 9),
    /attempt USING COVERING INDEX sqlite_auto/,
  ],
  ['removes deliveries', (db) => deleteEndedDeliveries(db, ['d']), /INDEX sqlite_auto.*\(id=/],
  [
    'removes events',
    (db) => deleteEventsWithoutDeliveries(db, 'o', ['e']),
    /deployment_event USING COVERING INDEX .*\(organization_id=. AND id=/,
  ],
  [
    'sees no deliveries',
    (db) => deleteEventsWithoutDeliveries(db, 'o', ['e']),
    /delivery_of_event/,
  ],
  ['finds old tests', (db) => deleteTestsBefore(db, 1, 9), /INDEX attempt_test \(started_at</],
  [
    'finds old counts',
    (db) => deleteCountsBefore(db, 'o', 1, 9),
    /INDEX .* \(organization_id=. AND day</,
  ],
  ['finds old recoveries', (db) => deleteRecoveriesBefore(db, 1, 9), /INDEX recovery_by_age/],
])('%s by an index, without a look at all rows', async (_what, run, index) => {
  const steps = await stepsOf(run);
  expect(steps).toContainEqual(expect.stringMatching(index));
  // What a statement is given as JSON, what it makes itself, and what an index holds alone, is short.
  const isShort = (step: string) =>
    /^SCAN (?:json_each|waiting|wanted|settled|value|range|few)\b|SCAN .* VIRTUAL TABLE|delivery_in_flight|recovery_at_work/.test(
      step,
    );
  expect(steps.filter((step) => step.startsWith('SCAN') && !isShort(step))).toEqual([]);
  expect(steps.filter((step) => step.includes('TEMP B-TREE FOR ORDER'))).toEqual([]);
});
