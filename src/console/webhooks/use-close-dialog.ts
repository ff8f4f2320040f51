import { useRef } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router-dom';

import { webhookPage, webhooksPage } from '../page-paths';
import { useIsMounted } from '../use-is-mounted';

/** What links that open a dialog over the list pass on, so that closing goes back to it. */
export const overList = { overList: true };

/** By which the page of one webhook names the dialog over it in its search. */
export const dialogParameter = 'dialog';

/** By which that names a recovery that has begun: a reload goes on to show it. */
export const recoveryParameter = 'recovery';

/**
 * Closes a dialog over the list, or over a webhook's page: back where it was opened from, or to the
 * page alone. Once, and not after the dialog has gone by itself: going back twice would leave the
 * console.
 */
export function useCloseDialog(): () => void {
  const under = usePageUnder();
  const { state } = useLocation();
  const navigate = useNavigate();
  const isMounted = useIsMounted();
  const closed = useRef(false);
  return () => {
    if (closed.current || !isMounted()) return;
    closed.current = true;
    if (typeof state === 'object' && state && 'overList' in state) void navigate(-1);
    else void navigate(under, { replace: true });
  };
}

/** The address of the page that a dialog lies over. */
function usePageUnder(): { pathname: string; search: string } {
  const { organizationId = '', webhookId } = useParams();
  const { pathname, search } = useLocation();
  if (webhookId === undefined || pathname !== webhookPage(organizationId, webhookId)) {
    return { pathname: webhooksPage(organizationId), search };
  }
  const params = new URLSearchParams(search);
  for (const name of [dialogParameter, recoveryParameter]) params.delete(name);
  return { pathname, search: params.toString() };
}
