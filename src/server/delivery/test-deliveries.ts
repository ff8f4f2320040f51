import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';

import ipaddr from 'ipaddr.js';
import { pino } from 'pino';
import { newId } from '../new-id';
import { onTestFinished } from 'vitest';

import type { WebhookKind } from '../../contract/webhook';
import { openDatabase, type Db } from '../db';
import type { Log } from '../log';
import { createMatchingWebhooks } from '../matching-webhooks';
import { createSecretBox } from '../secret-box';
import type { WebhookTable } from '../tables';
import { temporaryFolder } from '../temporary-folder';
import { enqueueDeliveries, planDelivery } from './enqueue';
import { startWorker, type Worker, type WorkerDeps } from './worker';

/** Whose everything is. */
export const organizationId = '00000000-0000-4000-8000-000000000001';
const secretBox = createSecretBox(Buffer.alloc(32, 'k'));

/** For tests: a database with its worker, and what is needed to give it work. */
export interface Deliveries {
  db: Db;
  /** The worker's clock; it stands still unless it is set. */
  clock: { now: number };
  log: Log;
  /** The lines of the log so far. */
  logged: Record<string, unknown>[];
  start(
    options?: Partial<WorkerDeps['settings']> & Pick<WorkerDeps, 'lookUp'>,
    onRecord?: WorkerDeps['onRecord'],
  ): Worker;
  addWebhook(url: string, change?: Partial<WebhookTable> & { secret?: string }): Promise<string>;
  setWebhook(id: string, change: Partial<WebhookTable>): Promise<void>;
  /** Accepts an event with deliveries to webhooks, and gives the deliveries' ids. */
  accept(webhookIds: string[], change?: { kind?: WebhookKind; body?: string }): Promise<string[]>;
  /** The log's rows of a delivery, oldest first. */
  attempts(deliveryId: string): ReturnType<typeof attemptsOf>;
  /** Resolves when a delivery's log has so many rows. */
  hasTried(deliveryId: string, count: number): Promise<void>;
  /** Resolves when there is a line with this message. */
  hasLogged(message: string): Promise<void>;
  status(deliveryId: string): Promise<string | undefined>;
  /** How often a delivery was claimed. */
  claims(deliveryId: string): Promise<number | undefined>;
}

/** Opens a fresh database; workers and database are gone when the test is over. */
export async function prepareDeliveries(): Promise<Deliveries> {
  const db = await openDatabase(temporaryFolder());
  onTestFinished(() => db.destroy());
  return deliveriesOn(db);
}

/** The same on a database that is open, with a clock that others may go by too. */
export function deliveriesOn(
  db: Db,
  clock = { now: 1_700_000_000_000 },
  matchingWebhooks: WorkerDeps['matchingWebhooks'] = createMatchingWebhooks(),
): Deliveries {
  const { log, logged, hasLogged } = capturingLog();
  return {
    db,
    clock,
    log,
    logged,
    start({ lookUp, ...options } = {}, onRecord) {
      const settings = {
        retrySchedule: [1000, 60_000],
        deliveryTimeout: 20_000,
        allowedPrivateTargets: [ipaddr.parseCIDR('127.0.0.0/8')],
        ...options,
      };
      const now = () => clock.now;
      const worker = startWorker({
        db,
        log,
        secretBox,
        matchingWebhooks,
        settings,
        now,
        random: () => 0.5,
        ...(lookUp && { lookUp }),
        ...(onRecord && { onRecord }),
      });
      onTestFinished(() => worker.stop());
      return worker;
    },
    addWebhook: (url, change) => addWebhook(db, url, change),
    setWebhook: async (id, change) => {
      await db.updateTable('webhook').set(change).where('id', '=', id).execute();
    },
    accept: (webhookIds, change) => accept(db, clock.now, webhookIds, change),
    attempts: (deliveryId) => attemptsOf(db, deliveryId),
    hasTried: (deliveryId, count) =>
      hasLogged((lines) => lines.filter((line) => line.delivery === deliveryId).length >= count),
    hasLogged: (message) => hasLogged((lines) => lines.some(({ msg }) => msg === message)),
    async status(deliveryId) {
      const query = db.selectFrom('delivery').select('status').where('id', '=', deliveryId);
      return (await query.executeTakeFirst())?.status;
    },
    async claims(deliveryId) {
      const query = db.selectFrom('delivery').select('attempt').where('id', '=', deliveryId);
      return (await query.executeTakeFirst())?.attempt;
    },
  };
}

function attemptsOf(db: Db, deliveryId: string) {
  return db
    .selectFrom('attempt')
    .selectAll()
    .where('delivery_id', '=', deliveryId)
    .orderBy('id')
    .execute();
}

async function addWebhook(
  db: Db,
  url: string,
  { secret, ...change }: Partial<WebhookTable> & { secret?: string } = {},
): Promise<string> {
  const id = randomUUID();
  const row: WebhookTable = {
    id,
    organization_id: organizationId,
    created_at: 1,
    updated_at: 1,
    version: 1,
    kind: 'STANDARD',
    target_url: url,
    target_secret: secret === undefined ? null : secretBox.seal(id, secret),
    description: '',
    enabled: 1,
    events: '[]',
    project_names_filter: '[]',
    environment_types_filter: '[]',
    disabled_reason: null,
    disabled_at: null,
    ...change,
  };
  await db.insertInto('webhook').values(row).execute();
  return id;
}

function accept(
  db: Db,
  accepted_at: number,
  webhookIds: string[],
  { kind = 'STANDARD', body = '{"standard":"ü"}' }: { kind?: WebhookKind; body?: string } = {},
): Promise<string[]> {
  return db.transaction().execute(async (trx) => {
    const id = randomUUID();
    const event = {
      organization_id: organizationId,
      id,
      accepted_at,
      event_type: 'DEPLOYMENT_STARTED' as const,
    };
    await trx
      .insertInto('deployment_event')
      .values({
        ...event,
        accepted_id: newId(),
        mode: 'PRODUCTION',
        project_id: id,
        project_name: 'p',
        environment_id: id,
        environment_name: 'e',
        content_hash: '',
        standard_body: body,
        slack_body: kind === 'SLACK' ? '{"text":"slack"}' : null,
      })
      .execute();
    const urls = new Map(
      (await trx.selectFrom('webhook').select(['id', 'target_url']).execute()).map((row) => [
        row.id,
        row.target_url,
      ]),
    );
    const deliveries = webhookIds.map((webhookId) =>
      planDelivery(event, { id: webhookId, kind, target_url: urls.get(webhookId) ?? '' }),
    );
    await enqueueDeliveries(trx, deliveries);
    return deliveries.map((delivery) => delivery.id);
  });
}

/** A log that keeps its lines, and tells those who wait for one. */
function capturingLog() {
  const logged: Record<string, unknown>[] = [];
  const waiting = new Set<() => void>();
  const stream = new Writable({
    write(chunk, _encoding, done) {
      logged.push(JSON.parse(String(chunk)) as Record<string, unknown>);
      for (const look of waiting) look();
      done();
    },
  });
  const hasLogged = (isIt: (lines: Record<string, unknown>[]) => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!isIt(logged)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return { log: pino({ base: null }, stream), logged, hasLogged };
}
