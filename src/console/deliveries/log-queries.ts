import { queryOptions } from '@tanstack/react-query';

import { organizationLogPath, webhookEventPath, webhookEventsPath } from '../../contract/api-paths';
import {
  webhookEventDetailSchema,
  webhookEventListSchema,
  type LogStatus,
} from '../../contract/webhook-event';
import { callApi } from '../api-client';

/** Whose log it is. */
export interface LogScope {
  organizationId: string;
  /** Null: of all webhooks, and of those that are gone. */
  webhookId: string | null;
}

/** What the log is narrowed down to; null: not by that. */
export interface LogFilter {
  status: LogStatus | null;
  event: string | null;
}

/** Which rows of a log are wanted: those between two ids, which are no part of it. */
export interface LogRange {
  before?: string;
  /** With it, of too many rows those next to it are given. */
  after?: string;
  limit: number;
}

/** Rows of a log, newest first, without bodies. Kept by nobody: that is for the caller to do. */
export function logRowsQuery(scope: LogScope, filter: LogFilter, { limit, ...range }: LogRange) {
  const { organizationId, webhookId } = scope;
  const path =
    webhookId === null
      ? organizationLogPath(organizationId)
      : webhookEventsPath(organizationId, webhookId);
  const parameters = new URLSearchParams({ view: 'summary', limit: String(limit), ...range });
  if (filter.status) parameters.set('status', filter.status);
  if (filter.event) parameters.set('event', filter.event);
  return queryOptions({
    queryKey: ['log', path, parameters.toString()],
    queryFn: ({ signal }) =>
      callApi(`${path}?${parameters}`, { schema: webhookEventListSchema, signal }),
    staleTime: 0,
    gcTime: 0,
  });
}

/** One row of the log in full: the texts that were sent and answered. */
export function attemptQuery(organizationId: string, webhookId: string, id: string) {
  const path = webhookEventPath(organizationId, webhookId, id);
  return queryOptions({
    queryKey: ['attempt', path],
    queryFn: ({ signal }) => callApi(path, { schema: webhookEventDetailSchema, signal }),
    // What was not tried yet will be.
    refetchInterval: ({ state }) => (state.data?.attempt === 0 ? 2000 : false),
  });
}

/** All rows of a delivery, newest first: its attempts, or that it waits for the first. */
export function deliveryQuery(organizationId: string, webhookId: string, deliveryId: string) {
  const parameters = new URLSearchParams({
    view: 'summary',
    limit: '200',
    delivery_id: deliveryId,
  });
  const path = `${webhookEventsPath(organizationId, webhookId)}?${parameters}`;
  return queryOptions({
    queryKey: ['delivery', path],
    queryFn: ({ signal }) => callApi(path, { schema: webhookEventListSchema, signal }),
    refetchInterval: 2000,
  });
}
