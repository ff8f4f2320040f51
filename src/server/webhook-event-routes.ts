import { Hono } from 'hono';

import { deploymentEventTypes } from '../contract/webhook';
import { logStatuses } from '../contract/webhook-event';
import type { Db } from './db';
import { readLogPage, readLogRow } from './delivery/log-page';
import type { LogPage } from './delivery/log-rows';
import type { HttpContext, HttpEnv } from './http-context';
import { jsonList, textAsJson } from './json-response';
import { pathId } from './path-id';
import { notFound } from './problem';
import { idParameter, limitParameter, wordParameter } from './query-parameters';
import { findWebhook } from './webhook-store';

/** The log of a webhook and that of the organization, newest first, and one row of it in full. */
export function webhookEventRoutes({ db }: { db: Db }) {
  const routes = new Hono<HttpEnv>();
  const ofWebhook = '/organization/:organizationId/webhook/:webhookId/event';

  routes.get('/organization/:organizationId/webhook-event', (c) =>
    jsonList(c, readLogPage(db, readPage(c, null))),
  );

  routes.get(ofWebhook, async (c) => {
    const id = pathId(c.req.param('webhookId'), 'The webhook');
    const page = readPage(c, id);
    if (!(await findWebhook(db, page.organization_id, id))) throw notFound('The webhook');
    return jsonList(c, readLogPage(db, page));
  });

  // Of a webhook that is gone too: its rows are still in the organization's log.
  routes.get(`${ofWebhook}/:id`, async (c) => {
    const text = await readLogRow(db, {
      organization_id: c.var.organization.id,
      webhook_id: pathId(c.req.param('webhookId'), 'The webhook'),
      id: pathId(c.req.param('id'), 'The attempt'),
    });
    if (text === undefined) throw notFound('The attempt');
    return textAsJson(c, text);
  });

  return routes;
}

function readPage(c: HttpContext, webhook_id: string | null): LogPage {
  const row = 'a row of this log';
  return {
    organization_id: c.var.organization.id,
    webhook_id,
    limit: limitParameter(c),
    before: idParameter(c, 'before', row),
    after: idParameter(c, 'after', row),
    delivery_id: idParameter(c, 'delivery_id', 'a delivery'),
    status: wordParameter(c, 'status', logStatuses),
    event_type: wordParameter(c, 'event', deploymentEventTypes),
    is_summary: wordParameter(c, 'view', ['summary']) === 'summary',
  };
}
