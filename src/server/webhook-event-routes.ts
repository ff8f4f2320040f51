import { Hono } from 'hono';

import { isUuid } from '../contract/text';
import type { Db } from './db';
import { readLogPage } from './delivery/log-page';
import type { HttpContext, HttpEnv } from './http-context';
import { jsonList } from './json-response';
import { pathId } from './path-id';
import { invalid, notFound } from './problem';
import { findWebhook } from './webhook-store';

const defaultLimit = 50;
const highestLimit = 200;

/** The log of a webhook: its attempts, newest first. */
export function webhookEventRoutes({ db }: { db: Db }) {
  const routes = new Hono<HttpEnv>();

  routes.get('/organization/:organizationId/webhook/:webhookId/event', async (c) => {
    const organizationId = c.var.organization.id;
    const id = pathId(c.req.param('webhookId'), 'The webhook');
    const limit = readLimit(c);
    const before = readBefore(c);
    if (!(await findWebhook(db, organizationId, id))) throw notFound('The webhook');
    const page = { organization_id: organizationId, webhook_id: id, limit, before };
    return jsonList(c, readLogPage(db, page));
  });

  return routes;
}

function readLimit(c: HttpContext): number {
  const text = c.req.query('limit');
  if (text === undefined) return defaultLimit;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > highestLimit) {
    throw invalid([
      { pointer: '/limit', message: `limit must be a whole number from 1 to ${highestLimit}.` },
    ]);
  }
  return limit;
}

function readBefore(c: HttpContext): string | null {
  const before = c.req.query('before')?.toLowerCase();
  if (before === undefined) return null;
  if (!isUuid(before)) {
    throw invalid([{ pointer: '/before', message: 'before must be the id of a row of this log.' }]);
  }
  return before;
}
