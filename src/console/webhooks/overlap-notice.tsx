import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';

import { displayUrl } from '../../contract/display-url';
import type { Webhook } from '../../contract/webhook';
import { editWebhookPage } from '../page-paths';
import { NewTabLink } from '../ui/new-tab-link';
import { Notice } from '../ui/notice';
import { useSteady } from '../ui/steady';
import { webhooksQuery } from './queries';
import type { WebhookFormValues } from './webhook-form-values';
import { overlapping } from './webhook-overlap';

/** How many are named before the rest is counted. */
const most = 3;

interface OverlapNoticeProps {
  organizationId: string;
  /** The webhook that is edited, which does not stand in its own way; null for a new one. */
  webhookId: string | null;
}

/** Says which other webhooks call the same URL for some of the same events. Forbids nothing. */
export function OverlapNotice({ organizationId, webhookId }: OverlapNoticeProps) {
  const found = useSteady(useOverlapping(organizationId, webhookId));
  return (
    <div role="status" aria-label="Overlap with other webhooks" className="empty:absolute">
      {found.length > 0 && (
        <Notice tone="warning">
          <p>
            {found.length === 1
              ? 'Another webhook calls this URL for some of the same events, so it may be told twice:'
              : `${found.length} other webhooks call this URL for some of the same events, so it may be told more than once:`}
          </p>
          <ul className="mt-1.5 space-y-1.5">
            {found.slice(0, most).map((webhook) => (
              <OtherWebhook key={webhook.id} organizationId={organizationId} webhook={webhook} />
            ))}
          </ul>
          {found.length > most && <p className="mt-1.5">And {found.length - most} more.</p>}
        </Notice>
      )}
    </div>
  );
}

function OtherWebhook({ organizationId, webhook }: { organizationId: string; webhook: Webhook }) {
  return (
    <li className="wrap-anywhere">
      <NewTabLink href={editWebhookPage(organizationId, webhook.id)}>
        {displayUrl(webhook.target_url, webhook.kind)}
      </NewTabLink>
      {!webhook.enabled && <span className="text-muted"> · disabled</span>}
      {webhook.description !== '' && (
        <p dir="auto" className="line-clamp-2 text-left text-muted">
          {webhook.description}
        </p>
      )}
    </li>
  );
}

function useOverlapping(organizationId: string, webhookId: string | null): readonly Webhook[] {
  const { control } = useFormContext<WebhookFormValues>();
  const { data } = useQuery(webhooksQuery(organizationId));
  const [url, events, modes, projects] = useWatch({
    control,
    name: ['target_url', 'events', 'environment_types_filter', 'project_names_filter'],
  });
  // The field answers first; looking through 10,000 webhooks follows.
  const target_url = useDeferredValue(url);
  const rows = data?.results;
  return useMemo(
    () =>
      overlapping(
        {
          target_url,
          events,
          environment_types_filter: modes,
          project_names_filter: projects,
        },
        rows ?? [],
      ).filter(({ id }) => id !== webhookId),
    [target_url, events, modes, projects, rows, webhookId],
  );
}
