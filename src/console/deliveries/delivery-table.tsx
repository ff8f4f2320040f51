import { useRef, type MouseEvent } from 'react';

import { useFeature } from '../capabilities-queries';
import { errorMessage } from '../error-message';
import { usePageOffset } from '../ui/use-page-offset';
import { DeliveryColumnHeaders, DeliveryRow, DeliveryRowSkeleton } from './delivery-row';
import { useRowHeight } from './delivery-shape';
import type { LogBook, LogState } from './log-book';
import type { LogScope } from './log-queries';
import { TryLogAgain } from './try-log-again';
import { useShownRows, type ShownRow } from './use-shown-rows';

interface DeliveryTableProps {
  book: LogBook;
  state: LogState;
  scope: LogScope;
  /** Whether any row says where its event happened. */
  hasPlaces: boolean;
  searchOf: (webhookId: string, attemptId: string) => string;
}

/** The rows of a log that are in sight, and what is beneath the last. */
export function DeliveryTable(props: DeliveryTableProps) {
  const { book, state, scope, hasPlaces } = props;
  // Until that is known, their place is kept.
  const tellsAttempts = useFeature('organization-log') !== false;
  const body = useRef<HTMLDivElement>(null);
  const height = useRowHeight(body, { namesWebhook: scope.webhookId === null, hasPlaces });
  const { shown, focus, blur } = useShownRows(book, state, { height, offset: usePageOffset(body) });
  return (
    <>
      <div
        role="table"
        aria-label="Deliveries"
        aria-rowcount={state.isAtEnd ? state.count + 1 : -1}
        aria-busy={state.isPending}
      >
        <DeliveryColumnHeaders tellsAttempts={tellsAttempts} />
        <div
          ref={body}
          role="rowgroup"
          className="relative"
          style={{ height: (state.isPending ? 6 : state.count) * height }}
        >
          {shown.map(({ index, row }) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys open the row by its link
            <div
              key={typeof row === 'object' ? row.id : index}
              role="row"
              aria-rowindex={index + 2}
              onFocus={() => focus({ index, row })}
              onBlur={blur}
              onClick={openRow}
              className="absolute inset-x-0 top-0 border-b border-line"
              style={{ height, transform: `translateY(${index * height}px)` }}
            >
              <Row {...props} row={row} tellsAttempts={tellsAttempts} />
            </div>
          ))}
          {state.isPending && <LoadingRows height={height} tellsAttempts={tellsAttempts} />}
        </div>
      </div>
      {!state.isPending && <LogEnd book={book} state={state} />}
    </>
  );
}

/** What has a tooltip lies over the row's link, and opens the row as that does: in a new tab, too. */
function openRow({ target, currentTarget, nativeEvent }: MouseEvent<HTMLElement>) {
  if (target instanceof Element && target.closest('a')) return;
  currentTarget.querySelector('a')?.dispatchEvent(new window.MouseEvent('click', nativeEvent));
}

interface RowProps extends DeliveryTableProps, Pick<ShownRow, 'row'> {
  tellsAttempts: boolean;
}

function Row({ row, scope, hasPlaces, tellsAttempts, searchOf }: RowProps) {
  if (row === 'loading') return <DeliveryRowSkeleton tellsAttempts={tellsAttempts} />;
  const { id, webhook_id } = row.event;
  return (
    <DeliveryRow
      row={row}
      search={searchOf(webhook_id ?? scope.webhookId ?? '', id)}
      namesWebhook={scope.webhookId === null}
      hasPlaces={hasPlaces}
      tellsAttempts={tellsAttempts}
    />
  );
}

/** The log before its first rows are there, in their shape. */
function LoadingRows({ height, tellsAttempts }: { height: number; tellsAttempts: boolean }) {
  return Array.from({ length: 6 }, (_, index) => (
    <div key={index} role="row" className="border-b border-line last:border-b-0" style={{ height }}>
      <DeliveryRowSkeleton tellsAttempts={tellsAttempts} />
    </div>
  ));
}

function LogEnd({ book, state }: Pick<DeliveryTableProps, 'book' | 'state'>) {
  if (state.error) {
    return (
      <div
        role="alert"
        className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3 text-danger"
      >
        {errorMessage(state.error, 'load older deliveries').detail}
        <TryLogAgain book={book} count={state.count} />
      </div>
    );
  }
  return (
    <p className="px-4 py-3 text-center text-muted">
      {state.isAtEnd ? 'The end of the log.' : 'Loading older ones …'}
    </p>
  );
}
