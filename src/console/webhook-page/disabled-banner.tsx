import { useQuery, useQueryClient } from '@tanstack/react-query';
import { PowerOff } from 'lucide-react';

import type { Webhook } from '../../contract/webhook';
import { useFeature } from '../capabilities-queries';
import { Button } from '../ui/button';
import { PoliteStatus } from '../ui/polite-status';
import { RelativeTime } from '../ui/relative-time';
import { whyDisabled } from '../webhooks/disabled-by-us';
import { webhookHealthQuery } from '../webhooks/health-queries';
import { toggleWebhook } from '../webhooks/toggle-webhook';
import { useAskForSecret } from '../webhooks/use-flip';
import { useWritesOff } from '../write-access';
import { Action } from './webhook-header';

interface DisabledBannerProps {
  organizationId: string;
  webhook: Webhook;
  /** It is going to be enabled from here, and this is gone then. */
  onEnable: () => void;
}

/** Says that the webhook was switched off because of its receiver: since when, why, and the ways back. */
export function DisabledBanner(props: DisabledBannerProps) {
  const { enabled, disabled_reason: reason } = props.webhook;
  const isShown = !enabled && reason !== null;
  const words = isShown ? disabledWords(reason) : '';
  return (
    <>
      <PoliteStatus text={words} />
      {isShown && <Banner {...props} words={words} />}
    </>
  );
}

function disabledWords(reason: string): string {
  const why = whyDisabled(reason);
  return `Disabled by us${why === '' ? '' : `: ${why}`}`;
}

function Banner({
  organizationId,
  webhook,
  words,
  onEnable,
}: DisabledBannerProps & { words: string }) {
  const { disabled_at: at } = webhook;
  const client = useQueryClient();
  const ask = useAskForSecret(organizationId);
  const off = useWritesOff(organizationId);
  const canTest = useFeature('test') === true;
  return (
    <section
      aria-label="Disabled by us"
      className="mt-4 flex gap-3 rounded-xl bg-warning-soft px-4 py-3"
    >
      <PowerOff aria-hidden className="mt-0.5 size-4 shrink-0 text-warning" />
      <div className="min-w-0 flex-1 space-y-2">
        <p className="wrap-anywhere">
          <strong className="font-semibold">{words}</strong>
          {at !== null && (
            <>
              {' · '}
              <RelativeTime iso={at} />
            </>
          )}
        </p>
        <LastFailure organizationId={organizationId} webhookId={webhook.id} />
        <p>
          Nothing is sent until you enable it again. What is missed meanwhile is not kept; what had
          failed before can be recovered.
        </p>
        <div className="flex flex-wrap gap-2 pt-1">
          {canTest && (
            <Action dialog="test" look="primary" off={off}>
              Test, then enable
            </Action>
          )}
          <Button
            off={off}
            onClick={() => {
              onEnable();
              toggleWebhook(client, organizationId, webhook.id, true, ask);
            }}
          >
            Enable at once
          </Button>
        </div>
      </div>
    </section>
  );
}

function LastFailure({ organizationId, webhookId }: { organizationId: string; webhookId: string }) {
  const hasHealth = useFeature('health') === true;
  const { data } = useQuery({ ...webhookHealthQuery(organizationId), enabled: hasHealth });
  const failure = data?.results.find((each) => each.webhook_id === webhookId)?.last_failure;
  if (!failure) return null;
  return (
    <p className="wrap-anywhere">
      Last failure <RelativeTime iso={failure.at} />: {failure.status || failure.error}
    </p>
  );
}
