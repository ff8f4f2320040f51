import { queryOptions, useQuery } from '@tanstack/react-query';

import { capabilitiesPath } from '../contract/api-paths';
import { capabilitiesSchema } from '../contract/capabilities';
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
