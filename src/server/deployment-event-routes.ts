import { Hono } from 'hono';

import { deploymentEventRequestSchema } from '../contract/deployment-event';
import type { Db } from './db';
import type { Worker } from './delivery/worker';
import { createEventIntake } from './event-intake';
import type { HttpEnv } from './http-context';
import { readJson } from './json-body';
import { json } from './json-response';
import type { Log } from './log';
import type { MatchingWebhooks } from './matching-webhooks';

interface Deps {
  db: Db;
  log: Log;
  matchingWebhooks: MatchingWebhooks;
  now: () => number;
  /** Gives a new delivery a slot, if it need not wait. */
  reserve: Worker['reserve'];
  /** Tells the worker whose deliveries have become due. */
  wakeWorker: (webhookIds: readonly string[]) => void;
}

/** Where deployment events come in. */
export function deploymentEventRoutes(deps: Deps) {
  const routes = new Hono<HttpEnv>();
  const intake = createEventIntake(deps);

  routes.post('/organization/:organizationId/deployment-event', async (c) => {
    const request = await readJson(c, deploymentEventRequestSchema);
    const accepted = await intake.accept(c.var.organization, request);
    if (accepted.deliveries.length === 0) {
      deps.log.info({ event: accepted.id }, 'an event was accepted that reaches no webhook');
    }
    return json(c, accepted, 202);
  });

  return routes;
}
