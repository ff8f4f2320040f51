import type { Context } from 'hono';

import type { OrganizationRow } from './organization-store';

/** Who calls: a program with the administrator's token, or a person's browser with a session. */
export type Caller =
  | { by: 'token' }
  | { by: 'session'; idHash: string; /** Milliseconds since 1970. */ expiresAt: number };

/** What a request carries along on its way to a route. */
export interface HttpEnv {
  Variables: { caller: Caller; organization: OrganizationRow };
}

export type HttpContext = Context<HttpEnv>;
