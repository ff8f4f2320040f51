import {
  focusManager,
  MutationCache,
  notifyManager,
  QueryCache,
  QueryClient,
} from '@tanstack/react-query';

import { ApiError } from './api-client';
import { errorMessage, mayPass } from './error-message';
import { waitBefore, waitingWords, waitsAgain } from './put-off';
import { startMutation } from './run-mutation';
import { sessionQuery } from './session-queries';
import { dismissToast, showToast, type Toast } from './ui/toast-store';
import { noteRefusal } from './write-access';

/** What a mutation says of itself; shown here and nowhere else. */
interface MutationMeta extends Record<string, unknown> {
  /** What it does, as the rest of a sentence: "Could not …". Without it, no toast tells its errors. */
  does?: string;
  /** What it is done to, for the same toast: see `Toast`. */
  subject?: string;
  /** A credential that is refused ends no session. */
  signsIn?: boolean;
  /** Whose webhooks it writes: refused there (403), nothing is offered that would be refused again. */
  writesIn?: string;
  /** Whether what started it is still there and shows its errors itself. */
  isShown?: () => boolean;
  /** What the toast about a failure offers. */
  recover?: NonNullable<Toast['action']>;
  /** The toast that follows a success, from the answer and the variables. */
  succeeded?: (data: never, variables: never) => Toast | null;
}

declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: MutationMeta;
  }
}

const retries = 2;

/** Whoever has waited for a time-out hears of it, and not after three of them. */
function isWorthMore(error: Error): boolean {
  return mayPass(error) && !(error instanceof ApiError && error.status === 504);
}

function isRefusal(error: Error): boolean {
  return error instanceof ApiError && error.status === 403;
}

/** Says what waits because the API asked it to, as long as it does. */
function showWaits(mutations: MutationCache) {
  const toasts = new Map<number, number>();
  mutations.subscribe((event) => {
    if (event.type !== 'updated') return;
    const { mutation, action } = event;
    const shown = toasts.get(mutation.mutationId);
    if (shown !== undefined) dismissToast(shown);
    toasts.delete(mutation.mutationId);
    if (action.type !== 'failed') return;
    const detail = waitingWords(action.failureCount, action.error);
    if (detail === null) return;
    const toast = showToast({ tone: 'warning', title: 'Too many requests', detail });
    toasts.set(mutation.mutationId, toast);
  });
}

// What a click changes at once is in the very next frame; by itself it waits for a timer.
notifyManager.setScheduler(queueMicrotask);

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
  const mutationCache = new MutationCache({
    onError(error, variables, _context, mutation) {
      const { does, subject, isShown, signsIn, recover, writesIn } = mutation.meta ?? {};
      if (!signsIn) noticeSignOut(error);
      if (writesIn !== undefined && isRefusal(error)) noteRefusal(writesIn);
      if (does === undefined || isShown?.()) return;
      // What began in a form is still there, to be looked at before it is sent again.
      const canRepeat = mayPass(error) && isShown === undefined;
      const action =
        recover ??
        (canRepeat && {
          label: 'Try again',
          run: () => startMutation(queryClient, mutation.options, variables),
        });
      showToast({
        tone: 'error',
        ...errorMessage(error, does),
        ...(subject !== undefined && { subject }),
        ...(action && { action }),
      });
    },
    onSuccess(data, variables, _context, mutation) {
      const toast = mutation.meta?.succeeded?.(data as never, variables as never);
      if (toast) showToast(toast);
    },
  });
  showWaits(mutationCache);
  const queryClient: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: noticeSignOut }),
    mutationCache,
    defaultOptions: {
      queries: {
        networkMode: 'always',
        // Not by itself with this network mode.
        refetchOnReconnect: true,
        staleTime: 5_000,
        retry: (count, error) =>
          waitsAgain(count, error) || (count < retries && isWorthMore(error)),
        retryDelay: (count, error) =>
          waitsAgain(count, error) ? waitBefore(count, error) : 300 * 2 ** count,
      },
      mutations: { networkMode: 'always', retry: waitsAgain, retryDelay: waitBefore },
    },
  });

  function noticeSignOut(error: Error) {
    if (error instanceof ApiError && error.status === 401) {
      queryClient.setQueryData(sessionQuery().queryKey, null);
    }
  }
  return queryClient;
}
