import type { Context } from 'hono';

import { breathing } from './breathe';

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
  return textAsJson(c, JSON.stringify(value), status, headers);
}

/**
 * Answers with a list that is too long to be made in one go.
 *
 * @param parts the JSON texts of the rows, some at a time; other requests have their turn between.
 */
export async function jsonList(
  c: Context,
  parts: AsyncIterable<readonly string[]>,
): Promise<Response> {
  const breathe = breathing();
  const texts: string[] = [];
  for await (const rows of parts) {
    if (rows.length > 0) texts.push(rows.join(','));
    await breathe();
  }
  return textAsJson(c, `{"results":[${texts.join(',')}]}`);
}

/** Answers with a text that is JSON already. */
export function textAsJson(
  c: Context,
  text: string,
  status: 200 | 201 | 202 = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = Buffer.from(text);
  return c.body(body, status, {
    'content-type': 'application/json',
    'content-length': String(body.length),
    ...headers,
  });
}
