import {
  deploymentEventsPath,
  redeliverPath,
  webhookEventsPath,
  webhookPath,
  webhooksPath,
} from '../contract/api-paths';
import { deliveriesOn } from './delivery/test-deliveries';
import type { WorkerDeps } from './delivery/worker';
import { createTestServer, organizationId } from './test-server';

const event = {
  event_type: 'DEPLOYMENT_STARTED',
  project: { name: 'api' },
  environment: { name: 'main', mode: 'STAGING' },
};

/** For tests: the app and, once it is started, a worker that sends what the app takes in. */
export async function createSendingServer() {
  const server = await createTestServer();
  const deliveries = deliveriesOn(server.db);
  const { deps, call } = server;
  deliveries.clock.now = server.clock.now;
  deps.now = () => deliveries.clock.now;
  return {
    ...server,
    clock: deliveries.clock,
    deliveries,
    start(options?: Partial<WorkerDeps['settings']>, onRecord?: WorkerDeps['onRecord']) {
      const worker = deliveries.start(options, onRecord);
      deps.worker = worker;
      deps.wakeWorker = (webhookIds) => worker.wake(webhookIds);
      return worker;
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
    redeliver: (webhookId: string, id: string, body?: unknown) =>
      call('POST', redeliverPath(organizationId, webhookId, id), { body }),
  };
}
