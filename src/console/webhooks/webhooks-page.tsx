import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { Outlet, useNavigate, useParams } from 'react-router-dom';

import type { LenientList } from '../../contract/lenient';
import type { Webhook } from '../../contract/webhook';
import { deleteWebhookPage } from '../page-paths';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { usePageTitle } from '../ui/page-title';
import { whenIdle } from '../when-idle';
import { AddNewLink } from './add-new-link';
import { CannotLoad, OutOfDate } from './cannot-load';
import { EventCommand } from './event-command';
import { FirstUse } from './first-use';
import { warmUpWebhookDialogs } from './load-webhook-dialogs';
import { webhooksQuery } from './queries';
import { overList } from './use-close-dialog';
import { WebhookList, WebhookListSkeleton } from './webhook-list';

/** "Organization settings → Webhook": the list, and the dialogs over it. */
export function WebhooksPage() {
  usePageTitle('Webhook');
  const { organizationId = '' } = useParams();
  const { data, error, isFetching, refetch } = useQuery(webhooksQuery(organizationId));
  const isFirstUse = data?.results.length === 0 && data.unreadable === 0;
  const isLoaded = data !== undefined;

  useEffect(() => (isLoaded ? whenIdle(warmUpWebhookDialogs) : undefined), [isLoaded]);

  const retry = (
    <Button busy={isFetching} onClick={() => void refetch()}>
      Try again
    </Button>
  );
  return (
    <>
      <div className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div>
          <h1 className="text-xl font-semibold tracking-tight">Webhook</h1>
          <p className="mt-1 max-w-[64ch] text-muted">
            Tell Slack or a tool of your own when deployments of this organization start, succeed,
            fail or are cancelled.
          </p>
        </div>
        <AddNewLink organizationId={organizationId} />
      </div>
      <div className="space-y-4">
        {error && data && <OutOfDate error={error} retry={retry} />}
        {error && !data && <CannotLoad error={error} retry={retry} />}
        {!error && !data && <WebhookListSkeleton />}
        {isFirstUse && <FirstUse organizationId={organizationId} />}
        {data && !isFirstUse && <Webhooks organizationId={organizationId} list={data} />}
      </div>
      <Outlet />
    </>
  );
}

interface WebhooksProps {
  organizationId: string;
  list: LenientList<Webhook>;
}

function Webhooks({ organizationId, list: { results, unreadable } }: WebhooksProps) {
  const newestFirst = useMemo(() => results.toSorted(byCreation), [results]);
  const navigate = useNavigate();
  const askToDelete = useCallback(
    ({ id }: Webhook) => void navigate(deleteWebhookPage(organizationId, id), { state: overList }),
    [navigate, organizationId],
  );
  return (
    <>
      {unreadable > 0 && (
        <Notice tone="warning">
          {unreadable === 1
            ? 'One webhook could not be read and is not shown.'
            : `${unreadable} webhooks could not be read and are not shown.`}
        </Notice>
      )}
      {newestFirst.length > 0 && (
        <WebhookList
          organizationId={organizationId}
          webhooks={newestFirst}
          onDelete={askToDelete}
        />
      )}
      <details className="rounded-xl border border-line bg-surface px-4 py-3 shadow-card">
        <summary className="font-medium">How deployment events get here</summary>
        <div className="mt-3">
          <EventCommand organizationId={organizationId} />
        </div>
      </details>
    </>
  );
}

function byCreation(a: Webhook, b: Webhook): number {
  if (a.created_at === b.created_at) return a.id < b.id ? 1 : -1;
  return a.created_at < b.created_at ? 1 : -1;
}
