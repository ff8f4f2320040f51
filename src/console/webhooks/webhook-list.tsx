import { defaultRangeExtractor, useWindowVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';

import type { Webhook } from '../../contract/webhook';
import { Skeleton } from '../ui/skeleton';
import { webhookColumns } from './webhook-columns';
import { WebhookRow } from './webhook-row';

interface WebhookListProps {
  organizationId: string;
  /** In the order in which they are shown. */
  webhooks: Webhook[];
  onDelete: (webhook: Webhook) => void;
}

const frame = '@container overflow-clip rounded-xl border border-line bg-surface shadow-card';

/**
 * The table of webhooks. Only the rows in view are in the document, and the one that has the focus;
 * `aria-rowcount` and `aria-rowindex` tell the rest.
 */
export function WebhookList({ organizationId, webhooks, onDelete }: WebhookListProps) {
  const body = useRef<HTMLDivElement>(null);
  const offset = usePageOffset(body);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const focused = focusedId === null ? -1 : webhooks.findIndex(({ id }) => id === focusedId);

  // oxlint-disable-next-line react/incompatible-library -- React Compiler, which it warns about, is not in use
  const virtualizer = useWindowVirtualizer({
    count: webhooks.length,
    estimateSize: () => 65,
    overscan: 6,
    scrollMargin: offset,
    getItemKey: (index) => webhooks[index]?.id ?? index,
    rangeExtractor: useCallback(
      (range: Range) => {
        const visible = defaultRangeExtractor(range);
        if (focused < 0 || visible.includes(focused)) return visible;
        return [...visible, focused].toSorted((a, b) => a - b);
      },
      [focused],
    ),
  });

  return (
    <div role="table" aria-label="Webhooks" aria-rowcount={webhooks.length + 1} className={frame}>
      <ColumnHeaders />
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
                onFocus={() => setFocusedId(webhook.id)}
                onBlur={() => setFocusedId(null)}
                className="absolute inset-x-0 top-0 border-b border-line last:border-b-0"
                style={{ transform: `translateY(${start - offset}px)` }}
              >
                <WebhookRow organizationId={organizationId} webhook={webhook} onDelete={onDelete} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

function ColumnHeaders() {
  return (
    <div role="rowgroup">
      <div
        role="row"
        aria-rowindex={1}
        className={`${webhookColumns} hidden border-b border-line bg-sunken px-4 py-2 text-xs font-medium text-muted @4xl:grid`}
      >
        <span role="columnheader">URL and description</span>
        <span role="columnheader">Kind</span>
        <span role="columnheader">Scope</span>
        <span role="columnheader">Updated</span>
        <span role="columnheader">Enable</span>
        <span role="columnheader" className="text-right">
          Actions
        </span>
      </div>
    </div>
  );
}

/** Where the list begins on the page, in pixels; what stands above it may grow. */
function usePageOffset(element: RefObject<HTMLElement | null>): number {
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      const top = element.current?.getBoundingClientRect().top;
      if (top !== undefined) setOffset(top + window.scrollY);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [element]);
  return offset;
}

/** The list while it is on its way, in the shape of its rows. */
export function WebhookListSkeleton() {
  return (
    <div role="status" aria-label="Loading the webhooks" aria-busy="true" className={frame}>
      <div aria-hidden>
        <ColumnHeaders />
      </div>
      {['w-3/5', 'w-2/5', 'w-1/2', 'w-2/3'].map((width) => (
        <div
          key={width}
          className={`${webhookColumns} flex h-[65px] items-center justify-between border-b border-line px-4 last:border-b-0 @4xl:grid`}
        >
          <div className="w-full space-y-2">
            <Skeleton className={`h-3.5 ${width}`} />
            <Skeleton className="h-3 w-1/3" />
          </div>
          <Skeleton className="hidden h-3.5 w-16 @4xl:block" />
          <Skeleton className="hidden h-3.5 w-4/5 @4xl:block" />
          <Skeleton className="hidden h-3.5 w-20 @4xl:block" />
          <Skeleton className="h-5 w-9 rounded-full" />
          <Skeleton className="ml-auto hidden h-5 w-16 @4xl:block" />
        </div>
      ))}
    </div>
  );
}
