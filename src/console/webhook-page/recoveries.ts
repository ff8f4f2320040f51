import { keepPreviousData, queryOptions, useMutation } from '@tanstack/react-query';

import { recoverPath, recoveryPath } from '../../contract/api-paths';
import { recoverableSchema, recoverySchema, recoveryStartedSchema } from '../../contract/resend';
import { callApi } from '../api-client';

/** How many deliveries accepted since a time (ISO 8601) ended without success. */
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

const pollEvery = 1000;

/** How far a recovery is; asked for again until it has ended. */
export function recoveryQuery(organizationId: string, webhookId: string, id: string) {
  return queryOptions({
    queryKey: ['recovery', organizationId, webhookId, id],
    queryFn: ({ signal }) =>
      callApi(recoveryPath(organizationId, webhookId, id), { schema: recoverySchema, signal }),
    refetchInterval: ({ state }) =>
      state.data && state.data.status !== 'running' ? false : pollEvery,
  });
}
