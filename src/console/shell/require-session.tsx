import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useLocation } from 'react-router-dom';

import { signInPath } from '../page-paths';
import { sessionQuery } from '../session-queries';

/**
 * The pages behind it are for people who are signed in. They begin to load at once; the first answer
 * that says otherwise leads to the sign-in page and from there back to the same place.
 */
export function RequireSession() {
  const { data: session } = useQuery(sessionQuery());
  const location = useLocation();
  if (session === null) {
    const from = location.pathname + location.search + location.hash;
    return <Navigate to={signInPath} replace state={{ from }} />;
  }
  return <Outlet />;
}
