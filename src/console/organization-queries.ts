import { queryOptions } from '@tanstack/react-query';

import { organizationsPath } from '../contract/api-paths';
import { organizationListSchema } from '../contract/organization';
import { callApi } from './api-client';

/** The organizations of whoever is signed in. */
export function organizationsQuery() {
  return queryOptions({
    queryKey: ['organizations'],
    queryFn: ({ signal }) =>
      callApi(organizationsPath(), { schema: organizationListSchema, signal }),
    staleTime: 60_000,
    // Without them nobody sees which organization it is, nor comes to another one.
    refetchInterval: ({ state }) => (state.data === undefined && state.error ? 10_000 : false),
  });
}
