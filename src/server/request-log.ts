import type { MiddlewareHandler } from 'hono';

import type { Log } from './log';

/**
 * A line for every request, without its query, headers or body. Only the API and failures are worth
 * `info`; the console's files and health checks are `debug`, and so are events that were accepted:
 * the lines of their attempts tell more.
 */
export function requestLog(log: Log): MiddlewareHandler {
  return async (c, next) => {
    const start = performance.now();
    await next();
    const { status } = c.res;
    const { path } = c.req;
    const isAcceptedEvent = status === 202 && path.endsWith('/deployment-event');
    const isOfApi = path.startsWith('/api/') && !isAcceptedEvent;
    const level = status >= 500 || isOfApi ? 'info' : 'debug';
    const duration_ms = Math.round(performance.now() - start);
    log[level]({ method: c.req.method, path, status, duration_ms }, 'request');
  };
}
