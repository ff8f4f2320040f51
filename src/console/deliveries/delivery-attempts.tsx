import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'react-router-dom';

import { errorMessage } from '../error-message';
import { Notice } from '../ui/notice';
import { RelativeTime } from '../ui/relative-time';
import { attemptResult } from './attempt-words';
import { deliveryQuery } from './log-queries';
import { ResultBadge } from './result-badge';
import { RetryLine } from './retry-line';

interface DeliveryAttemptsProps {
  organizationId: string;
  webhookId: string;
  deliveryId: string;
  /** The row that is shown. */
  current: string;
  /** The search of the address under which another row is opened. */
  searchOf: (webhookId: string, attemptId: string) => string;
}

/** All attempts of a delivery, the first one first, and what comes next. New ones come by themselves. */
export function DeliveryAttempts(props: DeliveryAttemptsProps) {
  const { organizationId, webhookId, deliveryId, current, searchOf } = props;
  const { state } = useLocation();
  const { data, error } = useQuery(deliveryQuery(organizationId, webhookId, deliveryId));
  const rows = data?.results.toReversed() ?? [];
  if (error && !data) {
    const { title, detail } = errorMessage(error, 'load all attempts of this delivery');
    return (
      <Notice tone="warning">
        {title}. {detail}
      </Notice>
    );
  }
  if (rows.length === 0) return null;
  return (
    <nav aria-label="Attempts of this delivery">
      <ol className="flex flex-wrap gap-2">
        {rows.map((row) => (
          <li key={row.id} className="min-w-0">
            <Link
              replace
              to={{ search: searchOf(webhookId, row.id) }}
              state={state}
              aria-current={row.id === current ? 'true' : undefined}
              className="flex flex-col items-start gap-1 rounded-lg border border-line px-2.5 py-2 hover:bg-hover aria-[current]:border-accent-text aria-[current]:bg-accent-soft"
            >
              <ResultBadge result={attemptResult(row)} />
              <span className="text-xs text-muted">
                <RetryLine row={row} />
                {' · '}
                <RelativeTime iso={row.created_at} />
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
