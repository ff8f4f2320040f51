import { webhookPath } from '../../contract/api-paths';
import { displayUrl } from '../../contract/display-url';
import {
  toWebhookRequest,
  webhookSchema,
  type Webhook,
  type WebhookRequest,
} from '../../contract/webhook';
import { ApiError, callApi } from '../api-client';
import { showToast } from '../ui/toast-store';
import { readWebhook } from './read-webhook';

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
  if (seen.version === null && !isAsSeen(await readWebhook(organizationId, seen.id), seen)) {
    throw new ApiError(412, 'The webhook was changed elsewhere meanwhile.');
  }
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
  const wantsSecret = request.target_secret ?? (seen.target_secret_set ? 'as it is' : '');
  if (wantsSecret !== '' && !saved.target_secret_set) tellOfLostSecret(saved);
  return saved;
}

/** Whether what may be edited is the same, and there is a secret in both or in none. */
export function isAsSeen(now: Webhook, seen: Webhook): boolean {
  return (
    now.target_secret_set === seen.target_secret_set &&
    JSON.stringify(toWebhookRequest(now)) === JSON.stringify(toWebhookRequest(seen))
  );
}

/** Where a request replaces all, what is absent is removed; that an empty text does so is ours. */
function withoutEmptySecret({ target_secret, ...request }: WebhookRequest): WebhookRequest {
  return target_secret ? { ...request, target_secret } : request;
}

function tellOfLostSecret({ id, target_url, kind }: Webhook) {
  showToast({
    tone: 'error',
    title: 'The secret is gone',
    subject: displayUrl(target_url, kind),
    detail: 'The API has dropped it with this change. Edit the webhook and set it again.',
    about: id,
  });
}
