import { expect, type Page, type Request } from '@playwright/test';

import type { SeenRequest } from '../src/server/qovery/test-stand-in-upstream';

/*
 * What holds on a Qovery API whatever is done there: its token stays with the server, and it is asked
 * with nothing of the browser's.
 */

/** The token as it is, and as URLs, forms, JSON, HTML, base64 and the names of headers write it. */
export function writingsOf(token: string): string[] {
  const inUrl = encodeURIComponent(token);
  const inForm = new URLSearchParams([['', token]]).toString().slice(1);
  const inJson = token.replaceAll('/', String.raw`\/`);
  const inHtml = token.replaceAll('/', '&#x2F;').replaceAll('=', '&#61;');
  const base64 = Buffer.from(token).toString('base64');
  return [
    token,
    token.toLowerCase(),
    inUrl,
    encodeURIComponent(inUrl),
    inForm,
    inJson,
    inHtml,
    base64,
  ];
}

/** No text may have the token; nor may the report of a failure, which is why it tells only which text. */
export function expectNoToken(token: string, texts: Readonly<Record<string, string>>): void {
  const writings = writingsOf(token);
  const telling = Object.entries(texts).filter(([, text]) =>
    writings.some((writing) => text.includes(writing)),
  );
  expect(
    telling.map(([name]) => name),
    'where the token stands',
  ).toEqual([]);
}

/** What a request may carry, and nothing besides. */
const neededHeaders = new Set([
  'accept',
  'accept-encoding',
  'authorization',
  'connection',
  'content-length',
  'content-type',
  'host',
  'user-agent',
]);

/** The API is asked with the token and what the server itself says; nothing comes from the browser. */
export function expectPlainRequests(requests: readonly SeenRequest[], token: string): void {
  for (const { method, path, headers } of requests) {
    const asked = `${method} ${path}`;
    const more = Object.keys(headers).filter((name) => !neededHeaders.has(name));
    expect(more, `headers of ${asked}`).toEqual([]);
    expect(headers.authorization === `Token ${token}`, `the token of ${asked}`).toBe(true);
    expect(headers['user-agent'], asked).toMatch(/^webhook-console\//);
  }
}

/** Reads along what the API of a page's server answers. Gives all of it, with what the page shows then. */
export function readAnswers(page: Page): () => Promise<Record<string, string>> {
  const reading: Promise<string>[] = [];
  page.on('requestfinished', (request) => {
    if (new URL(request.url()).pathname.startsWith('/api/')) reading.push(readAnswer(request));
  });
  return async () => ({
    answers: (await Promise.all(reading)).join('\n'),
    // A page that is closed, or on its way to another, shows nothing.
    page: await page.content().catch(() => ''),
  });
}

async function readAnswer(request: Request): Promise<string> {
  // A redirect has no body; what a page that was left or closed has not told yet is gone.
  const response = await request.response().catch(() => null);
  if (!response) return '';
  const text = await response.text().catch(() => '');
  return `${JSON.stringify(await response.allHeaders().catch(() => ({})))}\n${text}`;
}
