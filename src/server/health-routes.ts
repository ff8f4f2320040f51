import { Hono } from 'hono';

import type { Db } from './db';
import { json } from './json-response';
import { ProblemError } from './problem';

interface Deps {
  db: Db;
  /** Why work cannot be done, in a sentence; null while it can. */
  problem: () => string | null;
}

/** `/healthz`: the process is up. `/readyz`: it can do its work. */
export function healthRoutes({ db, problem }: Deps) {
  const routes = new Hono();

  routes.get('/healthz', (c) => json(c, { status: 'ok' }));

  routes.get('/readyz', async (c) => {
    const found = problem();
    if (found !== null) throw new ProblemError(503, found);
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
