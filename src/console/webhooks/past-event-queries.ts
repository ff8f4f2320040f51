import { queryOptions } from '@tanstack/react-query';

import {
  deploymentEventPath,
  deploymentEventsPath,
  eventSummaryPath,
} from '../../contract/api-paths';
import {
  deploymentEventSchema,
  eventSummarySchema,
  pastEventListSchema,
  type EventSummaryRow,
} from '../../contract/past-event';
import { callApi } from '../api-client';

/** How many days a dry run looks back, from now on and not from midnight. */
export const daysBack = 7;
const minute = 60_000;

/** What there was since a time (milliseconds since 1970). */
export interface EventSummary {
  since: number;
  rows: EventSummaryRow[];
}

/**
 * All events of the last days by what the matcher looks at. Asked anew from time to time, since the
 * days roll on; to the minute, so that the API has one answer for all who ask within it.
 */
export function eventSummaryQuery(organizationId: string) {
  return queryOptions({
    queryKey: ['event-summary', organizationId],
    queryFn: async ({ signal }): Promise<EventSummary> => {
      const since = Math.floor(Date.now() / minute) * minute - daysBack * 24 * 60 * minute;
      const query = new URLSearchParams({ since: new Date(since).toISOString() });
      const path = `${eventSummaryPath(organizationId)}?${query}`;
      const { results } = await callApi(path, { schema: eventSummarySchema, signal });
      return { since, rows: results };
    },
    staleTime: 30_000,
    refetchInterval: minute,
    // Thousands of rows that are only counted: comparing them costs more than counting.
    structuralSharing: false,
  });
}

/** The most that one page of the API has. */
export const newest = 200;

/**
 * The newest past events, the last one accepted first.
 *
 * @param webhookId says which deliveries to tell of with them, if any: those to this webhook.
 */
export function newestEventsQuery(organizationId: string, webhookId: string | null = null) {
  return queryOptions({
    queryKey: ['newest-events', organizationId, webhookId],
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({ limit: String(newest) });
      if (webhookId !== null) query.set('webhook_id', webhookId);
      const path = `${deploymentEventsPath(organizationId)}?${query}`;
      return (await callApi(path, { schema: pastEventListSchema, signal })).results;
    },
    staleTime: 10_000,
    refetchInterval: minute,
  });
}

/** A deployment event in full; once accepted it never changes. */
export function deploymentEventQuery(organizationId: string, id: string) {
  return queryOptions({
    queryKey: ['deployment-event', organizationId, id],
    queryFn: ({ signal }) =>
      callApi(deploymentEventPath(organizationId, id), { schema: deploymentEventSchema, signal }),
    staleTime: Infinity,
  });
}
