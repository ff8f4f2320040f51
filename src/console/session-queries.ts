import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { sessionPath } from '../contract/api-paths';
import { sessionSchema } from '../contract/session';
import { ApiError, callApi } from './api-client';
import { leaveForGood } from './shell/return-place';
import { dismissAllToasts } from './ui/toast-store';
import { dropAllDrafts } from './webhooks/form-draft';
import { forgetsEarlierRefusals, isAnyRefused } from './write-access';

/** Who is signed in; null if nobody is. */
export function sessionQuery() {
  return queryOptions({
    queryKey: ['session'],
    queryFn: async ({ signal }) => {
      const forgetRefusals = forgetsEarlierRefusals();
      const session = await readSession(signal);
      forgetRefusals();
      return session;
    },
    // After a refusal not at once, it would most likely say the same: when one comes back to the page.
    staleTime: () => (isAnyRefused() ? 0 : 60_000),
  });
}

async function readSession(signal: AbortSignal) {
  try {
    return await callApi(sessionPath(), { schema: sessionSchema, signal });
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

/** Signs in by the code of a sign-in link or by a token; shows its errors itself. */
export function useSignIn() {
  const queryClient = useQueryClient();
  return useMutation({
    meta: { signsIn: true },
    mutationFn: (credential: { code: string } | { token: string }) =>
      callApi(sessionPath(), { method: 'POST', body: credential }),
    onSuccess: async () => {
      // Asked before the cookie was there, the API may still be about to say "nobody".
      await queryClient.cancelQueries(sessionQuery());
      await queryClient.fetchQuery({ ...sessionQuery(), staleTime: 0 });
    },
  });
}

/** Signs out and forgets what was loaded. */
export function useSignOut() {
  const queryClient = useQueryClient();
  return useMutation({
    meta: { does: 'sign out' },
    mutationFn: () => callApi(sessionPath(), { method: 'DELETE' }),
    onSuccess: () => {
      dropAllDrafts();
      leaveForGood();
      dismissAllToasts();
      const { queryKey } = sessionQuery();
      queryClient.setQueryData(queryKey, null);
      queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== queryKey[0] });
    },
  });
}
