import { useQuery } from '@tanstack/react-query';
import { Send, Settings, Trash2, Undo2, type LucideIcon } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';

import { displayUrl } from '../../contract/display-url';
import type { Webhook } from '../../contract/webhook';
import { signsDeliveries, useFeature } from '../capabilities-queries';
import { CopyCreateCommand } from '../transfer/copy-create-command';
import { Button, LinkButton } from '../ui/button';
import { CopyButton } from '../ui/copy-button';
import { RelativeTime } from '../ui/relative-time';
import { Switch } from '../ui/switch';
import { webhookHealthQuery } from '../webhooks/health-queries';
import { KindLabel } from '../webhooks/kind-label';
import { useFlip } from '../webhooks/use-flip';
import { useWritesOff } from '../write-access';
import { overPage } from '../use-close-dialog';
import { WebhookHealthSummary } from '../webhooks/webhook-health';
import { WebhookScope } from '../webhooks/webhook-scope';
import { useDialogSearch, type PageDialog } from './page-dialogs';

interface WebhookHeaderProps {
  organizationId: string;
  webhook: Webhook;
  /** The switch. */
  enableRef: RefObject<HTMLButtonElement | null>;
}

/** What the webhook's row says, and all that can be done with it. */
export function WebhookHeader({ organizationId, webhook, enableRef }: WebhookHeaderProps) {
  const url = displayUrl(webhook.target_url, webhook.kind);
  const flip = useFlip(organizationId);
  const off = useWritesOff(organizationId);
  const isSigned = useFeature(signsDeliveries) === true;
  return (
    <header className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <div className="flex items-start gap-1">
            <h1
              title={url}
              className="line-clamp-4 text-xl font-semibold tracking-tight wrap-anywhere"
            >
              {url}
            </h1>
            <CopyButton
              label={`Copy the URL of ${url}`}
              text={webhook.target_url}
              className="-my-1"
            />
          </div>
          {webhook.description !== '' && (
            <p
              dir="auto"
              className="mt-1 line-clamp-3 max-w-[80ch] text-left text-muted wrap-anywhere"
            >
              {webhook.description}
            </p>
          )}
        </div>
        <Actions organizationId={organizationId} webhook={webhook} off={off} />
      </div>
      <dl className="flex flex-wrap gap-x-7 gap-y-3 rounded-xl border border-line bg-surface px-4 py-3 shadow-card">
        <Fact name="Enabled">
          <Switch
            ref={enableRef}
            checked={webhook.enabled}
            label={`Enable ${url}`}
            off={off}
            onClick={() => flip(webhook.id)}
          />
        </Fact>
        <Fact name="Kind">
          <KindLabel kind={webhook.kind} />
        </Fact>
        <Fact name="Scope">
          <WebhookScope webhook={webhook} />
        </Fact>
        <Health organizationId={organizationId} webhookId={webhook.id} />
        <Fact name="Secret">{secretWords(webhook, isSigned)}</Fact>
        <Fact name="Updated">
          <RelativeTime iso={webhook.updated_at ?? webhook.created_at} />
        </Fact>
      </dl>
    </header>
  );
}

function secretWords({ target_secret_set: isSet }: Webhook, isSigned: boolean): string {
  if (isSet === null) return 'Not known: this API does not say';
  if (!isSet) return 'None';
  return isSigned ? 'Set: deliveries are signed' : 'Set: sent with each delivery';
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0 max-w-105">
      <dt className="mb-0.5 text-xs text-muted">{name}</dt>
      <dd className="flex min-h-5.5 flex-col items-start">{children}</dd>
    </div>
  );
}

function Health({ organizationId, webhookId }: { organizationId: string; webhookId: string }) {
  const hasHealth = useFeature('health');
  const { data, error } = useQuery({
    ...webhookHealthQuery(organizationId),
    enabled: hasHealth === true,
  });
  if (hasHealth === false) return null;
  const health = data?.results.find((each) => each.webhook_id === webhookId);
  return (
    <Fact name="Health">
      <WebhookHealthSummary health={health ?? (data ? 'none' : error ? 'failed' : 'loading')} />
    </Fact>
  );
}

interface ActionsProps extends Omit<WebhookHeaderProps, 'enableRef'> {
  off: string | undefined;
}

/** All but the copying open a dialog over the page. */
function Actions({ organizationId, webhook, off }: ActionsProps) {
  const [canTest, canRecover] = [useFeature('test'), useFeature('recover')];
  return (
    <div className="flex flex-wrap gap-2">
      {canTest && (
        <Action dialog="test" look="primary" icon={Send} off={off}>
          Send test event
        </Action>
      )}
      {canRecover && (
        <Action dialog="recover" icon={Undo2} off={off}>
          Recover
        </Action>
      )}
      <Action dialog="edit" icon={Settings}>
        Edit
      </Action>
      <CopyCreateCommand organizationId={organizationId} webhook={webhook} />
      <Action dialog="delete" icon={Trash2} off={off}>
        Delete
      </Action>
    </div>
  );
}

interface ActionProps {
  dialog: PageDialog;
  look?: 'primary' | 'secondary';
  icon?: LucideIcon;
  /** Why it is off, if it is. */
  off?: string | undefined;
  children: string;
}

/** Opens a dialog over the page. */
export function Action({ dialog, off, children, ...button }: ActionProps) {
  const searchOf = useDialogSearch();
  if (off !== undefined) {
    return (
      <Button {...button} off={off}>
        {children}
      </Button>
    );
  }
  return (
    <LinkButton {...button} to={{ search: searchOf(dialog) }} state={overPage}>
      {children}
    </LinkButton>
  );
}
