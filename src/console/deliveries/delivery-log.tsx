import { Inbox, ServerCrash } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';

import { errorMessage } from '../error-message';
import { Button } from '../ui/button';
import { MessagePanel } from '../ui/message-panel';
import { Notice } from '../ui/notice';
import { usePageOffset } from '../ui/use-page-offset';
import { useRowWindow } from '../ui/use-row-window';
import { DeliveryColumnHeaders, DeliveryRow, DeliveryRowSkeleton, GoneRow } from './delivery-row';
import { useRowHeight } from './delivery-shape';
import type { LogBook, LogState } from './log-book';
import type { LogRow } from './log-pages';
import type { LogFilter, LogScope } from './log-queries';
import { NewRows } from './new-rows';
import { useLog } from './use-log';

interface DeliveryLogProps {
  scope: LogScope;
  filter: LogFilter;
  /** The search of the address under which a row is opened; the same function as long as it does the same. */
  searchOf: (webhookId: string, attemptId: string) => string;
}

/** New rows stand on top at once unless one has scrolled further than this, in pixels. */
const nearTop = 40;
/** Older rows are loaded when so few are left below, of which some are drawn already. */
const fewLeft = 40;

const frame = '@container overflow-clip rounded-xl border border-line bg-surface shadow-card';

/**
 * The log of one webhook or of all, newest first: it loads on as one scrolls. For another scope or
 * filter it needs another key.
 */
export function DeliveryLog({ scope, filter, searchOf }: DeliveryLogProps) {
  const { book, state } = useLog(scope, filter, useIsAtTop());
  const isNarrowed = filter.status !== null || filter.event !== null;
  if (state.count === 0 && state.error) {
    const { title, detail } = errorMessage(state.error, 'load the deliveries');
    return (
      <div className={frame}>
        <MessagePanel
          icon={ServerCrash}
          tone="danger"
          title={title}
          actions={<Button onClick={() => void book.loadOlder()}>Try again</Button>}
        >
          {detail}
        </MessagePanel>
      </div>
    );
  }
  if (state.count === 0 && state.isAtEnd) {
    return (
      <div className={frame}>
        <MessagePanel
          icon={Inbox}
          title={isNarrowed ? 'No delivery is like that' : 'Nothing was sent yet'}
        >
          {isNarrowed
            ? 'Choose another result or event. What comes appears here by itself.'
            : 'Deliveries appear here by themselves, as soon as a deployment event matches.'}
        </MessagePanel>
      </div>
    );
  }
  return (
    <>
      {state.lookError && (
        <Notice tone="warning">
          <strong className="font-medium">What you see may be out of date.</strong>{' '}
          {errorMessage(state.lookError, 'load the deliveries').detail}
        </Notice>
      )}
      <NewRows waiting={state.waiting} onTake={() => book.takeNew()} />
      <Rows book={book} state={state} scope={scope} searchOf={searchOf} />
    </>
  );
}

interface RowsProps {
  book: LogBook;
  state: LogState;
  scope: LogScope;
  searchOf: DeliveryLogProps['searchOf'];
}

function Rows({ book, state, scope, searchOf }: RowsProps) {
  const body = useRef<HTMLDivElement>(null);
  const namesWebhook = scope.webhookId === null;
  const height = useRowHeight(body, namesWebhook);
  const { first, last } = useRowWindow({
    count: state.count,
    height,
    offset: usePageOffset(body),
  });
  // The row that has the focus stays in the document, wherever it moves to.
  const [focused, setFocused] = useState<{ row: LogRow; fromEnd: number } | null>(null);
  const focusedAt = focused && state.onTop - focused.fromEnd;

  useEffect(() => book.show(first, last), [book, first, last]);
  const isNearEnd = last + fewLeft >= state.count && !state.error && !state.isAtEnd;
  const wantsOlderThan = isNearEnd ? state.count : null;
  useEffect(() => {
    if (wantsOlderThan !== null) void book.loadOlder();
  }, [book, wantsOlderThan]);

  const shown = Array.from({ length: state.count === 0 ? 0 : last - first + 1 }, (_, at) => ({
    index: first + at,
    row: book.rowAt(first + at),
  }));
  if (focused && focusedAt !== null && (focusedAt < first || focusedAt > last)) {
    shown.push({ index: focusedAt, row: focused.row });
  }
  return (
    <div className={frame}>
      <div
        role="table"
        aria-label="Deliveries"
        aria-rowcount={state.isAtEnd ? state.count + 1 : -1}
        aria-busy={state.isPending}
      >
        <DeliveryColumnHeaders />
        <div
          ref={body}
          role="rowgroup"
          className="relative"
          style={{ height: (state.isPending ? 6 : state.count) * height }}
        >
          {shown.map(({ index, row }) => (
            <div
              key={typeof row === 'object' ? row.event.id : index}
              role="row"
              aria-rowindex={index + 2}
              onFocus={() =>
                typeof row === 'object' && setFocused({ row, fromEnd: state.onTop - index })
              }
              onBlur={() => setFocused(null)}
              className="absolute inset-x-0 top-0 border-b border-line"
              style={{ height, transform: `translateY(${index * height}px)` }}
            >
              {typeof row === 'object' ? (
                <DeliveryRow
                  row={row}
                  search={searchOf(row.event.webhook_id ?? scope.webhookId ?? '', row.event.id)}
                  namesWebhook={namesWebhook}
                />
              ) : row === 'gone' ? (
                <GoneRow />
              ) : (
                <DeliveryRowSkeleton />
              )}
            </div>
          ))}
          {state.isPending && <LoadingRows height={height} />}
        </div>
      </div>
      {!state.isPending && <LogEnd book={book} state={state} />}
    </div>
  );
}

/** The log before its first rows are there, in their shape. */
function LoadingRows({ height }: { height: number }) {
  return Array.from({ length: 6 }, (_, index) => (
    <div key={index} role="row" className="border-b border-line last:border-b-0" style={{ height }}>
      <DeliveryRowSkeleton />
    </div>
  ));
}

function LogEnd({ book, state }: Pick<RowsProps, 'book' | 'state'>) {
  if (state.error) {
    return (
      <div
        role="alert"
        className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3 text-danger"
      >
        {errorMessage(state.error, 'load older deliveries').detail}
        <Button onClick={() => void book.loadOlder()}>Try again</Button>
      </div>
    );
  }
  return (
    <p className="px-4 py-3 text-center text-muted">
      {state.isAtEnd ? 'That is all there is.' : 'Loading older ones …'}
    </p>
  );
}

/** Whether the page is scrolled to its top, or nearly so. */
function useIsAtTop(): boolean {
  return useSyncExternalStore(subscribeToScroll, () => window.scrollY <= nearTop);
}

function subscribeToScroll(listener: () => void): () => void {
  window.addEventListener('scroll', listener, { passive: true });
  return () => window.removeEventListener('scroll', listener);
}
