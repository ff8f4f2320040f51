import { Hono } from 'hono';

import { testRequestSchema } from '../contract/resend';
import type { DeploymentEventType } from '../contract/webhook';
import type { Db } from './db';
import { readLogRow } from './delivery/log-page';
import { sendTest, type WantedTest } from './delivery/send-test';
import type { Worker } from './delivery/worker';
import type { HttpEnv } from './http-context';
import { readOptionalJson } from './json-body';
import { textAsJson } from './json-response';
import type { Log } from './log';
import { pathId } from './path-id';
import { notFound, ProblemError } from './problem';
import { findWebhook, type WebhookRow } from './webhook-store';

interface Deps {
  db: Db;
  log: Log;
  lend: Worker['lend'];
}

/** Of all callers: a test takes no slot of its host, and may take as long as an attempt. */
const mostTests = 16;

/** Sends a sample event to a webhook now, and answers with what came of it. */
export function webhookTestRoutes(deps: Deps) {
  const routes = new Hono<HttpEnv>();
  let tests = 0;

  routes.post('/organization/:organizationId/webhook/:webhookId/test', async (c) => {
    const { organization } = c.var;
    const id = pathId(c.req.param('webhookId'), 'The webhook');
    const request = await readOptionalJson(c, testRequestSchema);
    const webhook = await findWebhook(deps.db, organization.id, id);
    if (!webhook) throw notFound('The webhook');
    if (tests >= mostTests) {
      throw new ProblemError(
        429,
        `${mostTests} tests are being sent at this moment. Send this one when one of them has ended.`,
      );
    }
    tests += 1;
    try {
      const event_type = request.event_type ?? firstEventOf(webhook);
      return textAsJson(c, await send(deps, { organization, webhook, event_type }));
    } finally {
      tests -= 1;
    }
  });

  return routes;
}

/** Gives the row of the log as a text. */
async function send({ db, log, lend }: Deps, wanted: WantedTest): Promise<string> {
  const sent = lend(async (attemptDeps) => {
    const id = await sendTest({ db, log }, attemptDeps, wanted);
    const { organization, webhook } = wanted;
    return readLogRow(db, { organization_id: organization.id, webhook_id: webhook.id, id });
  });
  if (sent === null) throw new ProblemError(503, 'The server is stopping: it sends nothing more.');
  const row = await sent;
  if (row === undefined) throw new Error('A test is not in the log.');
  return row;
}

/** There is always one: a webhook without events is refused. */
function firstEventOf({ events }: WebhookRow): DeploymentEventType {
  const [first = 'DEPLOYMENT_STARTED'] = JSON.parse(events) as DeploymentEventType[];
  return first;
}
