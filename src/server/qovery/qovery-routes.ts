import { Hono } from 'hono';
import * as z from 'zod/mini';

import type { HttpContext, HttpEnv } from '../http-context';
import { readJson } from '../json-body';
import { masking } from '../masking';
import { pathId } from '../path-id';
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
export function qoveryRoutes({ upstream, token }: { upstream: Upstream; token: string }) {
  const routes = new Hono<HttpEnv>();
  const masked = masking(token);
  for (const { method, path } of calls) {
    routes.on(method, path, async (c) => {
      const asked = { method, path: withIds(c, path), ...(await rest(c, method)) };
      return passOn(c, await upstream.call(asked), { method, masked });
    });
  }
  return routes;
}

function withIds(c: HttpContext, path: string): string {
  return path.replace(/:(\w+)/g, (_, name: string) =>
    pathId(c.req.param(name), things[name] ?? 'It'),
  );
}

/**
 * What is read ends when the browser goes away. A write that has begun goes on, as it does in the
 * embedded API: whoever closes the page has still pressed the button.
 */
async function rest(
  c: HttpContext,
  method: UpstreamCall['method'],
): Promise<Pick<UpstreamCall, 'body' | 'signal'>> {
  if (method === 'GET') return { signal: c.req.raw.signal };
  if (method === 'DELETE') return {};
  return { body: JSON.stringify(await readJson(c, z.unknown())) };
}
