import type { Context } from 'hono';

import { ProblemError } from './problem';

/**
 * The origin under which browsers reach us: `PUBLIC_URL`, or else what they themselves call us. A page
 * that gives us a name of its own (DNS rebinding) gains nothing: no cookie belongs to that name.
 */
export function ownOrigin(c: Context, publicUrl: string | null): string {
  return publicUrl ?? new URL(c.req.url).origin;
}

/**
 * Refuses a request of a page that is not ours. The cookie's `SameSite` does not tell ports apart.
 *
 * @throws {ProblemError} 403 if `Origin` is another, or, where it is needed, missing.
 */
export function requireOwnOrigin(
  c: Context,
  publicUrl: string | null,
  { needed }: { needed: boolean },
): void {
  const origin = c.req.header('origin');
  if (origin === undefined && !needed) return;
  const own = ownOrigin(c, publicUrl);
  if (origin === own) return;
  throw new ProblemError(
    403,
    `The request came from ${originName(origin)}, but this server is ${own}. ` +
      'If browsers know it by another address, set PUBLIC_URL to that.',
  );
}

/** The header is anybody's to write: only what looks like an origin is repeated. */
function originName(origin: string | undefined): string {
  if (origin === undefined) return 'a page without an Origin header';
  return /^https?:\/\/[\w.:[\]-]{1,255}$/.test(origin) ? origin : 'another page';
}
