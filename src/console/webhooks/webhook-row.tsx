import { Send, Settings, Trash2 } from 'lucide-react';
import { memo } from 'react';
import { Link, useLocation } from 'react-router-dom';

import { displayUrl } from '../../contract/display-url';
import type { Webhook } from '../../contract/webhook';
import { editWebhookPage, testWebhookPage, webhookPage } from '../page-paths';
import { TestWebhookDialog, WebhookPage } from '../preloaded-pages';
import { overPage } from '../use-close-dialog';
import { IconButton, IconLink, type IconLinkProps } from '../ui/button';
import { CopyButton } from '../ui/copy-button';
import { RelativeTime } from '../ui/relative-time';
import { Switch } from '../ui/switch';
import { useWritesOff } from '../write-access';
import { DisabledByUs } from './disabled-by-us';
import { KindLabel } from './kind-label';
import { SelectWebhook } from './select-webhook';
import type { Selection } from './selection';
import { ShownUrl } from './shown-url';
import { WebhookHealthSummary, type ShownHealth } from './webhook-health';
import { WebhookScope } from './webhook-scope';
import { webhookColumns } from './webhook-columns';

interface WebhookRowProps {
  organizationId: string;
  webhook: Webhook;
  /** Null where the API tells no health. */
  health: ShownHealth | null;
  canTest: boolean;
  selection: Selection;
  onFlip: (webhookId: string) => void;
  onDelete: (webhook: Webhook) => void;
}

/** One webhook: a row of the table where there is room, else a card. */
export const WebhookRow = memo(function WebhookRow(props: WebhookRowProps) {
  const { organizationId, webhook, health, selection, onFlip } = props;
  const off = useWritesOff(organizationId);
  const url = displayUrl(webhook.target_url, webhook.kind);
  return (
    <div
      className={`${webhookColumns(health !== null)} grid min-h-16 items-center gap-y-1.5 px-4 py-2.5 transition-colors hover:bg-hover/60 has-[[data-select]:checked]:bg-accent-soft`}
    >
      <div role="cell" className="[grid-area:select]">
        <SelectWebhook selection={selection} webhookId={webhook.id} url={url} />
      </div>
      <div role="cell" className="min-w-0 [grid-area:url]">
        <UrlAndDescription organizationId={organizationId} webhook={webhook} url={url} />
      </div>
      <div
        role="cell"
        className={`min-w-0 [grid-area:kind] ${health === null ? '' : '@7xl:self-end'}`}
      >
        <KindLabel kind={webhook.kind} />
      </div>
      <div role="cell" className="min-w-0 [grid-area:scope]">
        <WebhookScope webhook={webhook} />
      </div>
      {health !== null && (
        <div role="cell" className="min-w-0 [grid-area:health]">
          <HealthLink
            page={webhookPage(organizationId, webhook.id)}
            label={`Deliveries of ${url}`}
            healthId={`health-${webhook.id}`}
            health={health}
          />
        </div>
      )}
      <div
        role="cell"
        className={`text-muted [grid-area:time] ${health === null ? '' : '@7xl:self-start'}`}
      >
        <span className={health === null ? '@4xl:sr-only' : '@7xl:sr-only'}>Updated </span>
        <RelativeTime iso={webhook.updated_at ?? webhook.created_at} />
      </div>
      <div role="cell" className="flex justify-end [grid-area:switch] @4xl:justify-start">
        <Switch
          checked={webhook.enabled}
          label={`Enable ${url}`}
          off={off}
          onClick={() => onFlip(webhook.id)}
        />
      </div>
      <div role="cell" className="flex items-center justify-end gap-0.5 [grid-area:actions]">
        <Actions {...props} url={url} off={off} />
      </div>
    </div>
  );
});

interface UrlAndDescriptionProps {
  organizationId: string;
  webhook: Webhook;
  /** As it is shown. */
  url: string;
}

function UrlAndDescription({ organizationId, webhook, url }: UrlAndDescriptionProps) {
  return (
    <>
      <div className="flex items-center gap-1">
        <Link
          {...WebhookPage.whenApproached}
          to={webhookPage(organizationId, webhook.id)}
          className="flex min-w-0 rounded-md hover:underline"
        >
          <ShownUrl url={url} dimmed={!webhook.enabled} />
        </Link>
        <CopyButton
          label={`Copy the URL of ${url}`}
          text={webhook.target_url}
          className="-my-2 size-8!"
        />
      </div>
      {webhook.description !== '' && (
        <p dir="auto" className="truncate text-left text-muted" title={webhook.description}>
          {webhook.description}
        </p>
      )}
      <DisabledByUs webhook={webhook} />
    </>
  );
}

interface HealthLinkProps {
  page: string;
  label: string;
  /** The `id` of what describes the link: the health in words. */
  healthId: string;
  health: ShownHealth;
}

function HealthLink({ page, label, healthId, health }: HealthLinkProps) {
  return (
    <Link
      {...WebhookPage.whenApproached}
      to={page}
      aria-label={label}
      aria-describedby={healthId}
      className="block rounded-md hover:underline"
    >
      <span id={healthId}>
        <WebhookHealthSummary health={health} />
      </span>
    </Link>
  );
}

interface ActionsProps extends Pick<
  WebhookRowProps,
  'organizationId' | 'webhook' | 'canTest' | 'onDelete'
> {
  url: string;
  /** Why nothing can be written; undefined: it can. */
  off: string | undefined;
}

function Actions({ organizationId, webhook, canTest, onDelete, url, off }: ActionsProps) {
  return (
    <>
      {canTest && (
        <DialogLink
          icon={Send}
          title="Send test event"
          label={`Send test event to ${url}`}
          page={testWebhookPage(organizationId, webhook.id)}
          {...TestWebhookDialog.whenApproached}
        />
      )}
      <DialogLink
        icon={Settings}
        title="Edit"
        label={`Edit ${url}`}
        page={editWebhookPage(organizationId, webhook.id)}
      />
      <IconButton
        icon={Trash2}
        label={`Delete ${url}`}
        title="Delete"
        off={off}
        onClick={() => onDelete(webhook)}
        className="not-aria-disabled:hover:text-danger"
      />
    </>
  );
}

interface DialogLinkProps extends Omit<IconLinkProps, 'to'> {
  page: string;
}

/** Apart from its row, which need not be drawn again whenever the address changes. */
function DialogLink({ page, ...link }: DialogLinkProps) {
  const { search } = useLocation();
  return <IconLink {...link} to={{ pathname: page, search }} state={overPage} />;
}
