import { Hono } from 'hono';

import { recoveryPath } from '../contract/api-paths';
import { recoverRequestSchema } from '../contract/resend';
import type { Db } from './db';
import type { Recoveries } from './delivery/recoveries';
import type { HttpEnv } from './http-context';
import { readJson } from './json-body';
import { json } from './json-response';
import { pathId } from './path-id';
import { invalid, notFound } from './problem';
import { beginRecovery, readRecoverable, readRecovery } from './recover';
import { findWebhook } from './webhook-store';

interface Deps {
  db: Db;
  now: () => number;
  recoveries: Pick<Recoveries, 'goOn'>;
}

/** Sends again what ended without success since a time, and says how far that is. */
export function recoverRoutes(deps: Deps) {
  const { db } = deps;
  const routes = new Hono<HttpEnv>();
  const path = '/organization/:organizationId/webhook/:webhookId/recover';

  routes.post(path, async (c) => {
    const organization_id = c.var.organization.id;
    const webhook_id = pathId(c.req.param('webhookId'), 'The webhook');
    const request = await readJson(c, recoverRequestSchema);
    const until = deps.now();
    const since = Date.parse(request.since);
    if (since > until) {
      throw invalid([{ pointer: '/since', message: 'This time is in the future.' }]);
    }
    const wanted = { organization_id, webhook_id, since, until };
    if (request.dry_run) {
      return json(c, await readRecoverable(db, wanted));
    }
    const begun = await beginRecovery(db, wanted);
    deps.recoveries.goOn(begun.id);
    return json(c, begun, 202, { location: recoveryPath(organization_id, webhook_id, begun.id) });
  });

  routes.get(`${path}/:id`, async (c) => {
    const webhookId = pathId(c.req.param('webhookId'), 'The webhook');
    const id = pathId(c.req.param('id'), 'The recovery');
    const webhook = await findWebhook(db, c.var.organization.id, webhookId);
    if (!webhook) throw notFound('The webhook');
    const recovery = await readRecovery(db, webhookId, id);
    if (!recovery) throw notFound('The recovery');
    return json(c, recovery);
  });

  return routes;
}
