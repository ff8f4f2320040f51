import type { Selectable } from 'kysely';

import type { DisabledReason } from './answers/webhook';
import type { Db } from './db';
import { listed } from './rows-as-json';
import type { WebhookTable } from './tables';

export type WebhookRow = Selectable<WebhookTable>;

/** Where a page of webhooks ended. */
export type WebhookPlace = Pick<WebhookRow, 'created_at' | 'id'>;

/** How many webhooks one statement reads: the engine runs in the event loop. */
const pageSize = 250;

/** All webhooks of an organization, in their order, a page at a time. */
export async function* webhookPages(db: Db, organizationId: string): AsyncGenerator<WebhookRow[]> {
  let page = await listWebhooksAfter(db, organizationId, null);
  for (;;) {
    yield page;
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    page = await listWebhooksAfter(db, organizationId, last);
  }
}

function listWebhooksAfter(
  db: Db,
  organizationId: string,
  after: WebhookPlace | null,
): Promise<WebhookRow[]> {
  let query = db
    .selectFrom('webhook')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('created_at')
    .orderBy('id')
    .limit(pageSize);
  if (after) {
    query = query.where((e) =>
      e(e.refTuple('created_at', 'id'), '>', e.tuple(after.created_at, after.id)),
    );
  }
  return query.execute();
}

/** Those of the webhooks that are there and in the organization, in any order. */
export function webhooksOf(
  db: Db,
  organizationId: string,
  ids: readonly string[],
): Promise<WebhookRow[]> {
  return db
    .selectFrom('webhook')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', 'in', listed(ids))
    .execute();
}

/** One webhook of an organization, or undefined. */
export function findWebhook(
  db: Db,
  organizationId: string,
  id: string,
): Promise<WebhookRow | undefined> {
  return db
    .selectFrom('webhook')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Adds a webhook. */
export async function insertWebhook(db: Db, row: WebhookRow): Promise<void> {
  await db.insertInto('webhook').values(row).execute();
}

/** Replaces a webhook by what the row says. */
export async function updateWebhook(db: Db, { id, ...row }: WebhookRow): Promise<void> {
  await db.updateTable('webhook').set(row).where('id', '=', id).execute();
}

/** Disables a webhook as a change of its configuration, with the reason. */
export async function disableWebhook(
  trx: Db,
  id: string,
  reason: DisabledReason,
  now: number,
): Promise<void> {
  await trx
    .updateTable('webhook')
    .set(({ eb }) => ({
      enabled: 0,
      disabled_reason: reason,
      disabled_at: now,
      updated_at: now,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}

/** Removes a webhook, and with it its secret. */
export async function deleteWebhook(db: Db, id: string): Promise<void> {
  await db.deleteFrom('webhook').where('id', '=', id).execute();
}
