import { memo, useEffect, useMemo, useState } from 'react';

import type { LenientList } from '../../contract/lenient';
import type { Webhook } from '../../contract/webhook';
import type { WebhookHealth } from '../../contract/webhook-health';
import { Notice } from '../ui/notice';
import type { HealthById } from './health-state';
import { ListCount } from './list-count';
import { filterWebhooks, sortWebhooks, type ListView } from './list-view';
import { NothingFound } from './nothing-found';
import { settleRows, type SettledRows } from './settled-rows';
import { warmUpSearch } from './warm-up-search';
import { WebhookList } from './webhook-list';

interface ListedWebhooksProps {
  organizationId: string;
  list: LenientList<Webhook>;
  /** Undefined while it is on its way, null if there is none. */
  health: readonly WebhookHealth[] | null | undefined;
  view: ListView;
  onDelete: (webhook: Webhook) => void;
  onClear: () => void;
}

/** The webhooks that a view shows, how many they are, and what there is to say if there are none. */
export const ListedWebhooks = memo(function ListedWebhooks({
  organizationId,
  list: { results, unreadable },
  health,
  view,
  onDelete,
  onClear,
}: ListedWebhooksProps) {
  const healthById = useMemo(
    () => health && new Map(health.map((each) => [each.webhook_id, each])),
    [health],
  );
  const shown = useShownWebhooks(results, healthById ?? null, view);
  useEffect(() => warmUpSearch(results), [results]);
  return (
    <>
      <ListCount shown={shown.length} all={results.length} view={view} onClear={onClear} />
      {unreadable > 0 && (
        <Notice tone="warning">
          {unreadable === 1
            ? 'One webhook could not be read and is not shown.'
            : `${unreadable} webhooks could not be read and are not shown.`}
        </Notice>
      )}
      {shown.length > 0 && (
        <WebhookList organizationId={organizationId} webhooks={shown} onDelete={onDelete} />
      )}
      {shown.length === 0 && results.length > 0 && <NothingFound view={view} onClear={onClear} />}
    </>
  );
});

/** The rows of a view, in its order. */
function useShownWebhooks(list: Webhook[], health: HealthById | null, view: ListView): Webhook[] {
  const { sort } = view;
  const [before, setBefore] = useState<SettledRows | null>(null);
  const settled = settleRows(before, list, health, JSON.stringify(view));
  if (settled !== before) setBefore(settled);

  const byHealth = sort === 'health' ? settled.health : null;
  const sorted = useMemo(
    () => sortWebhooks(settled.rows, sort, byHealth),
    [settled.rows, byHealth, sort],
  );
  const found = useMemo(
    () => filterWebhooks(sorted, view, settled.health),
    [sorted, view, settled.health],
  );
  return useMemo(() => {
    const current = new Map(list.map((row) => [row.id, row]));
    return found.flatMap(({ id }) => current.get(id) ?? []);
  }, [found, list]);
}
