import { useLocation, useNavigate, useParams } from 'react-router-dom';

import { webhooksPage } from '../page-paths';

/** What links that open a dialog over the list pass on, so that closing goes back to it. */
export const overList = { overList: true };

/** Closes a dialog over the list: back where it was opened from, or to the list. */
export function useCloseDialog(): () => void {
  const { organizationId = '' } = useParams();
  const { state } = useLocation();
  const navigate = useNavigate();
  return () => {
    if (typeof state === 'object' && state && 'overList' in state) void navigate(-1);
    else void navigate(webhooksPage(organizationId), { replace: true });
  };
}
