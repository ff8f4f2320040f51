import { useQuery } from '@tanstack/react-query';
import { Compass, Plus, ServerCrash } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { Outlet, useParams } from 'react-router-dom';

import type { Webhook } from '../../contract/webhook';
import { ApiError } from '../api-client';
import { errorMessage } from '../error-message';
import { homePath, newWebhookPage } from '../page-paths';
import { overList } from './use-close-dialog';
import { Button, LinkButton } from '../ui/button';
import { MessagePanel } from '../ui/message-panel';
import { Notice } from '../ui/notice';
import { usePageTitle } from '../ui/page-title';
import { DeleteWebhookDialog } from './delete-webhook-dialog';
import { EventCommand } from './event-command';
import { FirstUse } from './first-use';
import { warmUpWebhookDialogs } from './load-webhook-dialogs';
import { webhooksQuery } from './queries';
import { WebhookList, WebhookListSkeleton } from './webhook-list';

/** "Organization settings → Webhook": the list, and the dialogs over it. */
export function WebhooksPage() {
  usePageTitle('Webhook');
  const { organizationId = '' } = useParams();
  const { data, error, isFetching, refetch } = useQuery(webhooksQuery(organizationId));
  const newestFirst = useMemo(() => data?.results.toSorted(byCreation), [data]);
  const [deleting, setDeleting] = useState<Webhook | null>(null);
  const loaded = data !== undefined;
  const isFirstUse = data?.results.length === 0 && data.unreadable === 0;

  useEffect(() => {
    if (!loaded) return;
    const timer = whenIdle(() => warmUpWebhookDialogs());
    return () => cancelIdle(timer);
  }, [loaded]);

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
        {data && !isFirstUse && (
          <LinkButton
            look="primary"
            icon={Plus}
            to={newWebhookPage(organizationId)}
            state={overList}
          >
            Add new
          </LinkButton>
        )}
      </div>
      <div className="space-y-4">
        {error && data && (
          <Notice tone="danger">
            <LoadError error={error} />
            <div className="mt-2">{retry}</div>
          </Notice>
        )}
        {data && data.unreadable > 0 && (
          <Notice tone="warning">
            {data.unreadable === 1
              ? 'One webhook could not be read and is not shown.'
              : `${data.unreadable} webhooks could not be read and are not shown.`}
          </Notice>
        )}
        {error &&
          !data &&
          (isGone(error) ? <NoOrganization /> : <CannotLoad error={error} actions={retry} />)}
        {!error && !data && <WebhookListSkeleton />}
        {isFirstUse && <FirstUse organizationId={organizationId} />}
        {newestFirst && newestFirst.length > 0 && (
          <>
            <WebhookList
              organizationId={organizationId}
              webhooks={newestFirst}
              onDelete={setDeleting}
            />
            <details className="rounded-xl border border-line bg-surface px-4 py-3 shadow-card">
              <summary className="font-medium">How deployment events get here</summary>
              <div className="mt-3">
                <EventCommand organizationId={organizationId} />
              </div>
            </details>
          </>
        )}
      </div>
      {deleting && (
        <DeleteWebhookDialog
          organizationId={organizationId}
          webhook={deleting}
          onClose={() => setDeleting(null)}
        />
      )}
      <Outlet />
    </>
  );
}

function isGone(error: Error): boolean {
  return error instanceof ApiError && error.status === 404;
}

function NoOrganization() {
  return (
    <div className="rounded-xl border border-line bg-surface shadow-card">
      <MessagePanel
        icon={Compass}
        title="There is no such organization"
        actions={<LinkButton to={homePath}>Go to your organization</LinkButton>}
      >
        The address may be mistyped, or you do not belong to it.
      </MessagePanel>
    </div>
  );
}

function CannotLoad({ error, actions }: { error: Error; actions: React.ReactNode }) {
  const { title, detail } = errorMessage(error, 'load the webhooks');
  return (
    <div className="rounded-xl border border-line bg-surface shadow-card">
      <MessagePanel icon={ServerCrash} tone="danger" title={title} actions={actions}>
        {detail}
      </MessagePanel>
    </div>
  );
}

function LoadError({ error }: { error: Error }) {
  const { detail } = errorMessage(error, 'load the webhooks');
  return (
    <>
      <strong className="font-medium">What you see may be out of date.</strong> {detail}
    </>
  );
}

function byCreation(a: Webhook, b: Webhook): number {
  if (a.created_at === b.created_at) return a.id < b.id ? 1 : -1;
  return a.created_at < b.created_at ? 1 : -1;
}

// Safari has no requestIdleCallback.
const whenIdle: (run: () => void) => number =
  globalThis.requestIdleCallback ?? ((run) => window.setTimeout(run, 500));
const cancelIdle: (handle: number) => void = globalThis.cancelIdleCallback ?? window.clearTimeout;
