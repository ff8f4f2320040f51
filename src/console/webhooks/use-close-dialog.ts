import { useRef } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router-dom';

import { webhooksPage } from '../page-paths';
import { useIsMounted } from '../use-is-mounted';

/** What links that open a dialog over the list pass on, so that closing goes back to it. */
export const overList = { overList: true };

/**
 * Closes a dialog over the list: back where it was opened from, or to the list. Once, and not after
 * the dialog has gone by itself: going back twice would leave the console.
 */
export function useCloseDialog(): () => void {
  const { organizationId = '' } = useParams();
  const { state, search } = useLocation();
  const navigate = useNavigate();
  const isMounted = useIsMounted();
  const closed = useRef(false);
  return () => {
    if (closed.current || !isMounted()) return;
    closed.current = true;
    if (typeof state === 'object' && state && 'overList' in state) void navigate(-1);
    else void navigate({ pathname: webhooksPage(organizationId), search }, { replace: true });
  };
}
