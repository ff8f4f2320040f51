import { Hono } from 'hono';

import { redeliverRequestSchema } from '../contract/resend';
import type { Db } from './db';
import type { HttpEnv } from './http-context';
import { readOptionalJson } from './json-body';
import { json } from './json-response';
import { pathId } from './path-id';
import { redeliver } from './redeliver';

interface Deps {
  db: Db;
  now: () => number;
  /** Tells the worker whose deliveries have become due. */
  wakeWorker: (webhookIds: readonly string[]) => void;
}

/** Sends a delivery again. */
export function redeliverRoutes(deps: Deps) {
  const routes = new Hono<HttpEnv>();

  routes.post('/organization/:organizationId/webhook/:webhookId/event/:id/redeliver', async (c) => {
    const webhook_id = pathId(c.req.param('webhookId'), 'The webhook');
    const id = pathId(c.req.param('id'), 'The delivery');
    await readOptionalJson(c, redeliverRequestSchema);
    const row = { organization_id: c.var.organization.id, webhook_id, id };
    const delivery = await redeliver(deps, row);
    deps.wakeWorker([webhook_id]);
    return json(c, delivery, 202);
  });

  return routes;
}
