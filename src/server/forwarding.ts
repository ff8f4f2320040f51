import type { MiddlewareHandler } from 'hono';

import type { Log } from './log';

const forwardingHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'];

/** Says once that there is a proxy in front which nobody has told us about. */
export function warnOfForwarding(log: Log): MiddlewareHandler {
  let warned = false;
  return async (c, next) => {
    if (!warned && forwardingHeaders.some((name) => c.req.header(name) !== undefined)) {
      warned = true;
      log.warn(
        'A proxy forwards requests to this server, but PUBLIC_URL is not set: ' +
          'set it to the address that browsers use, or writes from them may be refused.',
      );
    }
    await next();
  };
}
