import type { DeliveryTable } from '../tables';
import type { AttemptRow } from './attempt-store';

/** For tests: a row of the log as a worker would write it, but for what is named. */
export function attemptRow(change: Partial<AttemptRow>): AttemptRow {
  return {
    id: 'i',
    organization_id: 'o',
    webhook_id: 'w',
    delivery_id: 'd',
    event_id: 'e',
    event_type: 'DEPLOYMENT_STARTED',
    kind: 'STANDARD',
    attempt: 1,
    max_attempts: 1,
    trigger: 'event',
    started_at: 1,
    duration_ms: 1,
    target_url_used: '',
    request_headers: '{}',
    status_code: 200,
    outcome: 'succeeded',
    error: null,
    response_headers: null,
    response_body: null,
    next_attempt_at: null,
    request_body: null,
    ...change,
  };
}

/** For tests: a delivery that was not tried yet, but for what is named. */
export function deliveryRow(change: Partial<DeliveryTable>): DeliveryTable {
  return {
    id: 'd',
    organization_id: 'o',
    webhook_id: 'w',
    event_id: 'e',
    event_type: 'DEPLOYMENT_STARTED',
    kind: 'STANDARD',
    accepted_at: 1,
    accepted_url: '',
    status: 'pending',
    attempt: 0,
    tried: 0,
    schedule_step: 0,
    in_flight: 0,
    trigger: 'event',
    run_at: 1,
    recovery_id: null,
    ...change,
  };
}
