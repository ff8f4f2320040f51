import { Check } from 'lucide-react';
import { Link, useLocation } from 'react-router-dom';

import type { WebhookEvent } from '../../contract/webhook-event';
import { attemptResult } from './attempt-words';

interface DeliveredSinceProps {
  /** What is known of the delivery, the newest first. */
  rows: readonly WebhookEvent[];
  /** The attempt that is shown. */
  attempt: WebhookEvent;
  /** The search of the address under which another attempt is opened. */
  searchOf: (attemptId: string) => string;
}

/** Says of an attempt that failed that a later one of the same delivery did not, and leads to that. */
export function DeliveredSince({ rows, attempt, searchOf }: DeliveredSinceProps) {
  const { state } = useLocation();
  const place = rows.findIndex(({ id }) => id === attempt.id);
  const success = rows.find((row, at) => at < place && attemptResult(row).tone === 'success');
  const isShown = success && attemptResult(attempt).tone === 'failure';
  return (
    // Always there, so that it is read out; of no height while there is nothing to say.
    <div role="status" className="empty:mb-0">
      {isShown && (
        <p className="flex gap-2.5 rounded-lg bg-success-soft px-3 py-2.5 text-ink">
          <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-success" />
          <span>
            Delivered since:{' '}
            <Link
              replace
              to={{ search: searchOf(success.id) }}
              state={state}
              className="font-medium underline"
            >
              a later attempt
            </Link>{' '}
            was answered {attemptResult(success).words}.
          </span>
        </p>
      )}
    </div>
  );
}
