import { defaultRangeExtractor, useWindowVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';

import type { Webhook } from '../../contract/webhook';
import { useFeature } from '../capabilities-queries';
import { Skeleton } from '../ui/skeleton';
import { usePageOffset } from '../ui/use-page-offset';
import { SelectAll } from './select-webhook';
import type { Selection } from './selection';
import { useTypicalHeight } from './use-typical-height';
import { webhookColumns } from './webhook-columns';
import type { ShownHealth } from './webhook-health';
import { WebhookRow } from './webhook-row';

interface WebhookListProps {
  organizationId: string;
  /** In the order in which they are shown. */
  webhooks: Webhook[];
  /** Those in that order; the same list as long as the order is, whatever of them is toggled. */
  order: readonly Pick<Webhook, 'id'>[];
  /** Null where the API tells no health. */
  healthOf: ((webhookId: string) => ShownHealth) | null;
  selection: Selection;
  onFlip: (webhookId: string) => void;
  onDelete: (webhook: Webhook) => void;
}

const frame = '@container overflow-clip rounded-xl border border-line bg-surface shadow-card';

/**
 * The table of webhooks. Only the rows in view are in the document, and the one that has the focus;
 * `aria-rowcount` and `aria-rowindex` tell the rest.
 */
export function WebhookList({
  organizationId,
  webhooks,
  order,
  healthOf,
  selection,
  onFlip,
  onDelete,
}: WebhookListProps) {
  const canTest = useFeature('test') === true;
  const body = useRef<HTMLDivElement>(null);
  const offset = usePageOffset(body);
  const rowHeight = useTypicalHeight(body, 65);
  const focusedId = useRef<string | null>(null);

  useLayoutEffect(() => selection.show(webhooks), [selection, webhooks]);

  // oxlint-disable-next-line react/incompatible-library -- React Compiler, which it warns about, is not in use
  const virtualizer = useWindowVirtualizer({
    count: webhooks.length,
    estimateSize: () => rowHeight,
    overscan: 3,
    scrollMargin: offset,
    getItemKey: useCallback((index: number) => order[index]?.id ?? index, [order]),
    rangeExtractor: useCallback(
      (range: Range) => {
        const visible = defaultRangeExtractor(range);
        const focused = order.findIndex(({ id }) => id === focusedId.current);
        if (focused < 0 || visible.includes(focused)) return visible;
        return [...visible, focused].toSorted((a, b) => a - b);
      },
      [order],
    ),
  });

  return (
    <div role="table" aria-label="Webhooks" aria-rowcount={webhooks.length + 1} className={frame}>
      <ColumnHeaders
        hasHealth={healthOf !== null}
        select={<SelectAll selection={selection} webhooks={webhooks} />}
      />
      <div
        ref={body}
        role="rowgroup"
        className="relative"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ key, index, start }) => {
          const webhook = webhooks[index];
          return (
            webhook && (
              <div
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                role="row"
                aria-rowindex={index + 2}
                onFocus={() => {
                  focusedId.current = webhook.id;
                }}
                onBlur={() => {
                  focusedId.current = null;
                }}
                className="absolute inset-x-0 top-0 border-b border-line last:border-b-0"
                style={{ transform: `translateY(${start - offset}px)` }}
              >
                <WebhookRow
                  organizationId={organizationId}
                  webhook={webhook}
                  health={healthOf && healthOf(webhook.id)}
                  canTest={canTest}
                  selection={selection}
                  onFlip={onFlip}
                  onDelete={onDelete}
                />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

interface ColumnHeadersProps {
  hasHealth: boolean;
  /** What selects all rows. */
  select: ReactNode;
}

/** Where rows are cards, only what selects them all is left of it. */
function ColumnHeaders({ hasHealth, select }: ColumnHeadersProps) {
  return (
    <div role="rowgroup">
      <div
        role="row"
        aria-rowindex={1}
        className={`${webhookColumns(hasHealth)} grid border-b border-line bg-sunken px-4 py-2 text-xs font-medium text-muted [grid-template-areas:none]! @max-4xl:[&>:not(:first-child)]:hidden`}
      >
        <span role="columnheader">{select}</span>
        <span role="columnheader" className={hasHealth ? 'col-span-2 @7xl:col-span-1' : ''}>
          URL and description
        </span>
        <span role="columnheader" className={hasHealth ? 'sr-only @7xl:not-sr-only' : ''}>
          Kind
          {hasHealth && <span aria-hidden>, updated</span>}
        </span>
        <span role="columnheader">Scope</span>
        {hasHealth && <span role="columnheader">Health</span>}
        <span role="columnheader" className={hasHealth ? 'sr-only' : ''}>
          Updated
        </span>
        <span role="columnheader">Enable</span>
        <span role="columnheader" className="text-right">
          Actions
        </span>
      </div>
    </div>
  );
}

/** After some time, so that nobody takes it for hung. */
function StillLoading() {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), slow);
    return () => clearTimeout(timer);
  }, []);
  return (
    isSlow && <p className="px-4 py-3 text-muted">Still loading: the API is slow to answer.</p>
  );
}

/** In milliseconds. */
const slow = 6_000;

/** The list while it is on its way, in the shape of its rows. */
export function WebhookListSkeleton({ hasHealth }: { hasHealth: boolean }) {
  return (
    <div role="status" aria-label="Loading the webhooks" aria-busy="true" className={frame}>
      <div aria-hidden>
        <ColumnHeaders hasHealth={hasHealth} select={<Skeleton className="size-4" />} />
      </div>
      {['w-3/5', 'w-2/5', 'w-1/2', 'w-2/3'].map((width) => (
        <div
          key={width}
          className={`${webhookColumns(hasHealth)} grid min-h-16 items-center gap-y-1.5 border-b border-line px-4 py-2.5 last:border-b-0`}
        >
          <Skeleton className="size-4 [grid-area:select]" />
          <div className="h-10 space-y-2 py-1 [grid-area:url]">
            <Skeleton className={`h-3.5 ${width}`} />
            <Skeleton className="h-3 w-1/3" />
          </div>
          <Skeleton className="h-3.5 w-16 [grid-area:kind]" />
          <Skeleton className="my-1 h-3.5 w-4/5 [grid-area:scope]" />
          {hasHealth && <Skeleton className="my-1 h-3.5 w-36 [grid-area:health]" />}
          <Skeleton className="h-3.5 w-20 [grid-area:time]" />
          <Skeleton className="h-5 w-9 rounded-full [grid-area:switch]" />
          <Skeleton className="my-2 ml-auto h-5 w-16 [grid-area:actions]" />
        </div>
      ))}
      <StillLoading />
    </div>
  );
}
