import { Hono } from 'hono';

import { webhookPath } from '../contract/api-paths';
import { webhookRequestSchema, type Warning } from '../contract/webhook';
import type { Db } from './db';
import { entityTag } from './entity-tag';
import type { HttpEnv } from './http-context';
import { readJson } from './json-body';
import { json, jsonList } from './json-response';
import type { MatchingWebhooks } from './matching-webhooks';
import { pathId } from './path-id';
import { notFound } from './problem';
import type { SecretBox } from './secret-box';
import { addWebhook, removeWebhook, replaceWebhook } from './webhook-changes';
import { savedWebhookResponse, webhookResponse } from './webhook-response';
import { findWebhook, webhookPages } from './webhook-store';

interface Deps {
  db: Db;
  secretBox: SecretBox;
  matchingWebhooks: MatchingWebhooks;
  now: () => number;
  /** What is worth saying about a URL that is saved all the same. Does not throw. */
  warnAboutTarget: (url: string) => Promise<Warning[]>;
}

/** List, create, get, edit and delete webhooks, as in the Qovery API, with versions of our own. */
export function webhookRoutes(deps: Deps) {
  const routes = new Hono<HttpEnv>();
  const list = '/organization/:organizationId/webhook';
  const one = `${list}/:webhookId`;

  routes.get(list, (c) => jsonList(c, webhookTexts(deps.db, c.var.organization.id)));

  routes.post(list, async (c) => {
    const organizationId = c.var.organization.id;
    const request = await readJson(c, webhookRequestSchema);
    const row = await addWebhook(deps, organizationId, request);
    const warnings = await deps.warnAboutTarget(row.target_url);
    return json(c, savedWebhookResponse(row, warnings), 201, {
      etag: entityTag(row.version),
      location: webhookPath(organizationId, row.id),
    });
  });

  routes.get(one, async (c) => {
    const id = pathId(c.req.param('webhookId'), 'The webhook');
    const row = await findWebhook(deps.db, c.var.organization.id, id);
    if (!row) throw notFound('The webhook');
    return json(c, webhookResponse(row), 200, { etag: entityTag(row.version) });
  });

  routes.put(one, async (c) => {
    const id = pathId(c.req.param('webhookId'), 'The webhook');
    const request = await readJson(c, webhookRequestSchema);
    const ifMatch = c.req.header('if-match');
    const wanted = { organizationId: c.var.organization.id, id, ifMatch };
    const row = await replaceWebhook(deps, wanted, request);
    const warnings = await deps.warnAboutTarget(row.target_url);
    return json(c, savedWebhookResponse(row, warnings), 200, { etag: entityTag(row.version) });
  });

  routes.delete(one, async (c) => {
    const id = pathId(c.req.param('webhookId'), 'The webhook');
    const ifMatch = c.req.header('if-match');
    await removeWebhook(deps, { organizationId: c.var.organization.id, id, ifMatch });
    return c.body(null, 204);
  });

  return routes;
}

async function* webhookTexts(db: Db, organizationId: string): AsyncGenerator<string[]> {
  for await (const page of webhookPages(db, organizationId)) {
    yield page.map((row) => JSON.stringify(webhookResponse(row)));
  }
}
