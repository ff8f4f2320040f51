import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';

import { credentialCheck } from './credentials';
import type { Db } from './db';
import type { Caller, HttpContext, HttpEnv } from './http-context';
import { requireOwnOrigin } from './origin';
import { notFound, ProblemError } from './problem';
import { continueSession, sessionLifetime } from './session';
import { readSessionCookie, writeSessionCookie } from './session-cookie';

interface Deps {
  db: Db;
  adminToken: string;
  publicUrl: string | null;
  now: () => number;
}

/**
 * Lets a request on if it has the administrator's token (`Authorization: Token …` or `Bearer …`) or
 * the cookie of a session; a write by cookie must come from a page of ours. Paths that do not exist
 * are 404 for everybody.
 */
export function authentication(deps: Deps): MiddlewareHandler<HttpEnv> {
  const isAdminToken = credentialCheck(deps.adminToken);
  return async (c, next) => {
    if (!matchedRoutes(c).some(({ method }) => method !== 'ALL')) throw notFound('This address');
    const authorization = c.req.header('authorization');
    c.set(
      'caller',
      authorization === undefined
        ? await callerByCookie(c, deps)
        : callerByToken(authorization, isAdminToken),
    );
    await next();
  };
}

function callerByToken(authorization: string, isAdminToken: (token: string) => boolean): Caller {
  const token = /^(?:Token|Bearer) +(\S+)$/i.exec(authorization.trim())?.[1];
  if (token === undefined) {
    throw unauthorized(
      'The Authorization header must be "Token" or "Bearer", a space and the token.',
    );
  }
  if (!isAdminToken(token)) throw unauthorized('The token is not valid.');
  return { by: 'token' };
}

async function callerByCookie(c: HttpContext, deps: Deps): Promise<Caller> {
  const id = readSessionCookie(c, deps.publicUrl);
  if (id === undefined) throw unauthorized('Sign in, or send a token in the Authorization header.');
  if (!isSafe(c.req.method)) requireOwnOrigin(c, deps.publicUrl, { needed: true });
  const session = await continueSession(deps, id);
  if (!session) throw unauthorized('The session has ended: sign in again.');
  if (session.extended) writeSessionCookie(c, deps.publicUrl, { id, lifetimeMs: sessionLifetime });
  return { by: 'session', idHash: session.idHash, expiresAt: session.expiresAt };
}

function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

/** 401 with the challenge that RFC 9110 asks for; browsers open no dialog for it. */
export function unauthorized(detail: string): ProblemError {
  return new ProblemError(401, detail, { headers: { 'www-authenticate': 'Bearer' } });
}
