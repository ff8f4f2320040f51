import { buildBody } from '../../contract/payload';
import { sampleDeploymentEvent } from '../../contract/sample-event';
import type { DeploymentEventType, WebhookKind } from '../../contract/webhook';
import type { Db } from '../db';
import type { Log } from '../log';
import { newId } from '../new-id';
import type { WebhookTable } from '../tables';
import { makeAttempt, type AttemptDeps } from './attempt';
import { insertAttempts } from './attempt-store';
import { hostOf } from './host-slots';
import { logAttempt } from './log-attempt';

/** What a test says, and to whom. */
export interface WantedTest {
  organization: { id: string; name: string };
  /** As it is now; whether it is enabled and what it filters does not matter. */
  webhook: WebhookTable;
  event_type: DeploymentEventType;
}

/**
 * Sends a sample event to a webhook, once, and writes what came of it into the log. It is an attempt
 * like others, but of no delivery: nothing repeats it, and no one counts it.
 *
 * @returns the attempt's id.
 */
export async function sendTest(
  { db, log }: { db: Db; log: Log },
  deps: AttemptDeps,
  { organization, webhook, event_type }: WantedTest,
): Promise<string> {
  const { kind, target_url, target_secret } = webhook;
  const created_at = new Date(deps.now()).toISOString();
  const event = sampleDeploymentEvent(event_type, {
    organization: { id: organization.id, name: organization.name },
    created_at,
  });
  const once = { ...deps, retrySchedule: [] };
  const attempt = await makeAttempt(once, {
    id: newId(),
    organization_id: organization.id,
    webhook_id: webhook.id,
    event_id: event.id,
    event_type,
    kind,
    trigger: 'test',
    attempt: 1,
    schedule_step: 0,
    accepted_url: target_url,
    target_url,
    target_secret,
    enabled: 1,
    // Stored kinds are checked when they come in.
    body: buildBody(kind as WebhookKind, event),
    host: hostOf({ target_url, enabled: 1 }),
  });
  const [id = ''] = await db.transaction().execute((trx) => insertAttempts(trx, [attempt.row]));
  logAttempt(log, attempt, true);
  return id;
}
