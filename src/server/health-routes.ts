import { Hono } from 'hono';

import type { Db } from './db';
import type { Worker } from './delivery/worker';
import { json } from './json-response';
import { ProblemError } from './problem';

/** One failure may be a moment's; the worker takes 300 ms for so many in a row. */
const mostFailures = 3;

interface Deps {
  db: Db;
  worker: Pick<Worker, 'running' | 'failures'>;
}

/** `/healthz`: the process is up. `/readyz`: it can do its work. */
export function healthRoutes({ db, worker }: Deps) {
  const routes = new Hono();

  routes.get('/healthz', (c) => json(c, { status: 'ok' }));

  routes.get('/readyz', async (c) => {
    if (!worker.running) throw new ProblemError(503, 'The delivery worker is not running.');
    if (worker.failures >= mostFailures) {
      throw new ProblemError(503, 'The delivery worker cannot work. The log says why.');
    }
    if (!(await answers(db))) throw new ProblemError(503, 'The database does not answer.');
    return json(c, { status: 'ok' });
  });

  return routes;
}

/** A table is read: an engine without its file still answers what needs none. */
async function answers(db: Db): Promise<boolean> {
  try {
    await db.selectFrom('webhook').select('id').limit(1).execute();
    return true;
  } catch {
    return false;
  }
}
