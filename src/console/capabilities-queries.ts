import { queryOptions, useQuery, type QueryClient } from '@tanstack/react-query';

import { capabilitiesPath } from '../contract/api-paths';
import { capabilitiesSchema } from '../contract/capabilities';
import type { Webhook } from '../contract/webhook';
import { ApiError, callApi } from './api-client';

/** What the API can do beyond the Qovery API: the names of its features. */
export function capabilitiesQuery() {
  return queryOptions({
    queryKey: ['capabilities'],
    queryFn: async ({ signal }) => {
      try {
        const path = capabilitiesPath();
        return (await callApi(path, { schema: capabilitiesSchema, signal })).features;
      } catch (error) {
        // A plain Qovery API does not know the question.
        if (error instanceof ApiError && error.status === 404) return [];
        throw error;
      }
    },
    staleTime: 5 * 60_000,
  });
}

/** Why the API's features are not known, and what asks for them again; null if they are. */
export function useCapabilitiesFailure(): { error: Error; retry: () => void } | null {
  const { data, error, refetch } = useQuery(capabilitiesQuery());
  return error && !data ? { error, retry: () => void refetch() } : null;
}

/** Whether the API has a feature; undefined while it has not said so, false if it could not. */
export function useFeature(name: string): boolean | undefined {
  const { data, isError } = useQuery(capabilitiesQuery());
  return data ? data.includes(name) : isError ? false : undefined;
}

/** Whether the API has said that it is a plain Qovery API, which takes in no events. */
export function useIsPlain(): boolean {
  const { data } = useQuery(capabilitiesQuery());
  return data?.includes('event-intake') === false;
}

/** The feature of an API that keeps a secret which a change does not name. Not known counts as no. */
export const keepsSecret = 'keeps-secret';

/**
 * Whether the API keeps a webhook's secret. One with versions is the embedded API, whatever became of
 * the question for its features.
 */
export function keepsSecretOf(webhook: Pick<Webhook, 'version'> | null, hasFeature: boolean) {
  return hasFeature || (webhook !== null && webhook.version !== null);
}

/** The feature of an API whose deliveries are signed and made as `contract` says. */
export const signsDeliveries = 'signature';

/** Whether the API has said that it has a feature, for what is no component. */
export function hasFeature(client: QueryClient, name: string): boolean {
  return client.getQueryData(capabilitiesQuery().queryKey)?.includes(name) === true;
}
