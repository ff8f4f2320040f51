import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';

import type { WebhookFilter } from '../../contract/filter';
import { useInSlices } from '../in-slices';
import { tallyEvents, type Tally } from './filter-tally';
import { eventSummaryQuery, type EventSummary } from './past-event-queries';

/** The past events of an organization held against a filter. */
export interface EventTally {
  query: UseQueryResult<EventSummary>;
  /** What would have become of them; null while that is not known. */
  tally: Tally | null;
}

/** @param organizationId null: the API cannot tell what was. */
export function useEventTally(organizationId: string | null, filter: WebhookFilter): EventTally {
  const query = useQuery({
    ...eventSummaryQuery(organizationId ?? ''),
    enabled: organizationId !== null,
  });
  const rows = query.data?.rows;
  const { events, environment_types_filter, project_names_filter } = filter;
  const work = useMemo(() => {
    // The switch says what is to come; a dry run is about what the rules take.
    const rules = { events, environment_types_filter, project_names_filter, enabled: true };
    return rows ? tallyEvents(rules, rows) : null;
  }, [rows, events, environment_types_filter, project_names_filter]);
  return { query, tally: useInSlices(work) };
}
