import type { Context } from 'hono';

/**
 * Answers with JSON. It says its length, without which the compression would bother with answers that
 * are too short for it.
 */
export function json(
  c: Context,
  value: unknown,
  status: 200 | 201 | 202 = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = Buffer.from(JSON.stringify(value));
  return c.body(body, status, {
    'content-type': 'application/json',
    'content-length': String(body.length),
    ...headers,
  });
}
