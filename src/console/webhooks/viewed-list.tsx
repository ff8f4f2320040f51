import { useQuery } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useMemo, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';

import type { LenientList } from '../../contract/lenient';
import type { Webhook } from '../../contract/webhook';
import { useFeature } from '../capabilities-queries';
import { deleteWebhookPage } from '../page-paths';
import { Notice } from '../ui/notice';
import { webhookHealthQuery } from './health-queries';
import { useLookAtGone } from './newest-webhook';
import { ListToolbar } from './list-toolbar';
import { goesByHealth, unfiltered, withoutHealth } from './list-view';
import { ListedWebhooks, ListLoading } from './listed-webhooks';
import { useSelection } from './selection';
import { overPage } from '../use-close-dialog';
import { useFlip } from './use-flip';
import { useListView } from './use-list-view';

interface ViewedListProps {
  organizationId: string;
  /** Undefined while it is on its way. */
  list: LenientList<Webhook> | undefined;
}

/** The list with its search and filters, which stand there before it does. */
export function ViewedList({ organizationId, list }: ViewedListProps) {
  const { view, change, search, settle } = useListView();
  const selection = useSelection();
  const searchField = useRef<HTMLInputElement>(null);
  const hasHealth = useFeature('health');
  const { data: health, error: healthError } = useQuery({
    ...webhookHealthQuery(organizationId),
    enabled: hasHealth === true,
  });
  useLookAtGone(organizationId, health?.results);
  const healthIs =
    hasHealth === false ? 'missing' : health ? 'loaded' : healthError ? 'failed' : 'loading';
  const withHealth = healthIs === 'loaded' || healthIs === 'loading';
  const possibleView = useMemo(() => (withHealth ? view : withoutHealth(view)), [view, withHealth]);
  const shownView = useDeferredValue(possibleView);

  const navigate = useNavigate();
  const { search: inAddress } = useLocation();
  const askToDelete = useCallback(
    ({ id }: Webhook) => {
      const pathname = deleteWebhookPage(organizationId, id);
      void navigate({ pathname, search: inAddress }, { state: overPage });
    },
    [navigate, organizationId, inAddress],
  );
  const flip = useFlip(organizationId);
  const clear = useCallback(() => {
    change(unfiltered);
    searchField.current?.focus();
  }, [change]);

  return (
    <>
      <ListToolbar
        view={healthIs === 'missing' ? possibleView : view}
        onSearch={search}
        onSearchEnd={settle}
        onChange={change}
        searchField={searchField}
        hasHealth={healthIs !== 'missing'}
      />
      {goesByHealth(view) && healthIs === 'failed' && (
        <Notice tone="warning">
          The health of the webhooks could not be loaded, so the list does not go by it.
        </Notice>
      )}
      {list ? (
        <ListedWebhooks
          organizationId={organizationId}
          list={list}
          health={health?.results}
          healthIs={healthIs}
          view={shownView}
          selection={selection}
          onFlip={flip}
          onDelete={askToDelete}
          onClear={clear}
        />
      ) : (
        <ListLoading hasHealth={healthIs !== 'missing'} />
      )}
    </>
  );
}
