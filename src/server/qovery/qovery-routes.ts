import { Hono } from 'hono';
import * as z from 'zod/mini';

import { pointerStep } from '../../contract/text';
import type { HttpContext, HttpEnv } from '../http-context';
import { readJson } from '../json-body';
import type { Log } from '../log';
import { mask, masking } from '../masking';
import { pathId } from '../path-id';
import { ProblemError } from '../problem';
import { passOn } from './answers';
import type { Upstream, UpstreamCall } from './upstream';

/**
 * The calls of the Qovery API that the console needs. Its document knows no query parameters and no
 * headers for them: what the browser sends beside path and body goes nowhere.
 */
const calls: readonly Pick<UpstreamCall, 'method' | 'path'>[] = [
  { method: 'GET', path: '/organization' },
  { method: 'GET', path: '/organization/:organizationId' },
  { method: 'GET', path: '/organization/:organizationId/project' },
  { method: 'GET', path: '/project/:projectId/environment' },
  { method: 'GET', path: '/organization/:organizationId/webhook' },
  { method: 'POST', path: '/organization/:organizationId/webhook' },
  { method: 'GET', path: '/organization/:organizationId/webhook/:webhookId' },
  { method: 'PUT', path: '/organization/:organizationId/webhook/:webhookId' },
  { method: 'DELETE', path: '/organization/:organizationId/webhook/:webhookId' },
  { method: 'GET', path: '/organization/:organizationId/webhook/:webhookId/event' },
];

const things: Record<string, string> = {
  organizationId: 'The organization',
  projectId: 'The project',
  webhookId: 'The webhook',
};

/**
 * Hands exactly these calls on. Which values a body may have is for the API to say; it has to be JSON
 * of at most 256 KiB.
 */
export function qoveryRoutes({ upstream, token, log }: QoveryDeps) {
  const routes = new Hono<HttpEnv>();
  const masked = masking(token);
  for (const { method, path: pattern } of calls) {
    routes.on(method, pattern, async (c) => {
      const path = withIds(c, pattern);
      const answer = await upstream.call({
        method,
        path,
        // What is read ends when the browser goes away. A write that has begun goes on, as it does in
        // the embedded API: whoever closes the page has still pressed the button.
        ...(method === 'GET' && { signal: c.req.raw.signal }),
        ...((method === 'POST' || method === 'PUT') && { body: await readBody(c) }),
      });
      return passOn(c, answer, { method, path, masked, log });
    });
  }
  return routes;
}

interface QoveryDeps {
  upstream: Upstream;
  token: string;
  log: Log;
}

function withIds(c: HttpContext, path: string): string {
  return path.replace(/:(\w+)/g, (_, name: string) =>
    pathId(c.req.param(name), things[name] ?? 'It'),
  );
}

const masksToken = "It contains the API's own token, which is not shown here. Change it in Qovery.";

/**
 * The body as it goes on.
 *
 * @throws {ProblemError} as `readJson`; 422 if a member has the mask in it: the browser sends back what
 *   it was shown, and the mask would be stored in place of what it hides.
 */
async function readBody(c: HttpContext): Promise<string> {
  const body = await readJson(c, z.unknown());
  const members = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  const errors = members
    .filter((member) => JSON.stringify(member).includes(mask))
    .map(([name]) => ({ pointer: pointerStep(name), message: masksToken }));
  if (errors.length > 0) throw new ProblemError(422, masksToken, { errors });
  return JSON.stringify(body);
}
