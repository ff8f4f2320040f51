import type { SavedWebhookResponse, WebhookResponse } from './answers/webhook';
import type { DeploymentEventType, EnvironmentMode, Warning } from '../contract/webhook';
import type { WebhookRow } from './webhook-store';

/** The lists of a webhook, which its row keeps as JSON text. */
export function webhookLists(
  row: Pick<WebhookRow, 'events' | 'project_names_filter' | 'environment_types_filter'>,
) {
  return {
    events: JSON.parse(row.events) as DeploymentEventType[],
    project_names_filter: JSON.parse(row.project_names_filter) as string[],
    environment_types_filter: JSON.parse(row.environment_types_filter) as EnvironmentMode[],
  };
}

/**
 * A webhook as the API answers it: the members of the Qovery API and ours. The secret is only said to
 * be set.
 */
export function webhookResponse(row: WebhookRow): WebhookResponse {
  return {
    id: row.id,
    created_at: new Date(row.created_at).toISOString(),
    updated_at: new Date(row.updated_at).toISOString(),
    kind: row.kind,
    target_url: row.target_url,
    target_secret_set: row.target_secret !== null,
    description: row.description,
    enabled: row.enabled === 1,
    ...webhookLists(row),
    version: row.version,
    disabled_reason: row.disabled_reason,
    disabled_at: row.disabled_at === null ? null : new Date(row.disabled_at).toISOString(),
  };
}

/** The answer to a `POST` or `PUT`, with what was noticed about a webhook that is saved all the same. */
export function savedWebhookResponse(
  row: WebhookRow,
  warnings: readonly Warning[],
): SavedWebhookResponse {
  return { ...webhookResponse(row), warnings: [...warnings] };
}
