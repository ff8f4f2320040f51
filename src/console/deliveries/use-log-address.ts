import { useCallback, useMemo } from 'react';
import { useLocation, useSearchParams } from 'react-router-dom';

import { attemptParameter, webhookParameter, withoutDialog } from '../use-close-dialog';
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
}

/**
 * The log's part of the address: `?status=&event=&attempt=`, and `&webhook=` where the log is of all.
 *
 * @param namesWebhook whether the log is of all.
 */
export function useLogAddress(namesWebhook: boolean): LogAddress {
  const [params, setParams] = useSearchParams();
  const { search } = useLocation();
  const filter = useMemo(() => readLogFilter(params), [params]);
  const attemptId = params.get(attemptParameter);
  // The same whatever row is open, so that the log is not drawn again for it.
  const rest = withoutDialog(search).toString();

  const searchOf = useCallback(
    (webhookId: string, attempt: string) => {
      const changed = new URLSearchParams(rest);
      changed.set(attemptParameter, attempt);
      if (namesWebhook) changed.set(webhookParameter, webhookId);
      return `?${changed}`;
    },
    [rest, namesWebhook],
  );

  return {
    filter,
    opened: attemptId === null ? null : { attemptId, webhookId: params.get(webhookParameter) },
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
  };
}
