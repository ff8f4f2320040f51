import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router-dom';

import { readLogFilter } from './log-filters';
import type { LogFilter } from './log-queries';

/** What the address says of the log and of the row that is open, and how to change it. */
export interface LogAddress {
  filter: LogFilter;
  /** The row that is open, and its webhook where the log is of all. */
  opened: { attemptId: string; webhookId: string | null } | null;
  narrow: (change: Partial<Record<keyof LogFilter, string>>) => void;
  /** The search under which a row is open. */
  searchOf: (webhookId: string, attemptId: string) => string;
  close: () => void;
}

/**
 * The log's part of the address: `?status=&event=&attempt=`, and `&webhook=` where the log is of all.
 *
 * @param namesWebhook whether the log is of all.
 */
export function useLogAddress(namesWebhook: boolean): LogAddress {
  const [params, setParams] = useSearchParams();
  const { search, state } = useLocation();
  const navigate = useNavigate();
  const filter = useMemo(() => readLogFilter(params), [params]);
  const attemptId = params.get('attempt');
  const rest = useMemo(() => {
    const without = new URLSearchParams(search);
    for (const name of ['attempt', 'webhook']) without.delete(name);
    return without.toString();
  }, [search]);

  const searchOf = useCallback(
    (webhookId: string, attempt: string) => {
      const changed = new URLSearchParams(rest);
      changed.set('attempt', attempt);
      if (namesWebhook) changed.set('webhook', webhookId);
      return `?${changed}`;
    },
    [rest, namesWebhook],
  );

  return {
    filter,
    opened: attemptId === null ? null : { attemptId, webhookId: params.get('webhook') },
    narrow: (change) =>
      setParams(
        (params) => {
          for (const [name, value] of Object.entries(change)) {
            if (value) params.set(name, value);
            else params.delete(name);
          }
          return params;
        },
        { replace: true },
      ),
    searchOf,
    // Back to where it was opened from, so that Back does not open it again.
    close: () =>
      isFromLog(state) ? void navigate(-1) : void navigate({ search: rest }, { replace: true }),
  };
}

/** What links that open a row pass on. */
export const fromLog = { fromLog: true };

function isFromLog(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'fromLog' in state;
}
