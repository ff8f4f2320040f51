import { useQuery } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';

import type { LenientList } from '../../contract/lenient';
import type { Webhook } from '../../contract/webhook';
import { useFeature } from '../capabilities-queries';
import { deleteWebhookPage } from '../page-paths';
import { webhookHealthQuery } from './health-queries';
import { ListToolbar } from './list-toolbar';
import { unfiltered } from './list-view';
import { ListedWebhooks } from './listed-webhooks';
import { overList } from './use-close-dialog';
import { useListView } from './use-list-view';
import { WebhookListSkeleton } from './webhook-list';

interface ViewedListProps {
  organizationId: string;
  /** Undefined while it is on its way. */
  list: LenientList<Webhook> | undefined;
}

/** The list with its search and filters, which stand there before it does. */
export function ViewedList({ organizationId, list }: ViewedListProps) {
  const { view, change, search, settle } = useListView();
  const shownView = useDeferredValue(view);
  const searchField = useRef<HTMLInputElement>(null);
  const hasHealth = useFeature('health');
  const { data: health, isPending } = useQuery({
    ...webhookHealthQuery(organizationId),
    enabled: hasHealth === true,
  });
  const awaitsHealth =
    hasHealth !== false && isPending && (view.health !== null || view.sort === 'health');

  const navigate = useNavigate();
  const { search: inAddress } = useLocation();
  const askToDelete = useCallback(
    ({ id }: Webhook) => {
      const pathname = deleteWebhookPage(organizationId, id);
      void navigate({ pathname, search: inAddress }, { state: overList });
    },
    [navigate, organizationId, inAddress],
  );
  const clear = useCallback(() => {
    change(unfiltered);
    searchField.current?.focus();
  }, [change]);

  return (
    <>
      <ListToolbar
        view={view}
        onSearch={search}
        onSearchEnd={settle}
        onChange={change}
        searchField={searchField}
        hasHealth={hasHealth !== false}
      />
      {list && !awaitsHealth ? (
        <ListedWebhooks
          organizationId={organizationId}
          list={list}
          health={health?.results}
          view={shownView}
          onDelete={askToDelete}
          onClear={clear}
        />
      ) : (
        <WebhookListSkeleton />
      )}
    </>
  );
}
