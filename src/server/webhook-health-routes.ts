import { Hono } from 'hono';

import type { WebhookHealthResponse } from './answers/webhook';
import type { Db } from './db';
import { countAnswers, parseCodes } from './delivery/webhook-health';
import { healthPages, type WebhookHealthRow } from './delivery/webhook-health-store';
import type { HttpEnv } from './http-context';
import { jsonList } from './json-response';

interface Deps {
  db: Db;
  /** Milliseconds since 1970. */
  now: () => number;
}

/**
 * How the receivers of an organization's webhooks have answered lately, in one call for the whole
 * list. Webhooks that nothing was sent to yet are left out, also those with deliveries that were
 * cancelled or are still waiting.
 */
export function webhookHealthRoutes(deps: Deps) {
  const routes = new Hono<HttpEnv>();
  routes.get('/organization/:organizationId/webhook-health', (c) =>
    jsonList(c, healthTexts(deps.db, c.var.organization.id, deps.now())),
  );
  return routes;
}

async function* healthTexts(db: Db, organizationId: string, now: number): AsyncGenerator<string[]> {
  for await (const page of healthPages(db, organizationId)) {
    yield page.map((row) => JSON.stringify(healthResponse(row, now)));
  }
}

function healthResponse(row: WebhookHealthRow, now: number): WebhookHealthResponse {
  const { succeeded, failed } = countAnswers(row, now);
  const { last_failure_at: at, last_failure_status: status, last_failure_error: error } = row;
  return {
    webhook_id: row.webhook_id,
    last: parseCodes(row.last),
    succeeded_24h: succeeded,
    failed_24h: failed,
    last_failure:
      at === null
        ? null
        : { at: new Date(at).toISOString(), status: status ?? 0, error: error ?? '' },
  };
}
