import { setImmediate as nextRound } from 'node:timers/promises';

import { onTestFinished } from 'vitest';

import {
  deploymentEventsPath,
  recoverPath,
  recoveryPath,
  redeliverPath,
  webhookEventsPath,
  webhookPath,
  webhooksPath,
  webhookTestPath,
} from '../contract/api-paths';
import { recoverySchema, type Recovery } from '../contract/resend';
import { Recoveries } from './delivery/recoveries';
import { deliveriesOn } from './delivery/test-deliveries';
import type { Worker, WorkerDeps } from './delivery/worker';
import { newId } from './new-id';
import { createTestServer, organizationId } from './test-server';

const event = {
  event_type: 'DEPLOYMENT_STARTED',
  project: { name: 'api' },
  environment: { name: 'main', mode: 'STAGING' },
};

/** For tests: the app and, once it is started, a worker that sends what the app takes in. */
export async function createSendingServer() {
  let running: Worker | undefined;
  const server = await createTestServer({
    reserve: (webhook) => running?.reserve(webhook) ?? null,
    wakeWorker: (webhookIds) => running?.wake(webhookIds),
    lend: (run) => running?.lend(run) ?? null,
  });
  const deliveries = deliveriesOn(server.db, server.clock, server.deps.matchingWebhooks);
  const { deps, call } = server;
  return {
    ...server,
    deliveries,
    /** Starts the worker, and what recoveries go on by. */
    start(options?: Partial<WorkerDeps['settings']>) {
      const recoveries = new Recoveries(deps);
      const worker = deliveries.start(options, recoveries.onRecord);
      onTestFinished(() => recoveries.stop());
      running = worker;
      Object.assign(deps, { worker, recoveries });
      recoveries.goOn();
      return { worker, recoveries };
    },
    /** Adds a STANDARD webhook for all that `post` posts. Gives its id. */
    async addWebhook(target_url: string, change: object = {}): Promise<string> {
      const body = { kind: 'STANDARD', target_url, events: [event.event_type], ...change };
      const added = await call('POST', webhooksPath(organizationId), { body });
      return String(added.body.id);
    },
    async setWebhook(id: string, target_url: string, change: object): Promise<void> {
      const body = { kind: 'STANDARD', target_url, events: [event.event_type], ...change };
      const { status, text } = await call('PUT', webhookPath(organizationId, id), { body });
      if (status !== 200) throw new Error(text);
    },
    /** Takes an event in. Gives the ids of the deliveries that it led to. */
    async post(): Promise<string[]> {
      const { body } = await call('POST', deploymentEventsPath(organizationId), { body: event });
      return (body.deliveries as { id: string }[]).map(({ id }) => id);
    },
    /** The log of a webhook, newest first. */
    async log(webhookId: string) {
      const { body } = await call('GET', webhookEventsPath(organizationId, webhookId));
      return body.results as Record<string, unknown>[];
    },
    /**
     * Adds deliveries to a webhook that have failed, of one event, accepted a millisecond after
     * another from a time on. Gives their ids.
     */
    async addFailed(webhook_id: string, count: number, from: number): Promise<string[]> {
      const { db } = server;
      const [id = ''] = await this.post();
      const query = db.selectFrom('delivery').selectAll();
      const row = await query.where('id', '=', id).executeTakeFirstOrThrow();
      await db.deleteFrom('delivery').where('event_id', '=', row.event_id).execute();
      const rows = Array.from({ length: count }, (_, index) => {
        const failed = { status: 'failed', attempt: 1, tried: 1, schedule_step: 1 } as const;
        return { ...row, ...failed, id: newId(), webhook_id, accepted_at: from + index };
      });
      for (const some of rows) await db.insertInto('delivery').values(some).execute();
      return rows.map((added) => added.id);
    },
    recover: (webhookId: string, body: unknown) =>
      call('POST', recoverPath(organizationId, webhookId), { body }),
    /** How far a recovery is, once a condition holds. */
    async recovery(
      webhookId: string,
      id: unknown,
      holds: (recovery: Recovery) => boolean = () => true,
    ): Promise<Recovery> {
      for (;;) {
        const { body } = await call('GET', recoveryPath(organizationId, webhookId, String(id)));
        const recovery = recoverySchema.parse(body);
        if (holds(recovery)) return recovery;
        await nextRound();
      }
    },
    test: (webhookId: string, body?: unknown) =>
      call('POST', webhookTestPath(organizationId, webhookId), { body }),
    redeliver: (webhookId: string, id: string, body?: unknown) =>
      call('POST', redeliverPath(organizationId, webhookId, id), { body }),
  };
}
