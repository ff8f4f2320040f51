import { useMutation, useQueryClient } from '@tanstack/react-query';

import { redeliverPath } from '../../contract/api-paths';
import { redeliveredSchema } from '../../contract/resend';
import { callApi } from '../api-client';

/** Sends the delivery of a row of the log again; what comes of it appears in the log. */
export function useRedeliver(organizationId: string, webhookId: string) {
  const client = useQueryClient();
  return useMutation({
    meta: { writesIn: organizationId },
    mutationFn: (attemptId: string) =>
      callApi(redeliverPath(organizationId, webhookId, attemptId), {
        method: 'POST',
        body: {},
        schema: redeliveredSchema,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['delivery'] }),
  });
}
