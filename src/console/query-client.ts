import { focusManager, MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

import { ApiError } from './api-client';
import { errorMessage } from './error-message';
import { sessionQuery } from './session-queries';
import { showToast, type Toast } from './ui/toast-store';

/** What a mutation says of itself; shown here and nowhere else. */
interface MutationMeta extends Record<string, unknown> {
  /** What it does, as the rest of a sentence: "Could not …". Without it, no toast tells its errors. */
  does?: string;
  /** A credential that is refused ends no session. */
  signsIn?: boolean;
  /** Whether what started it is still there and shows its errors itself. */
  isShown?: () => boolean;
  /** The toast that follows a success, from the answer and the variables. */
  succeeded?: (data: never, variables: never) => Toast | null;
}

declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: MutationMeta;
  }
}

const retries = 2;

/** Whether the same request may go better a moment later. */
function mayPass(error: Error): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 500);
}

/** One comes back to the page from another tab, or from another window beside it. */
focusManager.setEventListener((comeBack) => {
  const noticed = () => comeBack();
  window.addEventListener('visibilitychange', noticed);
  window.addEventListener('focus', noticed);
  return () => {
    window.removeEventListener('visibilitychange', noticed);
    window.removeEventListener('focus', noticed);
  };
});

/**
 * The defaults of all queries and mutations, and the one place for toasts. `networkMode: 'always'`:
 * the API may be on this very machine while the laptop is offline.
 */
export function createQueryClient(): QueryClient {
  const queryClient: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: noticeSignOut }),
    mutationCache: new MutationCache({
      onError(error, _variables, _context, mutation) {
        const { does, isShown, signsIn } = mutation.meta ?? {};
        if (!signsIn) noticeSignOut(error);
        if (does === undefined || isShown?.()) return;
        showToast({ tone: 'error', ...errorMessage(error, does) });
      },
      onSuccess(data, variables, _context, mutation) {
        const toast = mutation.meta?.succeeded?.(data as never, variables as never);
        if (toast) showToast(toast);
      },
    }),
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: 5_000,
        retry: (count, error) => count < retries && mayPass(error),
        retryDelay: (count) => 300 * 2 ** count,
      },
      mutations: { networkMode: 'always' },
    },
  });

  function noticeSignOut(error: Error) {
    if (error instanceof ApiError && error.status === 401) {
      queryClient.setQueryData(sessionQuery().queryKey, null);
    }
  }
  return queryClient;
}
