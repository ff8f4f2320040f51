import { Hono } from 'hono';
import { compress } from 'hono/compress';

import { apiPrefix } from '../contract/api-paths';
import type { Warning } from '../contract/webhook';
import { authentication } from './authentication';
import { backupRoutes } from './backup/backup-routes';
import type { Backups } from './backup/backups';
import { consoleResponse, type ConsoleFiles } from './console-files';
import type { Db } from './db';
import type { Recoveries } from './delivery/recoveries';
import type { Worker } from './delivery/worker';
import { deploymentEventRoutes } from './deployment-event-routes';
import { warnOfForwarding } from './forwarding';
import { healthRoutes } from './health-routes';
import type { HttpEnv } from './http-context';
import { json } from './json-response';
import type { Log } from './log';
import type { MatchingWebhooks } from './matching-webhooks';
import { organizationRoutes } from './organization-routes';
import { pastEventRoutes } from './past-event-routes';
import { notFound, ProblemError, problemResponse } from './problem';
import { recoverRoutes } from './recover-routes';
import { redeliverRoutes } from './redeliver-routes';
import { requestLog } from './request-log';
import type { SecretBox } from './secret-box';
import { securityHeaders } from './security-headers';
import { sessionRoutes, signInRoutes } from './session-routes';
import { webhookEventRoutes } from './webhook-event-routes';
import { webhookHealthRoutes } from './webhook-health-routes';
import { webhookRoutes } from './webhook-routes';
import { webhookTestRoutes } from './webhook-test-routes';

/** What the routes work with. */
export interface AppDeps {
  db: Db;
  log: Log;
  secretBox: SecretBox;
  matchingWebhooks: MatchingWebhooks;
  adminToken: string;
  /** An origin, or null: browsers reach us where we listen. */
  publicUrl: string | null;
  /** Milliseconds since 1970. */
  now: () => number;
  /** What is worth saying about a URL that is saved all the same. Does not throw. */
  warnAboutTarget: (url: string) => Promise<Warning[]>;
  /** Gives a new delivery a slot, if it need not wait. */
  reserve: Worker['reserve'];
  /** Tells the worker whose deliveries have become due. */
  wakeWorker: (webhookIds: readonly string[]) => void;
  /** Lends what tests are sent with. */
  lend: Worker['lend'];
  /** Its state alone: what else the routes may do is named for itself. */
  worker: Pick<Worker, 'running' | 'failures'>;
  backups: Pick<Backups, 'begin'>;
  /** Told of recoveries that have begun. */
  recoveries: Pick<Recoveries, 'goOn'>;
  /** The built console; empty where something else serves it. */
  consoleFiles: ConsoleFiles;
  /** How long events are kept, in milliseconds. */
  retention: number;
  /** Of this program. */
  version: string;
}

/** What works here beyond the Qovery API; the console switches on what is named. */
const features = [
  'keeps-secret',
  'if-match',
  'warnings',
  'test',
  'redeliver',
  'recover',
  'organization-log',
  'health',
  'dry-run',
];

/** All that is served, without a port: the API, the health checks and the console. */
export function createApp(deps: AppDeps) {
  const app = new Hono();
  app.use(requestLog(deps.log));
  app.use(securityHeaders());
  if (deps.publicUrl === null) app.use(warnOfForwarding(deps.log));
  app.route('/', healthRoutes(deps));
  app.route(apiPrefix, createApi(deps));

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

function createApi(deps: AppDeps) {
  const api = new Hono<HttpEnv>();
  api.use(compress());
  api.use(async (c, next) => {
    await next();
    c.res.headers.set('cache-control', 'no-store');
  });
  api.route('/', signInRoutes(deps));
  api.use(authentication(deps));
  api.get('/capabilities', (c) => json(c, { version: deps.version, features }));
  api.route('/', backupRoutes(deps));
  api.route('/', sessionRoutes(deps));
  api.route('/', organizationRoutes(deps));
  api.route('/', webhookRoutes(deps));
  api.route('/', webhookEventRoutes(deps));
  api.route('/', webhookHealthRoutes(deps));
  api.route('/', webhookTestRoutes(deps));
  api.route('/', redeliverRoutes(deps));
  api.route('/', recoverRoutes(deps));
  api.route('/', deploymentEventRoutes(deps));
  api.route('/', pastEventRoutes(deps));
  return api;
}
