import { useMutation, useQueryClient } from '@tanstack/react-query';

import { redeliverPath } from '../../contract/api-paths';
import { redeliveredSchema } from '../../contract/resend';
import type { WebhookEvent } from '../../contract/webhook-event';
import { callApi } from '../api-client';
import { deliveryQuery } from './log-queries';

/** How often a delivery was tried, by its rows of the log. */
export function timesTried(rows: readonly WebhookEvent[]): number {
  return rows.filter(({ attempt }) => attempt !== 0).length;
}

type Attempt = Pick<WebhookEvent, 'id' | 'delivery_id' | 'attempt'>;

/**
 * Sends the delivery of a row of the log again, and gives how often it was tried until then; what comes
 * of it appears in the log.
 */
export function useRedeliver(organizationId: string, webhookId: string) {
  const client = useQueryClient();
  return useMutation({
    meta: { writesIn: organizationId },
    mutationFn: async ({ id, delivery_id, attempt }: Attempt) => {
      const triedBefore = await client
        .ensureQueryData(deliveryQuery(organizationId, webhookId, delivery_id ?? ''))
        .then(({ results }) => timesTried(results))
        .catch(() => attempt ?? 0);
      await callApi(redeliverPath(organizationId, webhookId, id), {
        method: 'POST',
        body: {},
        schema: redeliveredSchema,
      });
      return triedBefore;
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['delivery'] }),
  });
}
