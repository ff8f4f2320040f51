import { useQuery } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';

import type { LenientList } from '../../contract/lenient';
import type { Webhook } from '../../contract/webhook';
import { useFeature } from '../capabilities-queries';
import { deleteWebhookPage } from '../page-paths';
import { Notice } from '../ui/notice';
import { Skeleton } from '../ui/skeleton';
import { webhookHealthQuery } from './health-queries';
import { ListToolbar } from './list-toolbar';
import { unfiltered } from './list-view';
import { ListedWebhooks } from './listed-webhooks';
import { useSelection } from './selection';
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
  const selection = useSelection();
  const searchField = useRef<HTMLInputElement>(null);
  const hasHealth = useFeature('health');
  const { data: health, error: healthError } = useQuery({
    ...webhookHealthQuery(organizationId),
    enabled: hasHealth === true,
  });
  const healthIs =
    hasHealth === false ? 'missing' : health ? 'loaded' : healthError ? 'failed' : 'loading';
  const goesByHealth = view.health !== null || view.sort === 'health';

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
        hasHealth={healthIs !== 'missing'}
      />
      {goesByHealth && healthIs === 'failed' && (
        <Notice tone="warning">
          The health of the webhooks could not be loaded, so the list does not go by it.
        </Notice>
      )}
      {list && !(goesByHealth && healthIs === 'loading') ? (
        <ListedWebhooks
          organizationId={organizationId}
          list={list}
          health={health?.results}
          healthIs={healthIs}
          view={shownView}
          selection={selection}
          onDelete={askToDelete}
          onClear={clear}
        />
      ) : (
        <>
          <div className="-my-1 flex min-h-7 items-center">
            <Skeleton className="h-3.5 w-24" />
          </div>
          <WebhookListSkeleton hasHealth={healthIs !== 'missing'} />
        </>
      )}
    </>
  );
}
