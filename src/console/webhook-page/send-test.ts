import { useMutation } from '@tanstack/react-query';

import { webhookTestPath } from '../../contract/api-paths';
import { webhookEventDetailSchema } from '../../contract/webhook-event';
import { callApi } from '../api-client';

/** Sends a sample event now and gives what came of it. The dialog shows errors. */
export function useTestWebhook(organizationId: string, webhookId: string) {
  return useMutation({
    meta: { writesIn: organizationId },
    mutationFn: (event_type: string) =>
      callApi(webhookTestPath(organizationId, webhookId), {
        method: 'POST',
        body: { event_type },
        schema: webhookEventDetailSchema,
      }),
  });
}
