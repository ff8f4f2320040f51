import { memo } from 'react';
import { Link } from 'react-router-dom';

import { displayUrl } from '../../contract/display-url';
import type { WebhookEvent } from '../../contract/webhook-event';
import { RelativeTime } from '../ui/relative-time';
import { Skeleton } from '../ui/skeleton';
import { overPage } from '../use-close-dialog';
import { attemptResult, eventWords, formatDuration, placeWords } from './attempt-words';
import { deliveryColumns } from './delivery-shape';
import type { LogRow } from './log-pages';
import { ResultBadge } from './result-badge';
import { RetryLine } from './retry-line';

interface Columns {
  /** Whether the API tells of attempts, and how long they took: a plain Qovery API does not. */
  tellsAttempts: boolean;
}

interface DeliveryRowProps extends Columns {
  row: LogRow;
  /** The search of the address under which it can be read in full. */
  search: string;
  /** Whether its webhook is to be named. */
  namesWebhook: boolean;
  /** Whether any row of the log says where its event happened. */
  hasPlaces: boolean;
}

// What has a tooltip lies over the link that covers the row.
const shape =
  `${deliveryColumns} relative grid h-full content-center items-center px-4 ` +
  '**:[[title]]:relative **:[[title]]:z-1 **:[[title]]:cursor-pointer';

/** One row of the log: an attempt, or a delivery that waits for its first. */
export const DeliveryRow = memo(function DeliveryRow(props: DeliveryRowProps) {
  const { row, search, namesWebhook, hasPlaces, tellsAttempts } = props;
  const { event, isGone } = row;
  const result = attemptResult(event);
  const title = eventWords(event);
  const place = placeWords(event) || (hasPlaces ? 'Place not told' : '');
  const gone = goneWords(event);
  const url = displayUrl(event.target_url_used, event.kind);
  return (
    <div className={`${shape} transition-colors hover:bg-hover/60 ${isGone ? 'bg-sunken' : ''}`}>
      <div role="cell" className="contents">
        <div className="flex min-w-0 [grid-area:event]">
          <Link
            to={{ search }}
            state={overPage}
            aria-label={[title, place, namesWebhook ? url : '', isGone ? gone : result.words]
              .filter((each) => each !== '')
              .join(', ')}
            className={`max-w-full shrink-0 truncate font-medium outline-none after:absolute after:inset-0 after:-outline-offset-2 after:outline-accent-text after:content-[''] focus-visible:after:outline-2 ${isGone ? 'text-muted' : ''}`}
          >
            {title}
          </Link>
          {namesWebhook && place !== '' && (
            <span className="hidden min-w-0 truncate text-muted @min-[56rem]:block">{`\u{a0}· ${place}`}</span>
          )}
        </div>
        <div className="min-w-0 text-muted [grid-area:place]">
          <p className={`truncate ${namesWebhook ? '@4xl:hidden' : ''}`}>{place}</p>
          {namesWebhook && <p className="truncate">{url}</p>}
        </div>
      </div>
      <div role="cell" className="flex min-w-0 [grid-area:result]">
        {isGone ? <span className="text-muted">{gone}</span> : <ResultBadge result={result} />}
      </div>
      {tellsAttempts && (
        <>
          <div
            role="cell"
            className="min-w-0 truncate text-right text-xs text-muted [grid-area:attempt] @4xl:text-left @4xl:text-base"
          >
            {!isGone && <RetryLine row={event} />}
          </div>
          <div
            role="cell"
            className="hidden text-right text-muted tabular-nums [grid-area:duration] @4xl:block"
          >
            {event.duration_ms !== null && formatDuration(event.duration_ms)}
          </div>
        </>
      )}
      <div role="cell" className="text-right whitespace-nowrap text-muted [grid-area:time]">
        {event.created_at === '' ? 'Time not told' : <RelativeTime iso={event.created_at} />}
      </div>
    </div>
  );
});

/** Why a row is not in the log any more: what it has become may be no part of what is shown. */
function goneWords({ attempt }: WebhookEvent): string {
  return attempt === 0 ? 'No longer waiting' : 'No longer in the log';
}

/** A row that is on its way (again). */
export function DeliveryRowSkeleton({ tellsAttempts }: Columns) {
  return (
    <div
      role="cell"
      aria-colspan={tellsAttempts ? 5 : 3}
      className="flex h-full items-center justify-between gap-4 px-4"
    >
      <span className="sr-only">Loading</span>
      <div className="w-1/2 space-y-2">
        <Skeleton className="h-3.5 w-1/2" />
        <Skeleton className="h-3 w-2/3" />
      </div>
      <Skeleton className="h-5 w-20 rounded-full" />
    </div>
  );
}

/** What stands over the columns. */
export function DeliveryColumnHeaders({ tellsAttempts }: Columns) {
  return (
    <div role="rowgroup">
      <div
        role="row"
        aria-rowindex={1}
        className={`${deliveryColumns} hidden border-b border-line bg-sunken px-4 py-2 text-xs font-medium text-muted [grid-template-areas:none]! @4xl:grid`}
      >
        <span role="columnheader">Event and place</span>
        <span role="columnheader">Result</span>
        {tellsAttempts && (
          <>
            <span role="columnheader">Attempt</span>
            <span role="columnheader" className="text-right">
              Took
            </span>
          </>
        )}
        <span role="columnheader" className="col-start-5 text-right">
          Time
        </span>
      </div>
    </div>
  );
}
