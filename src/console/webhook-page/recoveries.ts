import { keepPreviousData, queryOptions, useMutation } from '@tanstack/react-query';

import { recoverPath, recoveryPath } from '../../contract/api-paths';
import {
  recoverableSchema,
  recoveryAtWorkSchema,
  recoverySchema,
  recoveryStartedSchema,
} from '../../contract/resend';
import { ApiError, callApi } from '../api-client';

/**
 * How many deliveries accepted since a time (ISO 8601) ended without success, and the recovery that is
 * running.
 */
export function recoverableQuery(organizationId: string, webhookId: string, since: string) {
  return queryOptions({
    queryKey: ['recoverable', organizationId, webhookId, since],
    queryFn: ({ signal }) =>
      callApi(recoverPath(organizationId, webhookId), {
        method: 'POST',
        body: { since, dry_run: true },
        schema: recoverableSchema,
        signal,
      }),
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
}

/** Begins to send them again. The dialog shows errors. */
export function useRecover(organizationId: string, webhookId: string) {
  return useMutation({
    meta: { writesIn: organizationId },
    mutationFn: (since: string) =>
      callApi(recoverPath(organizationId, webhookId), {
        method: 'POST',
        body: { since },
        schema: recoveryStartedSchema,
      }),
  });
}

/** The id of the recovery that another one has to wait for, if it was refused because of that. */
export function recoveryAtWork(error: Error): string | null {
  if (!(error instanceof ApiError && error.status === 409)) return null;
  return recoveryAtWorkSchema.safeParse(error.answer).data?.recovery_id ?? null;
}

/** It never was, or is so long ago that it is no longer stored. */
export function isGone(error: Error | null): boolean {
  return error instanceof ApiError && error.status === 404;
}

const pollEvery = 1000;

/** How far a recovery is; asked for again until it has ended. */
export function recoveryQuery(organizationId: string, webhookId: string, id: string) {
  return queryOptions({
    queryKey: ['recovery', organizationId, webhookId, id],
    queryFn: ({ signal }) =>
      callApi(recoveryPath(organizationId, webhookId, id), { schema: recoverySchema, signal }),
    refetchInterval: ({ state }) =>
      isGone(state.error) || (state.data && state.data.status !== 'running') ? false : pollEvery,
  });
}
