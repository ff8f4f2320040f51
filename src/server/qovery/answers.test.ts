import { expect, it } from 'vitest';

import { webhookPath, webhooksPath } from '../../contract/api-paths';
import { mask } from '../masking';
import type { Behaviour } from './test-stand-in-upstream';
import { standIn } from './test-stand-in-state';
import { createQoveryServer, qoveryToken } from './test-qovery-server';
import type { UpstreamLimits } from './upstream-limits';

const { organizationId, webhookId } = standIn;
const path = webhooksPath(organizationId);
const own = webhookPath(organizationId, webhookId);

type Answer = Extract<Behaviour['answer'], { status: number }>;

/** What becomes of an answer of the Qovery API. */
async function through(answer: Answer, method = 'GET', limits: Partial<UpstreamLimits> = {}) {
  const { call, upstream, logLines } = await createQoveryServer({ limits });
  upstream.control({ behaviours: [{ answer }] });
  const passed = await call(method, method === 'GET' ? path : own, {
    ...(method === 'PUT' && { body: {} }),
  });
  return { ...passed, logLines, asked: upstream.requests.length };
}

const qoverys = (status: number, error: string, message?: string) =>
  JSON.stringify({ timestamp: '2026-01-31T12:00:00Z', status, error, message, path: '/x' });
const lacks = (words: string) =>
  `The token that this server was started with (QOVERY_API_TOKEN) lacks the right: ${words}`;
const page = (text: string) =>
  `<!doctype html><html><head><title>Oops</title><style>p{}</style></head><body><!-- a --><h1>${text}</h1>\n<p>edge-1</p></body></html>`;

it.each([
  [400, qoverys(400, 'Bad Request', 'target_url: not reachable'), 400, 'target_url: not reachable'],
  [403, qoverys(403, 'Forbidden', 'You are not an admin'), 403, lacks('You are not an admin')],
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
  [400, '{"error":{"code":7,"message":"No such kind"}}', 400, 'No such kind'],
  [400, '{"message":["a"," ","b"]}', 400, 'a; b'],
  [
    400,
    '{"error":"Bad Request","message":"","errors":["target_url: bad","kind: bad"]}',
    400,
    'target_url: bad; kind: bad',
  ],
  [
    400,
    '{"errors":[{"defaultMessage":"must not be blank"},{"message":"is odd"},7]}',
    400,
    'must not be blank; is odd',
  ],
  [
    400,
    `${'{"message":'.repeat(5)}"deep"${'}'.repeat(5)}`,
    400,
    'The Qovery API answered 400 (Bad Request).',
  ],
  [400, ' {"message":"this breaks o', 400, 'The Qovery API answered 400 (Bad Request).'],
  [400, '["this breaks o', 400, 'The Qovery API answered 400 (Bad Request).'],
  [
    400,
    page('Tom &amp; Jerry&#39;s &#x3c;b> &nosuch; &#9999999;'),
    400,
    "Tom & Jerry's <b> &nosuch; &#9999999; edge-1",
  ],
  [400, 'Tom &amp; Jerry&#39;s &amp;lt;', 400, "Tom & Jerry's &lt;"],
  [400, '{"message":"Tom &amp; Jerry&#39;s"}', 400, "Tom & Jerry's"],
  [400, '[1]', 400, 'The Qovery API answered 400 (Bad Request).'],
  [400, 'null', 400, 'The Qovery API answered 400 (Bad Request).'],
  [404, '', 404, 'The Qovery API answered 404 (Not Found).'],
  [403, page('Blocked'), 403, lacks('Blocked edge-1')],
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
    'The Qovery API refused the token that this server was started with (QOVERY_API_TOKEN): Invalid token. Start it again with another.',
  ],
  [
    401,
    '',
    502,
    'The Qovery API refused the token that this server was started with (QOVERY_API_TOKEN). Start it again with another.',
  ],
  [408, 'slow', 502, 'The Qovery API answered 408 (Request Timeout): slow'],
  [412, 'old', 502, 'The Qovery API answered 412 (Precondition Failed): old'],
  [428, '', 502, 'The Qovery API answered 428 (Precondition Required).'],
  [499, '', 502, 'The Qovery API answered 499 (an unknown status).'],
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

it('passes on what is wrong with which field, as far as it is well-formed', async () => {
  const errors = [
    { pointer: '/target_url', message: `Not ${qoveryToken},\nnot so`, code: 7 },
    { pointer: '/kind' },
    'text',
    null,
    { pointer: 7, message: 'x' },
  ];
  const passed = await through({
    status: 400,
    body: JSON.stringify({ detail: 'Two things', errors }),
  });
  expect(passed.body).toMatchObject({ status: 400, detail: 'Two things' });
  expect(passed.body['errors']).toEqual([
    { pointer: '/target_url', message: `Not ${mask}, not so` },
  ]);
  const none = await through({ status: 400, body: '{"detail":"x","errors":{"kind":["bad"]}}' });
  expect(none.body).not.toHaveProperty('errors');
});

it.each([
  [302, true],
  [303, true],
  [400, false],
  [401, false],
  [408, true],
  [409, false],
  [412, false],
  [429, false],
  [499, true],
  [500, true],
  [501, false],
  [502, true],
  [503, true],
  [504, true],
  [505, false],
  [511, false],
  [524, true],
  [999, true],
])('says whether a write that is answered with %i may have been made: %s', async (status, may) => {
  const doubt = / Whether the change was made is not known: look before you try again\.$/;
  const { call, upstream } = await createQoveryServer();
  for (const body of ['', '{"message":"Oops"}']) {
    upstream.control({ behaviours: [{ answer: { status, body } }] });
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      const isPut = method === 'PUT';
      const sent = isPut || method === 'POST' ? { body: {} } : {};
      const { detail } = (await call(method, isPut || method === 'DELETE' ? own : path, sent)).body;
      expect([method, doubt.test(String(detail))]).toEqual([method, may && method !== 'GET']);
      expect(String(detail)).not.toMatch(/[^.] Whether/);
    }
  }
});

it.each(['gzip', 'br', 'identity, gzip'])(
  'reads no answer that is encoded: %s',
  async (encoding) => {
    const headers = { 'content-encoding': encoding };
    const refused = await through({ status: 400, headers, body: '{"message":"no gzip at all"}' });
    expect([refused.status, refused.body['detail']]).toEqual([
      400,
      'The Qovery API answered 400 (Bad Request).',
    ]);
    for (const method of ['GET', 'PUT']) {
      const read = await through({ status: 200, headers, body: '{}' }, method);
      expect([read.status, read.body['detail']]).toEqual([
        502,
        expect.stringMatching(
          /^The Qovery API gave an answer in an encoding that it was not asked/,
        ),
      ]);
      expect(/Whether the change/.test(String(read.body['detail']))).toBe(method === 'PUT');
    }
    expect((await through({ status: 200, headers, body: 'x' }, 'DELETE')).status).toBe(204);
    const plain = { 'content-encoding': 'Identity' };
    expect((await through({ status: 200, headers: plain, body: '{}' })).status).toBe(200);
  },
);

it.each<[string, Answer, string?]>([
  ['GET', { status: 401 }],
  ['GET', { status: 302 }],
  ['GET', { status: 500 }],
  ['GET', { status: 407 }],
  ['GET', { status: 408 }],
  ['GET', { status: 999 }],
  ['GET', { status: 200, body: 'not for the log' }, 'something that is no JSON'],
  ['PUT', { status: 204 }, 'something that is no JSON'],
  ['GET', { status: 200, body: 'x'.repeat(100) }, 'an answer that is too large'],
])('says in the log, without its words, that an answer is none to go by: %s %j', async (...row) => {
  const [method, answer, error] = row;
  const body = '{"message":"not for the log"}';
  const { logLines, status } = await through({ body, ...answer }, method, { body: 99 });
  expect(status).toBeGreaterThanOrEqual(500);
  const failed = { level: 'warn', method, status: answer.status, msg: 'the Qovery API failed' };
  const warned = logLines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(warned.filter(({ level }) => level === 'warn')).toEqual([
    expect.objectContaining({ ...failed, ...(error !== undefined && { error }) }),
  ]);
  expect(logLines.join('')).not.toContain('not for the log');
});

it.each([400, 404, 429])('has no warning in the log about %i', async (status) => {
  expect((await through({ status, body: '{}' })).logLines.join('')).not.toContain('"warn"');
});
