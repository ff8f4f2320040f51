import { Hono } from 'hono';
import { compress } from 'hono/compress';

import type { CapabilitiesResponse } from './answers/server';
import { apiPrefix } from '../contract/api-paths';
import { authentication } from './authentication';
import type { BackEnd } from './back-end';
import { consoleResponse, type ConsoleFiles } from './console-files';
import type { Db } from './db';
import { warnOfForwarding } from './forwarding';
import { healthRoutes } from './health-routes';
import type { HttpEnv } from './http-context';
import { json } from './json-response';
import type { Log } from './log';
import { openapiRoutes } from './openapi/openapi-routes';
import { notFound, ProblemError, problemResponse } from './problem';
import { requestLog } from './request-log';
import { securityHeaders } from './security-headers';
import { sessionRoutes, signInRoutes } from './session-routes';

/** What is needed whatever answers the API's calls. */
export interface AppDeps {
  db: Db;
  log: Log;
  adminToken: string;
  /** An origin, or null: browsers reach us where we listen. */
  publicUrl: string | null;
  /** Milliseconds since 1970. */
  now: () => number;
  /** The built console; empty where something else serves it. */
  consoleFiles: ConsoleFiles;
  /** Of this program. */
  version: string;
}

/** All that is served, without a port: the API, the health checks and the console. */
export function createApp(deps: AppDeps, backEnd: BackEnd) {
  const app = new Hono();
  app.use(requestLog(deps.log));
  app.use(securityHeaders());
  if (deps.publicUrl === null) app.use(warnOfForwarding(deps.log));
  app.route('/', healthRoutes({ db: deps.db, problem: backEnd.problem }));
  app.route(apiPrefix, createApi(deps, backEnd));

  app.notFound((c) => {
    const { path, method } = c.req;
    const isApi = path === apiPrefix || path.startsWith(`${apiPrefix}/`);
    const isRead = method === 'GET' || method === 'HEAD';
    const file = isRead && !isApi ? consoleResponse(c, deps.consoleFiles) : null;
    return file ?? problemResponse(notFound('This address'));
  });

  app.onError((error) => {
    if (error instanceof ProblemError) return problemResponse(error);
    deps.log.error({ err: error }, 'a request failed');
    return problemResponse(
      new ProblemError(500, 'The server failed at this request. Its log says why.'),
    );
  });
  return app;
}

function createApi(deps: AppDeps, { features, isDescribed, routes }: BackEnd) {
  const api = new Hono<HttpEnv>();
  api.use(compress());
  api.use(async (c, next) => {
    await next();
    c.res.headers.set('cache-control', 'no-store');
  });
  if (isDescribed) api.route('/', openapiRoutes(deps));
  api.route('/', signInRoutes(deps));
  api.use(authentication(deps));
  api.get('/capabilities', (c) =>
    json(c, { version: deps.version, features } satisfies CapabilitiesResponse),
  );
  api.route('/', sessionRoutes(deps));
  api.route('/', routes);
  return api;
}
