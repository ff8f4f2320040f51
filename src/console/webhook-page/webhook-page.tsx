import { useQuery } from '@tanstack/react-query';
import { Ghost } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { Link, useParams, useSearchParams } from 'react-router-dom';

import { displayUrl } from '../../contract/display-url';
import type { Webhook } from '../../contract/webhook';
import { useCapabilitiesFailure, useFeature } from '../capabilities-queries';
import { WebhookDeliveries } from '../deliveries/webhook-deliveries';
import { deliveriesPage, webhooksPage } from '../page-paths';
import { Button, LinkButton } from '../ui/button';
import { MessagePanel } from '../ui/message-panel';
import { usePageTitle } from '../ui/page-title';
import { Skeleton } from '../ui/skeleton';
import { BackToList } from '../webhooks/back-to-list';
import { CannotLoad, FeaturesUnknown, OutOfDate } from '../webhooks/cannot-load';
import { newestWebhookQuery } from '../webhooks/newest-webhook';
import { webhooksQuery } from '../webhooks/queries';
import { hasUnreadable, unreadableWebhook } from '../webhooks/unreadable-webhook';
import { attemptParameter, dialogParameter } from '../use-close-dialog';
import { DisabledBanner } from './disabled-banner';
import { EventOutcomes } from './event-outcomes';
import { PageDialogs } from './page-dialogs';
import { SetupHelp } from './setup-help';
import { WebhookHeader } from './webhook-header';

const tabs = { deliveries: 'Deliveries', events: 'Why did nothing fire?', setup: 'Setup help' };
type Tab = keyof typeof tabs;

/** One webhook: whether it arrived, what was sent and answered, why nothing fired, how to verify. */
export function WebhookPage() {
  const { organizationId = '', webhookId = '' } = useParams();
  return (
    <OneWebhook
      key={`${organizationId} ${webhookId}`}
      organizationId={organizationId}
      webhookId={webhookId}
    />
  );
}

function OneWebhook({ organizationId, webhookId }: { organizationId: string; webhookId: string }) {
  const { webhook, isGone, isUnreadable, failure, retry } = useShownWebhook(
    organizationId,
    webhookId,
  );
  usePageTitle(webhook ? displayUrl(webhook.target_url, webhook.kind) : 'Webhook');
  const unknown = useCapabilitiesFailure();
  const [params] = useSearchParams();
  const tab = readTab(params.get('tab'));
  // What is open goes on: nothing is taken out of somebody's hands.
  const isAtWork = params.has(dialogParameter) || params.has(attemptParameter);
  if (isGone && !(webhook && isAtWork))
    return <NoSuchWebhook organizationId={organizationId} isUnreadable={isUnreadable} />;
  return (
    <>
      <BackToList organizationId={organizationId} />
      <Head organizationId={organizationId} webhook={webhook} failure={failure} retry={retry} />
      {unknown && (
        <div className="mt-4">
          <FeaturesUnknown {...unknown} />
        </div>
      )}
      <Sections selected={tab} />
      {tab === 'deliveries' && (
        <WebhookDeliveries organizationId={organizationId} webhookId={webhookId} />
      )}
      {tab === 'events' && webhook && (
        <EventOutcomes organizationId={organizationId} webhook={webhook} />
      )}
      {tab === 'setup' && webhook && <SetupHelp webhook={webhook} />}
      {webhook && <PageDialogs organizationId={organizationId} webhook={webhook} />}
    </>
  );
}

/**
 * The webhook of the page, kept up to date while one watches. If it is deleted meanwhile, it is as it
 * was last known, and gone.
 */
function useShownWebhook(organizationId: string, webhookId: string) {
  const list = useQuery(webhooksQuery(organizationId));
  const row = list.data?.results.find(({ id }) => id === webhookId);
  const [known, setKnown] = useState(row);
  if (row && row !== known) setKnown(row);
  const newest = useQuery({
    ...newestWebhookQuery(organizationId, webhookId),
    enabled: row !== undefined,
    notifyOnChangeProps: ['error'],
  });
  return {
    webhook: row ?? known,
    isGone: list.data !== undefined && !row && !list.isFetching,
    isUnreadable: hasUnreadable(list.data, webhookId),
    failure: list.error ?? newest.error,
    retry: {
      isFetching: list.isFetching,
      refetch: () => Promise.all([list.refetch(), row && newest.refetch()]),
    },
  };
}

interface HeadProps {
  organizationId: string;
  webhook: Webhook | undefined;
  /** Why there is no webhook to show, or maybe an old state of it. */
  failure: Error | null;
  retry: { isFetching: boolean; refetch: () => unknown };
}

/** The webhook, that it is on its way, or why it could not be loaded. */
function Head({ organizationId, webhook, failure, retry }: HeadProps) {
  const enable = useRef<HTMLButtonElement>(null);
  const again = (
    <Button busy={retry.isFetching} onClick={() => void retry.refetch()}>
      Try again
    </Button>
  );
  if (!webhook) return failure ? <CannotLoad error={failure} retry={again} /> : <HeaderSkeleton />;
  return (
    <>
      {failure && (
        <div className="mb-4">
          <OutOfDate error={failure} retry={again} />
        </div>
      )}
      <WebhookHeader organizationId={organizationId} webhook={webhook} enableRef={enable} />
      <DisabledBanner
        organizationId={organizationId}
        webhook={webhook}
        // The banner goes, and the focus with it.
        onEnable={() => enable.current?.focus()}
      />
    </>
  );
}

function readTab(name: string | null): Tab {
  return name !== null && Object.hasOwn(tabs, name) ? (name as Tab) : 'deliveries';
}

/** The parts of the page; each has an address. */
function Sections({ selected }: { selected: Tab }) {
  return (
    <nav
      aria-label="Parts of this page"
      className="mt-6 mb-4 flex overflow-x-auto border-b border-line"
    >
      {Object.entries(tabs).map(([tab, name]) => (
        <Link
          key={tab}
          to={{ search: tab === 'deliveries' ? '' : `?tab=${tab}` }}
          aria-current={tab === selected ? 'page' : undefined}
          className="flex min-h-10 items-center border-b-2 border-transparent px-3 font-medium whitespace-nowrap max-sm:px-1.5 max-sm:text-sm text-muted -outline-offset-2 hover:text-ink aria-[current]:border-accent-text aria-[current]:text-ink"
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}

function HeaderSkeleton(): ReactNode {
  return (
    <div role="status" aria-label="Loading the webhook" aria-busy="true" className="space-y-3">
      <Skeleton className="h-7 w-1/2" />
      <Skeleton className="h-4 w-2/3" />
      <Skeleton className="h-4 w-1/3" />
    </div>
  );
}

interface NoSuchWebhookProps {
  organizationId: string;
  /** Whether it is there, and could not be read. */
  isUnreadable: boolean;
}

function NoSuchWebhook({ organizationId, isUnreadable }: NoSuchWebhookProps) {
  const hasLog = useFeature('organization-log') === true;
  return (
    <div className="rounded-xl border border-line bg-surface shadow-card">
      <MessagePanel
        heading="h1"
        icon={Ghost}
        title={isUnreadable ? unreadableWebhook.title : 'This webhook does not exist'}
        actions={
          <>
            <LinkButton look="primary" to={webhooksPage(organizationId)}>
              Go to the list
            </LinkButton>
            {hasLog && (
              <LinkButton to={deliveriesPage(organizationId)}>See all deliveries</LinkButton>
            )}
          </>
        }
      >
        {isUnreadable ? unreadableWebhook.detail : 'It was deleted, or the address is mistyped.'}
        {hasLog && ' What was sent to it is still among the deliveries of all webhooks.'}
      </MessagePanel>
    </div>
  );
}
