import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router-dom';

import { signInPath } from '../page-paths';
import { sessionQuery } from '../session-queries';
import { forgetPlace, rememberPlace } from './return-place';

/**
 * The pages behind it are for people who are signed in. They begin to load at once; the first answer
 * that says otherwise leads to the sign-in page and from there back to the same place.
 */
export function RequireSession() {
  const { data: session } = useQuery(sessionQuery());
  const { pathname, search, hash } = useLocation();
  const isSignedOut = session === null;
  const isSignedIn = session !== null && session !== undefined;

  const [wasSignedIn, setWasSignedIn] = useState(isSignedIn);
  if (isSignedIn && !wasSignedIn) setWasSignedIn(true);

  useEffect(() => {
    if (isSignedIn) forgetPlace();
  }, [isSignedIn]);

  if (isSignedOut) return <ToSignIn from={pathname + search + hash} ended={wasSignedIn} />;
  return <Outlet />;
}

function ToSignIn({ from, ended }: { from: string; ended: boolean }) {
  useEffect(() => rememberPlace(from), [from]);
  return <Navigate to={signInPath} replace state={ended ? { ended } : null} />;
}
