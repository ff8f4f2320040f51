import type { Location } from 'react-router-dom';

/**
 * Where the browser is. `useLocation` tells what is drawn, which is a moment behind while the router
 * still draws what came last: whoever changes a part of the address begins with this, or undoes that.
 */
export function newestLocation(): Omit<Location, 'key'> {
  const { pathname, search, hash } = window.location;
  // Where the router keeps a location's state.
  const { usr = null } = (window.history.state ?? {}) as { usr?: unknown };
  return { pathname, search, hash, state: usr };
}
