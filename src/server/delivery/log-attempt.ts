import type { Log } from '../log';
import type { FinishedAttempt } from './attempt';

/**
 * One line for an attempt that has ended. Neither URL nor body are in it: both can hold secrets.
 *
 * @param isRecorded false if its delivery was taken over by another claim, or is gone.
 */
export function logAttempt(log: Log, { row }: FinishedAttempt, isRecorded: boolean): void {
  const line = {
    webhook: row.webhook_id,
    delivery: row.delivery_id,
    event: row.event_id,
    attempt: row.attempt,
    trigger: row.trigger,
    status: row.status_code,
    duration_ms: row.duration_ms,
    ...(row.error !== null && { error: row.error }),
  };
  if (isRecorded) log.info(line, 'attempt');
  else log.warn(line, 'attempt not recorded: its delivery is held by another claim or gone');
}
