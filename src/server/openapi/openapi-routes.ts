import { Hono } from 'hono';

import type { HttpEnv } from '../http-context';
import { textAsJson } from '../json-response';
import { buildDocument } from './document';

/**
 * The API as a document. For anyone: it says nothing of this installation but the version of a public
 * program, and tools that read such documents seldom send a token.
 */
export function openapiRoutes({ version }: { version: string }) {
  const routes = new Hono<HttpEnv>();
  let text: string | null = null;
  routes.get('/openapi.json', (c) => {
    text ??= JSON.stringify(buildDocument(version));
    return textAsJson(c, text);
  });
  return routes;
}
