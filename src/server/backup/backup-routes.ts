import { Hono } from 'hono';

import type { HttpEnv } from '../http-context';
import { ProblemError } from '../problem';
import type { Backups } from './backups';

interface Deps {
  backups: Pick<Backups, 'begin'>;
}

/** A copy of the database, for whoever has the admin token: no browser is to fetch it. */
export function backupRoutes({ backups }: Deps) {
  const routes = new Hono<HttpEnv>();

  // No GET: one would also answer HEAD, and leave a copy begun that nobody reads.
  routes.post('/backup', async (c) => {
    if (c.var.caller.by !== 'token') {
      throw new ProblemError(403, 'Backups are made with the admin token only.');
    }
    const backup = await backups.begin();
    if (!backup) throw new ProblemError(409, 'Another backup is under way: wait for its end.');
    return c.body(backup.stream, 200, {
      'content-type': 'application/octet-stream',
      'content-length': String(backup.size),
    });
  });

  return routes;
}
