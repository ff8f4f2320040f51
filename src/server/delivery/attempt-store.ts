import type { Selectable } from 'kysely';

import { rowInserter } from '../insert-rows';
import type { AttemptTable } from '../tables';

export type AttemptRow = Selectable<AttemptTable>;

/** Writes attempts into the log. */
export const insertAttempts = rowInserter('attempt', {
  id: true,
  organization_id: true,
  webhook_id: true,
  delivery_id: true,
  event_id: true,
  event_type: true,
  kind: true,
  attempt: true,
  max_attempts: true,
  trigger: true,
  started_at: true,
  duration_ms: true,
  target_url_used: true,
  request_headers: true,
  status_code: true,
  outcome: true,
  error: true,
  response_headers: true,
  response_body: true,
  next_attempt_at: true,
  request_body: true,
});
