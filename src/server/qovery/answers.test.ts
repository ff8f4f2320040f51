import { expect, it } from 'vitest';

import { webhookPath, webhooksPath } from '../../contract/api-paths';
import type { Behaviour } from './test-stand-in-upstream';
import { standIn } from './test-stand-in-state';
import { createQoveryServer } from './test-qovery-server';

const { organizationId, webhookId } = standIn;
const path = webhooksPath(organizationId);
const own = webhookPath(organizationId, webhookId);

type Answer = Exclude<Behaviour['answer'], string | undefined>;

/** What becomes of an answer of the Qovery API. */
async function through(answer: Answer, method = 'GET') {
  const { call, upstream, logLines } = await createQoveryServer();
  upstream.control({ behaviours: [{ answer }] });
  const passed = await call(method, method === 'GET' ? path : own, {
    ...(method === 'PUT' && { body: {} }),
  });
  return { ...passed, logLines, asked: upstream.requests.length };
}

const qoverys = (status: number, error: string, message?: string) =>
  JSON.stringify({ timestamp: '2026-01-31T12:00:00Z', status, error, message, path: '/x' });
const page = (text: string) =>
  `<!doctype html><html><head><title>Oops</title><style>p{}</style></head><body><!-- a --><h1>${text}</h1>\n<p>edge-1</p></body></html>`;

it.each([
  [400, qoverys(400, 'Bad Request', 'target_url: not reachable'), 400, 'target_url: not reachable'],
  [403, qoverys(403, 'Forbidden', 'You are not an admin'), 403, 'You are not an admin'],
  [404, qoverys(404, 'Not Found'), 404, 'Not Found'],
  [
    409,
    '{"detail":" Somebody\\n\\tchanged  it. ","title":"Conflict"}',
    409,
    'Somebody changed it.',
  ],
  [422, '"just a text"', 422, 'just a text'],
  [418, 'plain text', 418, 'plain text'],
  [400, '{"message":{"of":"another shape"}}', 400, 'The Qovery API answered 400 (Bad Request).'],
  [400, '[1]', 400, 'The Qovery API answered 400 (Bad Request).'],
  [400, 'null', 400, 'The Qovery API answered 400 (Bad Request).'],
  [404, '', 404, 'The Qovery API answered 404 (Not Found).'],
  [403, page('Blocked'), 403, 'Blocked edge-1'],
  [400, 'x < y', 400, 'x < y'],
  [400, '\ud83d\ude00'.repeat(600), 400, `${'\ud83d\ude00'.repeat(499)}…`],
  [404, 'x'.repeat(20_000), 404, 'The Qovery API answered 404 (Not Found).'],
  [
    500,
    qoverys(500, 'Internal Server Error', 'Oops'),
    500,
    'The Qovery API answered 500 (Internal Server Error): Oops',
  ],
  [502, page('Bad gateway'), 502, 'The Qovery API answered 502 (Bad Gateway): Bad gateway edge-1'],
  [503, '', 503, 'The Qovery API answered 503 (Service Unavailable).'],
  [599, '', 599, 'The Qovery API answered 599 (an unknown status).'],
  [
    401,
    qoverys(401, 'Unauthorized', 'Invalid token'),
    502,
    'The Qovery API refused the token that this server has (QOVERY_API_TOKEN): Invalid token',
  ],
  [401, '', 502, 'The Qovery API refused the token that this server has (QOVERY_API_TOKEN).'],
  [407, '', 502, 'The Qovery API answered 407 (Proxy Authentication Required).'],
  [999, 'Request denied', 502, 'The Qovery API answered 999 (an unknown status): Request denied'],
])('%i %j becomes problem details: %i %j', async (status, body, expected, detail) => {
  const passed = await through({ status, body });
  expect(passed.headers.get('content-type')).toBe('application/problem+json');
  expect([passed.status, passed.body]).toMatchObject([
    expected,
    { type: 'about:blank', status: expected, detail },
  ]);
});

it.each(['7', 'Wed, 21 Oct 2026 07:28:00 GMT'])('passes Retry-After on: %s', async (value) => {
  const headers = { 'retry-after': value, 'x-rate-limit': '1', 'set-cookie': 'a=b', server: 'x' };
  const passed = await through({ status: 429, headers, body: qoverys(429, 'Too Many Requests') });
  expect([passed.status, passed.body['detail']]).toEqual([429, 'Too Many Requests']);
  expect(passed.headers.get('retry-after')).toBe(value);
  for (const name of ['x-rate-limit', 'set-cookie', 'server']) {
    expect(passed.headers.has(name)).toBe(false);
  }
});

it('does not pass on a Retry-After that is none', async () => {
  const passed = await through({ status: 429, headers: { 'retry-after': 'soon; <script>' } });
  expect([passed.status, passed.headers.has('retry-after')]).toEqual([429, false]);
});

it('passes JSON on whatever it is called, and no header of it', async () => {
  const headers = {
    'content-type': 'text/html',
    'set-cookie': 'session=theirs',
    'access-control-allow-origin': '*',
    etag: '"theirs"',
  };
  const body = '\ufeff {"results": [1.0, "\\u00e9<b>", {"__proto__": null}]}';
  const passed = await through({ status: 200, headers, body });
  expect([passed.status, passed.text]).toEqual([200, '{"results":[1,"é<b>",{"__proto__":null}]}']);
  expect(passed.headers.get('content-type')).toBe('application/json');
  expect(passed.headers.get('x-content-type-options')).toBe('nosniff');
  for (const name of ['set-cookie', 'access-control-allow-origin', 'etag']) {
    expect(passed.headers.has(name)).toBe(false);
  }
});

it.each([
  ['GET', 203, '{}', 200],
  ['PUT', 201, '{}', 201],
  ['DELETE', 200, 'OK', 204],
  ['DELETE', 202, '', 204],
])('takes a success for one: %s %i %j', async (method, status, body, expected) => {
  expect((await through({ status, body }, method)).status).toBe(expected);
});

it.each([
  ['GET', '<html>A sign-in page</html>'],
  ['GET', ''],
  ['GET', '{"results":['],
  ['PUT', 'saved'],
])('takes no success that is no JSON: %s %j', async (method, body) => {
  const passed = await through({ status: 200, body }, method);
  expect([passed.status, passed.body['status']]).toEqual([502, 502]);
  expect(passed.body['detail']).toMatch(/^The Qovery API gave something that is no JSON\./);
  expect(/Whether the change was made/.test(String(passed.body['detail']))).toBe(method === 'PUT');
});

it('passes nothing on that is nested too deeply to be written', async () => {
  const body = '['.repeat(100_000) + ']'.repeat(100_000);
  expect((await through({ status: 200, body })).status).toBe(502);
});

it.each([301, 302, 303, 307, 308])('follows no redirect: %i', async (status) => {
  const location = `/organization/${organizationId}`;
  const passed = await through({ status, headers: { location } });
  expect([passed.status, passed.asked]).toEqual([502, 1]);
  expect(passed.headers.has('location')).toBe(false);
  expect(passed.body['detail']).toContain(`a redirect (${status}), which is not followed`);
});

it.each([401, 302, 500])(
  'says in the log that the API failed with %i, without its words',
  async (status) => {
    const { logLines } = await through({ status, body: '{"message":"not for the log"}' });
    const lines = logLines.map((line) => JSON.parse(line) as object);
    const failed = { level: 'warn', method: 'GET', status, msg: 'the Qovery API failed' };
    expect(lines).toContainEqual(expect.objectContaining(failed));
    expect(logLines.join('')).not.toContain('not for the log');
  },
);
