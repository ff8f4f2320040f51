import { Hono } from 'hono';

import { features } from './answers/server';
import type { Warning } from '../contract/webhook';
import type { AppDeps } from './app';
import type { BackEnd } from './back-end';
import { backupRoutes } from './backup/backup-routes';
import type { Backups } from './backup/backups';
import type { Recoveries } from './delivery/recoveries';
import type { Worker } from './delivery/worker';
import { deploymentEventRoutes } from './deployment-event-routes';
import type { HttpEnv } from './http-context';
import type { MatchingWebhooks } from './matching-webhooks';
import { organizationRoutes } from './organization-routes';
import { pastEventRoutes } from './past-event-routes';
import { recoverRoutes } from './recover-routes';
import { redeliverRoutes } from './redeliver-routes';
import type { SecretBox } from './secret-box';
import { webhookEventRoutes } from './webhook-event-routes';
import { webhookHealthRoutes } from './webhook-health-routes';
import { webhookRoutes } from './webhook-routes';
import { webhookTestRoutes } from './webhook-test-routes';

/** What the routes of the embedded API work with. */
export interface EmbeddedDeps extends Pick<AppDeps, 'db' | 'log' | 'now'> {
  secretBox: SecretBox;
  matchingWebhooks: MatchingWebhooks;
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
  /** How long events are kept, in milliseconds. */
  retention: number;
}

/** One failure may be a moment's; the worker takes 300 ms for so many in a row. */
const mostFailures = 3;

/** The API that this package brings along: its own webhooks, on its own database. */
export function embeddedBackEnd(deps: EmbeddedDeps): BackEnd {
  return {
    features: [...features],
    isDescribed: true,
    problem: () => workerProblem(deps.worker),
    routes: routesOf(deps),
  };
}

function workerProblem({ running, failures }: EmbeddedDeps['worker']): string | null {
  if (!running) return 'The delivery worker is not running.';
  return failures < mostFailures ? null : 'The delivery worker cannot work. The log says why.';
}

function routesOf(deps: EmbeddedDeps): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>();
  routes.route('/', backupRoutes(deps));
  routes.route('/', organizationRoutes(deps));
  routes.route('/', webhookRoutes(deps));
  routes.route('/', webhookEventRoutes(deps));
  routes.route('/', webhookHealthRoutes(deps));
  routes.route('/', webhookTestRoutes(deps));
  routes.route('/', redeliverRoutes(deps));
  routes.route('/', recoverRoutes(deps));
  routes.route('/', deploymentEventRoutes(deps));
  routes.route('/', pastEventRoutes(deps));
  return routes;
}
