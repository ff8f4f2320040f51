import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

import { ownOrigin } from './origin';

/*
 * The name contains the port, since cookies do not know of ports: two consoles on one machine would
 * sign each other out. Under https it has the prefix that keeps it to this host and to https.
 */

function cookie(c: Context, publicUrl: string | null) {
  const { protocol, port } = new URL(ownOrigin(c, publicUrl));
  const secure = publicUrl !== null && protocol === 'https:';
  const name = `webhook-console-${port || (protocol === 'https:' ? '443' : '80')}`;
  const attributes = { path: '/', httpOnly: true, sameSite: 'Strict', secure } as const;
  return {
    name,
    attributes: secure ? ({ ...attributes, prefix: 'host' } as const) : attributes,
    prefix: secure ? ('host' as const) : undefined,
  };
}

/** The session id that the browser sent, or undefined. */
export function readSessionCookie(c: Context, publicUrl: string | null): string | undefined {
  const { name, prefix } = cookie(c, publicUrl);
  return getCookie(c, name, prefix);
}

/** Has the browser keep the session id for as long as the session lasts if nothing is done. */
export function writeSessionCookie(
  c: Context,
  publicUrl: string | null,
  { id, lifetimeMs }: { id: string; lifetimeMs: number },
): void {
  const { name, attributes } = cookie(c, publicUrl);
  setCookie(c, name, id, { ...attributes, maxAge: Math.floor(lifetimeMs / 1000) });
}

/** Has the browser forget the session id. */
export function clearSessionCookie(c: Context, publicUrl: string | null): void {
  const { name, attributes } = cookie(c, publicUrl);
  deleteCookie(c, name, attributes);
}
