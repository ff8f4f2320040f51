import { secretMustBeGiven, type ValidWebhookRequest } from '../contract/webhook';
import type { Db } from './db';
import { deleteHealth, endStreak } from './delivery/webhook-health-store';
import { requireMatch } from './entity-tag';
import type { MatchingWebhooks } from './matching-webhooks';
import { newId } from './new-id';
import { invalid, notFound } from './problem';
import type { SecretBox } from './secret-box';
import {
  deleteWebhook,
  findWebhook,
  insertWebhook,
  updateWebhook,
  type WebhookRow,
} from './webhook-store';

interface Deps {
  db: Db;
  secretBox: SecretBox;
  matchingWebhooks: MatchingWebhooks;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Which webhook, and, if the caller minds, in which version (`If-Match`). */
interface Wanted {
  organizationId: string;
  id: string;
  ifMatch: string | undefined;
}

/** Adds a webhook; it is enabled unless the request says otherwise. */
export function addWebhook(
  { db, secretBox, matchingWebhooks, now }: Deps,
  organizationId: string,
  request: ValidWebhookRequest,
): Promise<WebhookRow> {
  return db.transaction().execute(async (trx) => {
    const id = newId();
    const row: WebhookRow = {
      id,
      organization_id: organizationId,
      created_at: now(),
      updated_at: now(),
      version: 1,
      ...configuration(request),
      target_secret: request.target_secret ? secretBox.seal(id, request.target_secret) : null,
      enabled: request.enabled === false ? 0 : 1,
      disabled_reason: null,
      disabled_at: null,
    };
    await insertWebhook(trx, row);
    matchingWebhooks.invalidate(organizationId, id);
    return row;
  });
}

/**
 * Replaces a webhook. Description and filters that are absent are emptied; an absent secret is kept,
 * an empty one removed; an absent `enabled` is kept. One that is enabled again, or has another URL,
 * starts clean: it is not disabled for what failed before. Reading, checking and writing are one
 * transaction.
 *
 * @throws {ProblemError} 404 if it is not there, 412 if it has another version, 400 if the secret has
 *   to be named again because the URL changes (`secretMustBeGiven`).
 */
export function replaceWebhook(
  { db, secretBox, matchingWebhooks, now }: Deps,
  wanted: Wanted,
  request: ValidWebhookRequest,
): Promise<WebhookRow> {
  return db.transaction().execute(async (trx) => {
    const stored = await findWanted(trx, wanted);
    const enabled = request.enabled === undefined ? stored.enabled : request.enabled ? 1 : 0;
    const row: WebhookRow = {
      ...stored,
      updated_at: now(),
      version: stored.version + 1,
      ...configuration(request),
      target_secret: nextSecret(stored, request, secretBox),
      enabled,
      ...(enabled === 1 && { disabled_reason: null, disabled_at: null }),
    };
    await updateWebhook(trx, row);
    if (startsClean(stored, row)) await endStreak(trx, row.id);
    matchingWebhooks.invalidate(wanted.organizationId, wanted.id);
    return row;
  });
}

/**
 * Removes a webhook.
 *
 * @throws {ProblemError} 404 if it is not there, 412 if it has another version.
 */
export function removeWebhook({ db, matchingWebhooks }: Deps, wanted: Wanted): Promise<void> {
  return db.transaction().execute(async (trx) => {
    const stored = await findWanted(trx, wanted);
    await deleteWebhook(trx, stored.id);
    await deleteHealth(trx, stored.id);
    matchingWebhooks.invalidate(wanted.organizationId, wanted.id);
  });
}

function startsClean(before: WebhookRow, after: WebhookRow): boolean {
  return before.enabled < after.enabled || before.target_url !== after.target_url;
}

async function findWanted(trx: Db, { organizationId, id, ifMatch }: Wanted): Promise<WebhookRow> {
  const stored = await findWebhook(trx, organizationId, id);
  if (!stored) throw notFound('The webhook');
  requireMatch(ifMatch, stored.version);
  return stored;
}

/** What every request sets, named or not. */
function configuration(request: ValidWebhookRequest) {
  return {
    kind: request.kind,
    target_url: request.target_url,
    description: request.description ?? '',
    events: JSON.stringify(request.events),
    project_names_filter: JSON.stringify(request.project_names_filter ?? []),
    environment_types_filter: JSON.stringify(request.environment_types_filter ?? []),
  };
}

function nextSecret(
  stored: WebhookRow,
  { target_url, target_secret }: ValidWebhookRequest,
  secretBox: SecretBox,
): string | null {
  if (target_secret !== undefined) {
    return target_secret === '' ? null : secretBox.seal(stored.id, target_secret);
  }
  const told = { target_url: stored.target_url, target_secret_set: stored.target_secret !== null };
  if (secretMustBeGiven(told, target_url)) {
    throw invalid([
      {
        pointer: '/target_secret',
        message:
          'The URL changes, so enter the secret again, or remove it: ' +
          'it must not go to another receiver unnoticed.',
      },
    ]);
  }
  return stored.target_secret;
}
