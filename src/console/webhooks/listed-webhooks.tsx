import { memo, useCallback, useEffect, useMemo, useState } from 'react';

import type { LenientList } from '../../contract/lenient';
import type { Webhook } from '../../contract/webhook';
import type { WebhookHealth } from '../../contract/webhook-health';
import { Skeleton } from '../ui/skeleton';
import { UnreadableNotice } from '../ui/unreadable-notice';
import { BulkActions } from './bulk-actions';
import type { HealthById } from './health-state';
import { ListCount } from './list-count';
import { filterWebhooks, goesByHealth, sortWebhooks, type ListView } from './list-view';
import { NothingFound } from './nothing-found';
import type { Selection } from './selection';
import { asTheyAre, settleRows, type SettledRows } from './settled-rows';
import { warmUpSearch } from './warm-up-search';
import type { ShownHealth } from './webhook-health';
import { WebhookList, WebhookListSkeleton } from './webhook-list';

interface ListedWebhooksProps {
  organizationId: string;
  list: LenientList<Webhook>;
  /** Undefined where it is not known, of which `healthIs` says why. */
  health: readonly WebhookHealth[] | undefined;
  healthIs: 'missing' | 'loading' | 'failed' | 'loaded';
  view: ListView;
  selection: Selection;
  onFlip: (webhookId: string) => void;
  onDelete: (webhook: Webhook) => void;
  onClear: () => void;
}

/** The webhooks that a view shows, how many they are, and what there is to say if there are none. */
export const ListedWebhooks = memo(function ListedWebhooks({
  organizationId,
  list,
  health,
  healthIs,
  view,
  selection,
  onFlip,
  onDelete,
  onClear,
}: ListedWebhooksProps) {
  const { results } = list;
  const healthById = useMemo(
    () => (health ? new Map(health.map((each) => [each.webhook_id, each])) : null),
    [health],
  );
  const healthOf = useCallback(
    (webhookId: string): ShownHealth => {
      if (healthById) return healthById.get(webhookId) ?? 'none';
      return healthIs === 'failed' ? 'failed' : 'loading';
    },
    [healthById, healthIs],
  );
  const { order, shown } = useShownWebhooks(results, healthById, view);
  useEffect(() => warmUpSearch(results), [results]);
  return (
    <>
      {healthIs === 'loading' && goesByHealth(view) ? (
        <ListLoading hasHealth />
      ) : (
        <>
          <ListCount
            organizationId={organizationId}
            shown={shown.length}
            all={results.length}
            view={view}
            onClear={onClear}
          />
          <UnreadableNotice list={list} one="webhook" many="webhooks" />
          {shown.length > 0 && (
            <WebhookList
              organizationId={organizationId}
              webhooks={shown}
              order={order}
              healthOf={healthIs === 'missing' ? null : healthOf}
              selection={selection}
              onFlip={onFlip}
              onDelete={onDelete}
            />
          )}
          {shown.length === 0 && results.length > 0 && (
            <NothingFound view={view} onClear={onClear} />
          )}
        </>
      )}
      <BulkActions organizationId={organizationId} selection={selection} shown={shown} />
    </>
  );
});

/** The list's place while it is on its way. */
export function ListLoading({ hasHealth }: { hasHealth: boolean }) {
  return (
    <>
      <div className="-my-1 flex min-h-7 items-center">
        <Skeleton className="h-3.5 w-24" />
      </div>
      <WebhookListSkeleton hasHealth={hasHealth} />
    </>
  );
}

/** The rows of a view: their order, as it was arranged, and they themselves as they are. */
function useShownWebhooks(list: Webhook[], health: HealthById | null, view: ListView) {
  const { sort } = view;
  const [before, setBefore] = useState<SettledRows | null>(null);
  const settled = settleRows(before, list, health, JSON.stringify(view));
  if (settled !== before) setBefore(settled);

  const byHealth = sort === 'health' ? settled.health : null;
  const sorted = useMemo(
    () => sortWebhooks(settled.rows, sort, byHealth),
    [settled.rows, byHealth, sort],
  );
  const order = useMemo(
    () => filterWebhooks(sorted, view, settled.health),
    [sorted, view, settled.health],
  );
  const shown = useMemo(() => asTheyAre(order, settled), [order, settled]);
  return { order, shown };
}
