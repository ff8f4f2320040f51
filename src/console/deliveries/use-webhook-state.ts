import { useQuery } from '@tanstack/react-query';

import { webhooksQuery } from '../webhooks/queries';
import { webhookStateQuery } from './log-queries';

/**
 * Whether a webhook is enabled or was deleted, as far as it is known.
 *
 * @param isAsked whether it is asked for. Else it is known from the list; that it was deleted, the page
 *   of the webhook says itself.
 */
export function useWebhookState(organizationId: string, webhookId: string, isAsked: boolean) {
  const asked = useQuery({ ...webhookStateQuery(organizationId, webhookId), enabled: isAsked });
  const { data: list } = useQuery({ ...webhooksQuery(organizationId), enabled: false });
  if (isAsked) return asked.data;
  const listed = list?.results.find(({ id }) => id === webhookId);
  return listed && (listed.enabled ? 'enabled' : 'disabled');
}
