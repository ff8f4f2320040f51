import { queryOptions } from '@tanstack/react-query';

import { webhookHealthPath } from '../../contract/api-paths';
import { webhookHealthListSchema } from '../../contract/webhook-health';
import { callApi } from '../api-client';

const pollEvery = 15_000;

/**
 * How the receivers of an organization's webhooks have answered lately. Asked for again and again
 * while the tab is visible; kept apart from the list, which does not change with it.
 */
export function webhookHealthQuery(organizationId: string) {
  return queryOptions({
    queryKey: ['webhook-health', organizationId],
    queryFn: ({ signal }) =>
      callApi(webhookHealthPath(organizationId), { schema: webhookHealthListSchema, signal }),
    refetchInterval: pollEvery,
    refetchIntervalInBackground: false,
  });
}
