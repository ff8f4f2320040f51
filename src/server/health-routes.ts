import { Hono } from 'hono';
import { sql } from 'kysely';

import type { Db } from './db';
import { json } from './json-response';
import { ProblemError } from './problem';

/** `/healthz`: the process is up. `/readyz`: it can do its work. */
export function healthRoutes({ db, isWorking }: { db: Db; isWorking: () => boolean }) {
  const routes = new Hono();

  routes.get('/healthz', (c) => json(c, { status: 'ok' }));

  routes.get('/readyz', async (c) => {
    if (!isWorking()) throw new ProblemError(503, 'The delivery worker is not running.');
    if (!(await answers(db))) throw new ProblemError(503, 'The database does not answer.');
    return json(c, { status: 'ok' });
  });

  return routes;
}

async function answers(db: Db): Promise<boolean> {
  try {
    await sql`select 1`.execute(db);
    return true;
  } catch {
    return false;
  }
}
