import { queryOptions } from '@tanstack/react-query';

import { organizationLogPath, webhookEventPath, webhookEventsPath } from '../../contract/api-paths';
import {
  webhookEventDetailSchema,
  webhookEventListSchema,
  type LogStatus,
} from '../../contract/webhook-event';
import { ApiError, callApi } from '../api-client';
import { capabilitiesQuery } from '../capabilities-queries';
import { readIfThere } from '../webhooks/read-webhook';
import { idBeside } from './log-pages';

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

/** Which rows of a log are wanted. */
export interface LogRange {
  /** Those that are older than this one. */
  before?: string;
  /** Those that are newer than this one; of too many, those next to it. */
  after?: string;
  /** Those from one to another, with both. */
  within?: { newest: string; oldest: string };
  limit: number;
}

/** The bounds of a range as the API takes them: none of them is part of what it gives. */
function boundsOf({ before, after, within }: LogRange): Record<string, string> {
  if (within) return { before: idBeside(within.newest, 1), after: idBeside(within.oldest, -1) };
  return { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}

/** Rows of a log, newest first, without bodies. Kept by nobody: that is for the caller to do. */
export function logRowsQuery(scope: LogScope, filter: LogFilter, range: LogRange) {
  const { organizationId, webhookId } = scope;
  const path =
    webhookId === null
      ? organizationLogPath(organizationId)
      : webhookEventsPath(organizationId, webhookId);
  const limit = String(range.limit);
  const parameters = new URLSearchParams({ view: 'summary', limit, ...boundsOf(range) });
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
    queryFn: async ({ signal, client }) => {
      const features = await client.ensureQueryData(capabilitiesQuery());
      return features.includes('organization-log')
        ? callApi(path, { schema: webhookEventDetailSchema, signal })
        : findListed(webhookEventsPath(organizationId, webhookId), id, signal);
    },
    // What was not tried yet will be.
    refetchInterval: ({ state }) => (state.data?.attempt === 0 ? 2000 : false),
  });
}

/**
 * A row of a plain Qovery API's log, which cannot be asked for one: its list has all that it tells, and
 * the body as an object, not as the text that was sent.
 */
async function findListed(path: string, id: string, signal: AbortSignal) {
  const { results } = await callApi(path, { schema: webhookEventListSchema, signal });
  const row = results.find((each) => each.id === id);
  if (!row) throw new ApiError(404, '');
  const { request } = row;
  const sent = typeof request === 'string' ? request : JSON.stringify(request);
  return { ...row, request_body: sent === '' || sent === '{}' ? null : sent };
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

/**
 * Whether a webhook is enabled, or not there any more. The list cannot tell: it may be of before the
 * webhook was added.
 */
export function webhookStateQuery(organizationId: string, webhookId: string) {
  return queryOptions({
    queryKey: ['webhook-state', organizationId, webhookId],
    queryFn: async ({ signal }): Promise<'enabled' | 'disabled' | 'deleted'> => {
      const webhook = await readIfThere(organizationId, webhookId, signal);
      if (!webhook) return 'deleted';
      return webhook.enabled ? 'enabled' : 'disabled';
    },
    staleTime: 0,
  });
}
