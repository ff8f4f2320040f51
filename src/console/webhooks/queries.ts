import { queryOptions } from '@tanstack/react-query';

import { webhooksPath } from '../../contract/api-paths';
import { webhookListSchema } from '../../contract/webhook';
import { callApi } from '../api-client';

/** All webhooks of an organization, oldest first as the API answers them. */
export function webhooksQuery(organizationId: string) {
  return queryOptions({
    queryKey: ['webhooks', organizationId],
    queryFn: ({ signal }) =>
      callApi(webhooksPath(organizationId), { schema: webhookListSchema, signal }),
  });
}
