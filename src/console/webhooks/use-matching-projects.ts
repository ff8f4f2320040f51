import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';

import { useInSlices } from '../in-slices';
import { projectNamesQuery } from '../project-queries';
import { matchingNames } from './filter-tally';

/** The projects of an organization held against patterns. */
export interface MatchingProjects {
  query: UseQueryResult<string[]>;
  /** How many projects there are. */
  total: number;
  /** The names that match; null while that is not known. */
  matching: string[] | null;
}

export function useMatchingProjects(
  organizationId: string,
  patterns: readonly string[],
): MatchingProjects {
  const query = useQuery(projectNamesQuery(organizationId));
  const names = query.data;
  const work = useMemo(() => (names ? matchingNames(patterns, names) : null), [patterns, names]);
  return { query, total: names?.length ?? 0, matching: useInSlices(work) };
}
