import type { WebhookEventResponse } from '../answers/webhook-event';
import type { EnvironmentMode } from '../../contract/webhook';
import type { DeliveryTable } from '../tables';
import type { AttemptRow } from './attempt-store';

/** A row of the log but for its body, which is kept as text and has up to 256 KiB. */
export type LogEvent = Omit<WebhookEventResponse, 'request'>;

/** Where the event of a row happened; null if it is not stored. */
export interface EventPlaceColumns {
  project_id: string | null;
  project_name: string | null;
  environment_id: string | null;
  environment_name: string | null;
  mode: EnvironmentMode | null;
}

/** An attempt without its texts, which a summary leaves out. */
export type BriefAttempt = Omit<AttemptRow, 'response_body' | 'request_body'> &
  EventPlaceColumns & {
    /** 1 if the delivery still waits for `next_attempt_at`: it may have been sent again by hand since. */
    is_next: number | null;
  };

/** A delivery and the URL of its webhook as it is now; null if the webhook is gone. */
export interface UntriedDelivery extends DeliveryTable, EventPlaceColumns {
  target_url: string | null;
}

/** An attempt as the API lists it. */
export function triedEvent(row: BriefAttempt & Partial<AttemptRow>): LogEvent {
  return {
    id: row.id,
    webhook_id: row.webhook_id,
    created_at: new Date(row.started_at).toISOString(),
    kind: row.kind,
    matched_event: row.event_type,
    target_url_used: row.target_url_used,
    target_response_status_code: row.status_code,
    target_response_body: row.response_body ?? null,
    delivery_id: row.delivery_id,
    deployment_event_id: row.event_id,
    ...placeOf(row),
    attempt: row.attempt,
    max_attempts: row.max_attempts,
    trigger: row.trigger,
    duration_ms: row.duration_ms,
    error: row.error,
    next_attempt_at:
      row.next_attempt_at === null || row.is_next !== 1
        ? null
        : new Date(row.next_attempt_at).toISOString(),
    request_headers: parseHeaders(row.request_headers),
    response_headers: row.response_headers === null ? null : parseHeaders(row.response_headers),
  };
}

/**
 * A delivery that was not tried yet as the API lists it. `next_attempt_at` is null while the first
 * attempt is in flight.
 */
export function untriedEvent(row: UntriedDelivery): LogEvent {
  return {
    id: row.id,
    webhook_id: row.webhook_id,
    created_at: new Date(row.accepted_at).toISOString(),
    kind: row.kind,
    matched_event: row.event_type,
    target_url_used: row.target_url ?? row.accepted_url,
    target_response_status_code: 0,
    target_response_body: null,
    delivery_id: row.id,
    deployment_event_id: row.event_id,
    ...placeOf(row),
    attempt: 0,
    max_attempts: null,
    trigger: row.trigger,
    duration_ms: null,
    error: null,
    next_attempt_at: row.in_flight === 1 ? null : new Date(row.run_at).toISOString(),
    request_headers: null,
    response_headers: null,
  };
}

function placeOf(row: EventPlaceColumns): Pick<LogEvent, 'project' | 'environment'> {
  const { project_id, project_name, environment_id, environment_name, mode } = row;
  if (project_id === null || environment_id === null || mode === null) {
    return { project: null, environment: null };
  }
  return {
    project: { id: project_id, name: project_name ?? '' },
    environment: { id: environment_id, name: environment_name ?? '', mode },
  };
}

/** What this program has written as JSON itself. */
function parseHeaders(text: string): Record<string, string> {
  return JSON.parse(text) as Record<string, string>;
}
