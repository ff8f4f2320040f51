import { webhookPath } from '../../contract/api-paths';
import { webhookSchema, type Webhook } from '../../contract/webhook';
import { ApiError, callApi } from '../api-client';

/**
 * A webhook as it is stored now.
 *
 * @throws {ApiError} 404 if it is gone.
 */
export function readWebhook(
  organizationId: string,
  webhookId: string,
  signal?: AbortSignal,
): Promise<Webhook> {
  return callApi(webhookPath(organizationId, webhookId), {
    schema: webhookSchema,
    ...(signal && { signal }),
  });
}

/** The same; null if it is gone. */
export async function readIfThere(
  organizationId: string,
  webhookId: string,
  signal: AbortSignal,
): Promise<Webhook | null> {
  try {
    return await readWebhook(organizationId, webhookId, signal);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}
