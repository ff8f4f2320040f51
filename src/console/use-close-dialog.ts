import { useRef } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router-dom';

import { deliveriesPage, webhookPage, webhooksPage } from './page-paths';
import { useIsMounted } from './use-is-mounted';

/** What links that open a dialog over a page pass on, so that closing goes back to it. */
export const overPage = { overPage: true };

/** By which the page of one webhook names the dialog over it in its search. */
export const dialogParameter = 'dialog';
/** By which that names a recovery that has begun: a reload goes on to show it. */
export const recoveryParameter = 'recovery';

/** What the dialog that asks for a secret is to switch the webhook to: `true` or `false`. */
export const enabledParameter = 'enabled';

/** By which a log names the row that is open over it; with its webhook where the log is of all. */
export const attemptParameter = 'attempt';
export const webhookParameter = 'webhook';

const dialogParameters = [
  dialogParameter,
  recoveryParameter,
  enabledParameter,
  attemptParameter,
  webhookParameter,
];

/** A search without the dialog that lies over its page. */
export function withoutDialog(search: string): URLSearchParams {
  const params = new URLSearchParams(search);
  for (const name of dialogParameters) params.delete(name);
  return params;
}

/**
 * Closes a dialog that has an address, over the list or another page: back where it was opened from,
 * or to the page alone. Once for each opening, and not after the dialog has gone by itself: going back
 * twice would leave the page, or the console.
 */
export function useCloseDialog(): () => void {
  const under = usePageUnder();
  const { state, key } = useLocation();
  const navigate = useNavigate();
  const isMounted = useIsMounted();
  const closed = useRef<string | null>(null);
  return () => {
    if (closed.current === key || !isMounted()) return;
    closed.current = key;
    if (typeof state === 'object' && state && 'overPage' in state) void navigate(-1);
    else void navigate(under, { replace: true });
  };
}

/** The address of the page that a dialog lies over. */
function usePageUnder(): { pathname: string; search: string } {
  const { organizationId = '', webhookId = '' } = useParams();
  const { pathname, search } = useLocation();
  const pages = [webhookPage(organizationId, webhookId), deliveriesPage(organizationId)];
  return {
    pathname: pages.includes(pathname) ? pathname : webhooksPage(organizationId),
    search: withoutDialog(search).toString(),
  };
}
