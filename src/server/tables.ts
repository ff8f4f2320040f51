import type { DisabledReason } from './answers/webhook';
import type { DeliveryTrigger } from './answers/webhook-event';
import type { DeploymentEventType, EnvironmentMode, WebhookKind } from '../contract/webhook';

/*
 * The tables as both engines see them: text ids, times as milliseconds since 1970, booleans as 0 and
 * 1, lists and objects as JSON text. What each column holds is said here and nowhere else; how they
 * came to be is in `migrations/`.
 */

type Flag = 0 | 1;

export interface OrganizationTable {
  id: string;
  name: string;
  created_at: number;
}

/** A project that deployment events have named. `folded_name` is `foldCase(name)` of the contract. */
export interface ProjectTable {
  organization_id: string;
  id: string;
  name: string;
  folded_name: string;
  created_at: number;
  updated_at: number;
}

/** An environment that deployment events have named, within its project. */
export interface EnvironmentTable {
  organization_id: string;
  id: string;
  project_id: string;
  name: string;
  folded_name: string;
  mode: EnvironmentMode;
  created_at: number;
  updated_at: number;
}

export interface WebhookTable {
  id: string;
  organization_id: string;
  created_at: number;
  updated_at: number;
  /** Rises by one with every change of the configuration. */
  version: number;
  kind: WebhookKind;
  target_url: string;
  /** Ciphertext of `secret-box.ts`, or null where no secret is set. */
  target_secret: string | null;
  description: string;
  enabled: Flag;
  /** JSON array. */
  events: string;
  /** JSON array. */
  project_names_filter: string;
  /** JSON array. */
  environment_types_filter: string;
  disabled_reason: DisabledReason | null;
  disabled_at: number | null;
}

/** A deployment event that was accepted, with the bodies that were built of it then. */
export interface DeploymentEventTable {
  organization_id: string;
  /** The caller's id, or one of ours; unique in the organization. */
  id: string;
  /** UUIDv7 of the acceptance: the order of those events that were accepted at the same time. */
  accepted_id: string;
  accepted_at: number;
  event_type: DeploymentEventType;
  mode: EnvironmentMode;
  project_id: string;
  project_name: string;
  environment_id: string;
  environment_name: string;
  /**
   * SHA-256 of the content as sent: the same id with other content is a conflict. Empty if it was sent
   * without an id: whatever comes with that id is another request.
   */
  content_hash: string;
  /** The STANDARD body; kept for every event, since it says all that the event said. */
  standard_body: string;
  /** The SLACK body, if a webhook of that kind matched. */
  slack_body: string | null;
}

export type DeliveryStatus = 'pending' | 'succeeded' | 'failed' | 'cancelled';

/** One deployment event on its way to one webhook. Its id is the `webhook-id` the receiver sees. */
export interface DeliveryTable {
  /** UUIDv7. */
  id: string;
  organization_id: string;
  webhook_id: string;
  event_id: string;
  event_type: DeploymentEventType;
  kind: WebhookKind;
  accepted_at: number;
  /** The webhook's URL then: what the log names when the webhook is gone. */
  accepted_url: string;
  status: DeliveryStatus;
  /** How often an attempt was claimed; completions are fenced by it. */
  attempt: number;
  /** How many attempts are in the log; one that a kill cut off is not. */
  tried: number;
  /** How many attempts of the schedule are used up. Back at 0 when the schedule starts anew. */
  schedule_step: number;
  in_flight: Flag;
  /** `event` until something else made the delivery due again. */
  trigger: DeliveryTrigger;
  /** While pending: when it is due, or, while an attempt is in flight, when its lease ends. */
  run_at: number;
  /** The recovery that made it due again, until somebody resends it by hand. */
  recovery_id: string | null;
}

/** How an attempt ended, as the log is filtered by it. */
export type AttemptOutcome = 'succeeded' | 'failed';

/** One HTTP request of a delivery, or the reason why none was made. */
export interface AttemptTable {
  /** UUIDv7 made when it is written: the order of the log is that of the attempts' ends. */
  id: string;
  organization_id: string;
  webhook_id: string;
  delivery_id: string;
  event_id: string;
  event_type: DeploymentEventType;
  kind: WebhookKind;
  attempt: number;
  max_attempts: number;
  trigger: DeliveryTrigger;
  started_at: number;
  duration_ms: number;
  target_url_used: string;
  /** JSON object; the secret and the signature are masked before they get here. */
  request_headers: string;
  /** 0 if there was no response. */
  status_code: number;
  /** `succeeded` after a 2xx. */
  outcome: AttemptOutcome;
  /** In words, why there was no success; null after a 2xx. */
  error: string | null;
  /** JSON object. */
  response_headers: string | null;
  response_body: string | null;
  next_attempt_at: number | null;
  /** The body of a test, which belongs to no stored event; null: it is stored with the event. */
  request_body: string | null;
}

/**
 * How a webhook's receiver has answered lately, and since when it has been failing; the latter starts
 * anew when the webhook is enabled again or its URL changes. Tests do not count. Goes with the webhook.
 */
export interface WebhookHealthTable {
  webhook_id: string;
  organization_id: string;
  /** JSON array of the status codes of the last attempts, at most 20, newest last. */
  last: string;
  /** JSON array of `[quarter of an hour since 1970, succeeded, failed]`, at most 24 hours back. */
  quarters: string;
  last_failure_at: number | null;
  last_failure_status: number | null;
  last_failure_error: string | null;
  /** When the first attempt failed after the last success; null after a success. */
  failing_since: number | null;
  /** Deliveries that ended without success since then, */
  failed_deliveries: number;
  /** on how many different days (UTC), */
  failed_days: number;
  /** and the last of those days, as days since 1970. */
  last_failed_day: number | null;
}

/**
 * How many events of a day (days since 1970, UTC) look the same to the matcher: what a dry run adds
 * up. Written in the transaction that accepts an event.
 */
export interface DeploymentEventCountTable {
  organization_id: string;
  day: number;
  event_type: DeploymentEventType;
  mode: EnvironmentMode;
  project_name: string;
  count: number;
  /** The acceptance of the latest, milliseconds since 1970. */
  latest_at: number;
}

/** The recovery of a webhook: what ended without success is made due again, batch by batch. */
export interface RecoveryTable {
  /** UUIDv7. */
  id: string;
  organization_id: string;
  webhook_id: string;
  /** Deliveries accepted later are not part of it. */
  created_at: number;
  /** Deliveries accepted from then on, milliseconds since 1970. */
  since: number;
  /** How many there were to recover; once all were made due, how many these were. */
  total: number;
  /** How far it is: the acceptance of the last delivery that was made due, */
  position_at: number;
  /** and its id, since some are accepted at the same time. */
  position: string;
  /** Whether it makes no more due: it has come to its end, or its webhook was disabled or deleted. */
  is_queued: Flag;
  /** How many were made due, */
  queued: number;
  /** and of those have succeeded, */
  succeeded: number;
  /** or ended without success again. */
  failed: number;
}

/** A browser's session. */
export interface SessionTable {
  /** SHA-256 of the cookie's value. */
  id_hash: string;
  created_at: number;
  /** Moves ahead while the session is used. */
  expires_at: number;
  /** SHA-256 of the admin token it was made under; it ends when that changes. */
  token_hash: string;
}

/** A single-use code of a sign-in link. */
export interface SignInCodeTable {
  code_hash: string;
  expires_at: number;
}

/** What the installation remembers of itself, such as the check value of its secret key. */
export interface InstallationTable {
  name: string;
  value: string;
}

export interface Tables {
  organization: OrganizationTable;
  project: ProjectTable;
  environment: EnvironmentTable;
  webhook: WebhookTable;
  deployment_event: DeploymentEventTable;
  delivery: DeliveryTable;
  attempt: AttemptTable;
  webhook_health: WebhookHealthTable;
  deployment_event_count: DeploymentEventCountTable;
  recovery: RecoveryTable;
  session: SessionTable;
  sign_in_code: SignInCodeTable;
  installation: InstallationTable;
}
