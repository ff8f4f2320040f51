import { setImmediate as nextRound } from 'node:timers/promises';

import { sql, type Selectable } from 'kysely';

import type { Db } from '../db';
import type { WebhookHealthTable, WebhookTable } from '../tables';
import { noStreak } from './failing-streak';
import { healthRows, listedRows } from '../rows-as-json';

export type WebhookHealthRow = Selectable<WebhookHealthTable>;

type HealthColumns = Omit<WebhookHealthRow, 'webhook_id' | 'organization_id'>;

/** A webhook as it is now, with its health; null in all columns of that if it has none yet. */
export type TriedWebhook = Pick<
  WebhookTable,
  'id' | 'organization_id' | 'target_url' | 'enabled' | 'updated_at'
> &
  (HealthColumns | { [name in keyof HealthColumns]: null });

/** Those of the webhooks that are still there, by their ids. */
export async function readTriedWebhooks(
  trx: Db,
  ids: readonly string[],
): Promise<Map<string, TriedWebhook>> {
  const { rows } =
    await sql<TriedWebhook>`select webhook.id, webhook.organization_id, webhook.target_url, webhook.enabled, webhook.updated_at,
      health.last, health.quarters,
      health.last_failure_at, health.last_failure_status, health.last_failure_error,
      health.failing_since, health.failed_deliveries, health.failed_days, health.last_failed_day
    from ${listedRows(ids)} as wanted
    join webhook on webhook.id = wanted.value
    left join webhook_health as health on health.webhook_id = webhook.id`.execute(trx);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Writes the health of webhooks, each as a whole. */
export async function writeHealth(trx: Db, rows: readonly WebhookHealthRow[]): Promise<void> {
  // `where true`: without it `on` would be read as that of a join.
  await sql`insert into webhook_health (webhook_id, organization_id, last, quarters,
      last_failure_at, last_failure_status, last_failure_error,
      failing_since, failed_deliveries, failed_days, last_failed_day)
    select webhook_id, organization_id, last, quarters,
      last_failure_at, last_failure_status, last_failure_error,
      failing_since, failed_deliveries, failed_days, last_failed_day
    from ${healthRows(rows)} as given where true
    on conflict (webhook_id) do update set last = excluded.last, quarters = excluded.quarters,
      last_failure_at = excluded.last_failure_at,
      last_failure_status = excluded.last_failure_status,
      last_failure_error = excluded.last_failure_error,
      failing_since = excluded.failing_since, failed_deliveries = excluded.failed_deliveries,
      failed_days = excluded.failed_days, last_failed_day = excluded.last_failed_day`.execute(trx);
}

/** Lets a webhook start clean: what failed until now will not disable it. */
export async function endStreak(trx: Db, webhookId: string): Promise<void> {
  await trx
    .updateTable('webhook_health')
    .set(noStreak)
    .where('webhook_id', '=', webhookId)
    .execute();
}

/** Forgets the health of a webhook. */
export async function deleteHealth(trx: Db, webhookId: string): Promise<void> {
  await trx.deleteFrom('webhook_health').where('webhook_id', '=', webhookId).execute();
}

/** How many rows one statement reads: the engine runs in the event loop. */
const pageSize = 250;

/**
 * The health of an organization's webhooks, in the order of their ids, a page at a time; other work
 * has its turn between.
 */
export async function* healthPages(
  db: Db,
  organizationId: string,
): AsyncGenerator<WebhookHealthRow[]> {
  for (let after: string | undefined = ''; after !== undefined;) {
    const page: WebhookHealthRow[] = await db
      .selectFrom('webhook_health')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .where('webhook_id', '>', after)
      .orderBy('webhook_id')
      .limit(pageSize)
      .execute();
    yield page;
    await nextRound();
    after = page.length < pageSize ? undefined : page.at(-1)?.webhook_id;
  }
}
