import { Hono } from 'hono';

import { eventOfBody } from '../contract/payload';
import type { Db } from './db';
import { findAcceptedPlace, findStandardBody } from './deployment-event-store';
import { createEventSummaries } from './event-summary';
import type { HttpEnv } from './http-context';
import { json, jsonList } from './json-response';
import { listPastEvents } from './past-event-store';
import { pathId } from './path-id';
import { notFound } from './problem';
import { idParameter, limitParameter, timeParameter, wrong } from './query-parameters';
import { findWebhook } from './webhook-store';

interface Deps {
  db: Db;
  /** Milliseconds since 1970. */
  now: () => number;
  /** How long events are kept, in milliseconds. */
  retention: number;
}

/** The deployment events that were accepted: listed, summed up, and one in full. */
export function pastEventRoutes(deps: Deps) {
  const { db } = deps;
  const routes = new Hono<HttpEnv>();
  const list = '/organization/:organizationId/deployment-event';
  const summaries = createEventSummaries(deps);

  routes.get(list, async (c) => {
    const organization_id = c.var.organization.id;
    const limit = limitParameter(c);
    const cursor = idParameter(c, 'before', 'an event of this list');
    const webhook_id = idParameter(c, 'webhook_id', 'a webhook');
    const before = cursor === null ? null : await findAcceptedPlace(db, organization_id, cursor);
    if (before === undefined) throw wrong('before', 'must be the id of an event of this list.');
    if (webhook_id !== null && !(await findWebhook(db, organization_id, webhook_id))) {
      throw notFound('The webhook');
    }
    const page = { organization_id, limit, before, webhook_id };
    return json(c, { results: await listPastEvents(db, page) });
  });

  routes.get(`${list}/summary`, async (c) => {
    const since = timeParameter(c, 'since');
    const texts = await summaries.read(c.var.organization.id, since);
    return jsonList(c, portions(texts));
  });

  routes.get(`${list}/:id`, async (c) => {
    const id = pathId(c.req.param('id'), 'The deployment event');
    const body = await findStandardBody(db, c.var.organization.id, id);
    if (body === undefined) throw notFound('The deployment event');
    return json(c, eventOfBody(body));
  });

  return routes;
}

async function* portions(texts: readonly string[][]): AsyncGenerator<string[]> {
  yield* texts;
}
