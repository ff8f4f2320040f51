import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Outlet, useParams } from 'react-router-dom';

import { ApiError } from '../api-client';
import { useCapabilitiesFailure, useFeature } from '../capabilities-queries';
import { ShortcutsDialog } from '../shell/preloaded-shortcuts-dialog';
import { Button } from '../ui/button';
import { usePageTitle } from '../ui/page-title';
import { WaitsNotice } from '../waits-notice';
import { whenIdle } from '../when-idle';
import { AddNewLink } from './add-new-link';
import { BulkBar } from './bulk-actions';
import { CannotLoad, FeaturesUnknown, OutOfDate } from './cannot-load';
import { DeliveriesLink } from './deliveries-link';
import { EventCommand } from './event-command';
import { FirstUse } from './first-use';
import { AddWebhookDialog, EditWebhookDialog } from './preloaded-dialogs';
import { webhooksQuery } from './queries';
import { ViewedList } from './viewed-list';

/** What is wanted next is there before anybody asks. */
function warmUp() {
  AddWebhookDialog.preload();
  EditWebhookDialog.preload();
  BulkBar.preload();
  ShortcutsDialog.preload();
}

/** "Organization settings → Webhook": the list, and the dialogs over it. */
export function WebhooksPage() {
  usePageTitle('Webhook');
  const { organizationId = '' } = useParams();
  const query = useQuery(webhooksQuery(organizationId));
  const { data, error, isFetching, refetch } = query;
  const isFirstUse = data?.results.length === 0 && data.unreadable === 0;
  const isLoaded = data !== undefined;
  const isMissing = !data && error instanceof ApiError && error.status === 404;
  const unknown = useCapabilitiesFailure();

  useEffect(() => (isLoaded ? whenIdle(warmUp) : undefined), [isLoaded]);

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
        {!isMissing && (
          <div className="flex flex-wrap gap-2 sm:flex-row-reverse">
            <AddNewLink organizationId={organizationId} />
            <DeliveriesLink organizationId={organizationId} />
          </div>
        )}
      </div>
      <div className="flex flex-col gap-4">
        <WaitsNotice
          failureCount={query.failureCount}
          failureReason={query.failureReason}
          isFetching={isFetching}
        />
        {data && unknown && <FeaturesUnknown {...unknown} />}
        {error && data && <OutOfDate error={error} retry={retry} />}
        {error && !data && <CannotLoad error={error} retry={retry} />}
        {isFirstUse && <FirstUse organizationId={organizationId} />}
        {(data || !error) && !isFirstUse && (
          <ViewedList key={organizationId} organizationId={organizationId} list={data} />
        )}
        {data && !isFirstUse && <EventHelp organizationId={organizationId} />}
      </div>
      <Outlet />
    </>
  );
}

function EventHelp({ organizationId }: { organizationId: string }) {
  const takesEvents = useFeature('event-intake') === true;
  if (!takesEvents) return null;
  return (
    <details className="rounded-xl border border-line bg-surface px-4 py-3 shadow-card">
      <summary className="font-medium">How deployment events get here</summary>
      <div className="mt-3">
        <EventCommand organizationId={organizationId} />
      </div>
    </details>
  );
}
