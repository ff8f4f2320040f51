import { queryOptions } from '@tanstack/react-query';

import { projectsPath } from '../contract/api-paths';
import { projectListSchema } from '../contract/organization';
import { callApi } from './api-client';

/** The names of an organization's projects, in the order of the alphabet. */
export function projectNamesQuery(organizationId: string) {
  return queryOptions({
    queryKey: ['project-names', organizationId],
    queryFn: async ({ signal }) => {
      const path = projectsPath(organizationId);
      const { results } = await callApi(path, { schema: projectListSchema, signal });
      return results.map(({ name }) => name).toSorted(alphabet.compare);
    },
    staleTime: 30_000,
  });
}

const alphabet = new Intl.Collator('en', { numeric: true });
