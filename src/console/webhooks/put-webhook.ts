import { webhookPath, webhooksPath } from '../../contract/api-paths';
import { displayUrl } from '../../contract/display-url';
import {
  mayHaveSecret,
  webhookSchema,
  type Webhook,
  type WebhookRequest,
} from '../../contract/webhook';
import { ApiError, callApi } from '../api-client';
import { showToast } from '../ui/toast-store';
import { isAsSeen } from './is-as-seen';
import { readWebhook } from './read-webhook';

/**
 * Creates a webhook.
 *
 * @returns it as it is stored.
 * @throws {ApiError} what the API refused.
 */
export async function postWebhook(
  organizationId: string,
  request: WebhookRequest,
): Promise<Webhook> {
  const path = webhooksPath(organizationId);
  const created = await callApi(path, { method: 'POST', body: request, schema: webhookSchema });
  if (request.target_secret) tellIfSecretIsGone(created);
  return created;
}

/**
 * Replaces a webhook, if it still is as it was seen. A Qovery API knows no versions: there the webhook
 * is read again before, and only who saves within that moment is overwritten.
 *
 * @param seen the webhook as the caller knows it, on which the request was built.
 * @returns the webhook as it is stored now.
 * @throws {ApiError} 412 if it was changed meanwhile; else what the API refused.
 */
export async function putWebhook(
  organizationId: string,
  seen: Webhook,
  request: WebhookRequest,
): Promise<Webhook> {
  if (seen.version === null) await requireAsSeen(organizationId, seen);
  return putOver(organizationId, seen, request);
}

/** The same over what was read just now. If the API drops the secret with it, that is told at once. */
export async function putOver(
  organizationId: string,
  seen: Webhook,
  request: WebhookRequest,
): Promise<Webhook> {
  const saved = await callApi(webhookPath(organizationId, seen.id), {
    method: 'PUT',
    body: seen.version === null ? withoutEmptySecret(request) : request,
    ifMatch: seen.version,
    schema: webhookSchema,
  });
  const isMeantToStay = request.target_secret === undefined && seen.target_secret_set === true;
  if (isMeantToStay || request.target_secret) tellIfSecretIsGone(saved);
  return saved;
}

/**
 * Reads a webhook again before a write. Only where there are no versions: else the write itself asks.
 *
 * @throws {ApiError} 412 if it is not as it was seen, 404 if it is gone.
 */
export async function requireAsSeen(organizationId: string, seen: Webhook): Promise<void> {
  if (isAsSeen(await readWebhook(organizationId, seen.id), seen)) return;
  throw new ApiError(412, 'The webhook was changed elsewhere meanwhile.');
}

/** Where a request replaces all, what is absent is removed; that an empty text does so is ours. */
function withoutEmptySecret({ target_secret, ...request }: WebhookRequest): WebhookRequest {
  return target_secret ? { ...request, target_secret } : request;
}

/** After a write that was to leave a secret. An API that does not say is believed. */
function tellIfSecretIsGone(saved: Webhook) {
  if (mayHaveSecret(saved)) return;
  showToast({
    tone: 'error',
    stays: true,
    title: 'The secret is gone',
    subject: displayUrl(saved.target_url, saved.kind),
    detail: 'The API has dropped it with this change. Edit the webhook and set it again.',
    about: saved.id,
  });
}
