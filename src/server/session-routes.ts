import { Hono } from 'hono';

import type { SessionResponse } from './answers/server';
import { sessionRequestSchema } from '../contract/session';
import { unauthorized } from './authentication';
import { credentialCheck } from './credentials';
import type { Db } from './db';
import type { HttpEnv } from './http-context';
import { readJson } from './json-body';
import { json } from './json-response';
import { requireOwnOrigin } from './origin';
import { ProblemError } from './problem';
import {
  beginSession,
  endSession,
  issueSignInCode,
  redeemSignInCode,
  sessionLifetime,
} from './session';
import { clearSessionCookie, readSessionCookie, writeSessionCookie } from './session-cookie';

interface Deps {
  db: Db;
  adminToken: string;
  publicUrl: string | null;
  now: () => number;
}

/** Signing in: the one call that needs no credentials, since it brings them. */
export function signInRoutes(deps: Deps) {
  const routes = new Hono<HttpEnv>();
  const { publicUrl } = deps;
  const isAdminToken = credentialCheck(deps.adminToken);

  routes.post('/session', async (c) => {
    // Otherwise another page could sign a browser in, and watch what is then done.
    requireOwnOrigin(c, publicUrl, { needed: false });
    const request = await readJson(c, sessionRequestSchema);
    if ('code' in request) {
      if (!(await redeemSignInCode(deps, request.code))) {
        throw unauthorized(
          'This sign-in link was used already, or is older than 10 minutes. Ask for another one.',
        );
      }
    } else if (!isAdminToken(request.token.trim())) {
      throw unauthorized('The token is not valid.');
    }
    const previous = readSessionCookie(c, publicUrl);
    if (previous !== undefined) await endSession(deps, previous);
    const id = await beginSession(deps);
    writeSessionCookie(c, publicUrl, { id, lifetimeMs: sessionLifetime });
    return c.body(null, 204);
  });

  return routes;
}

/** What those who are signed in may do with sessions. */
export function sessionRoutes(deps: Deps) {
  const routes = new Hono<HttpEnv>();
  const { publicUrl } = deps;

  routes.get('/session', (c) => {
    const { caller } = c.var;
    return json(c, {
      role: 'admin',
      // A token does not end.
      expires_at: caller.by === 'session' ? new Date(caller.expiresAt).toISOString() : null,
    } satisfies SessionResponse);
  });

  routes.delete('/session', async (c) => {
    const id = readSessionCookie(c, publicUrl);
    if (id !== undefined) await endSession(deps, id);
    clearSessionCookie(c, publicUrl);
    return c.body(null, 204);
  });

  routes.post('/session/code', async (c) => {
    if (c.var.caller.by !== 'token') {
      throw new ProblemError(403, 'Sign-in links are made with the admin token only.');
    }
    return json(c, await issueSignInCode(deps), 201);
  });

  return routes;
}
