import type { Selectable } from 'kysely';

import type { Db } from '../db';
import { rowInserter } from '../insert-rows';
import { newId } from '../new-id';
import type { AttemptTable } from '../tables';

export type AttemptRow = Selectable<AttemptTable>;

/** An attempt that is not in the log yet. */
export type NewAttempt = Omit<AttemptRow, 'id'>;

const insertRows = rowInserter('attempt', {
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

/**
 * Writes attempts into the log. They get their ids here: transactions come one after the other, so
 * whoever has read the log up to an id misses none that is written later.
 *
 * @returns their ids.
 */
export async function insertAttempts(trx: Db, attempts: readonly NewAttempt[]): Promise<string[]> {
  const rows = attempts.map((attempt) => ({ id: newId(), ...attempt }));
  await insertRows(trx, rows);
  return rows.map(({ id }) => id);
}
