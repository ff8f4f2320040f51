import { describe, expect, it } from 'vitest';

import { deploymentEventsPath, sessionPath, webhooksPath } from '../contract/api-paths';
import { createTestServer, organizationId } from './test-server';

const paths = [
  sessionPath(),
  webhooksPath(organizationId),
  deploymentEventsPath(organizationId),
] as const;

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const limit = 256 * 1024;
const spaces = (length: number) => `{"a":1}${' '.repeat(length - 7)}`;

describe.each(paths)('a body sent to %s', (path) => {
  it.each<[string, string | Uint8Array, number, RegExp]>([
    ['empty', '', 400, /empty/],
    ['white space', ' \n', 400, /empty/],
    ['not JSON', '{', 400, /not valid JSON/],
    ['HTML', '<!doctype html>', 400, /not valid JSON/],
    ['a form', 'a=1&b=2', 400, /not valid JSON/],
    ['not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 400, /not UTF-8/],
    ['50,000 levels deep', nested(50_000), 400, /too deeply/],
    ['a list', '[]', 400, /./],
    ['a text', '"x"', 400, /./],
    ['null', 'null', 400, /./],
    ['a number', '1e999', 400, /./],
    ['as large as may be', spaces(limit), 400, /^(?!.*KiB)/],
    ['larger', spaces(limit + 1), 413, /256 KiB/],
  ])('that is %s', async (_, body, status, words) => {
    const { call, logLines } = await createTestServer();
    const answer = await call('POST', path, { body });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ status, detail: expect.stringMatching(words) });
    expect(answer.text).not.toMatch(/\.ts|at .*:\d+/);
    expect(logLines.join('')).not.toContain('"level":"error"');
  });

  it.each([undefined, 'text/plain', 'application/x-www-form-urlencoded', 'application/jsonx'])(
    'as %s',
    async (type) => {
      const { call } = await createTestServer();
      const headers = { 'content-type': type ?? '' };
      expect((await call('POST', path, { headers, body: '{}' })).status).toBe(415);
    },
  );

  it('as JSON with parameters is read', async () => {
    const { call } = await createTestServer();
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' };
    expect((await call('POST', path, { headers, body: '{}' })).status).toBe(400);
  });

  it('that never ends is cut off', async () => {
    const { call } = await createTestServer();
    let sent = 0;
    let cancelled = false;
    const body = new ReadableStream({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(0x20));
      },
      cancel() {
        cancelled = true;
      },
    });
    expect((await call('POST', path, { body })).status).toBe(413);
    expect(cancelled).toBe(true);
    expect(sent).toBeLessThan(3 * limit);
  });

  it('whose sender goes away is no failure of ours', async () => {
    const { call } = await createTestServer();
    const body = new ReadableStream({
      pull(controller) {
        controller.error(new Error('gone'));
      },
    });
    expect((await call('POST', path, { body })).status).toBe(400);
  });
});

it('takes 64 levels and refuses 65', async () => {
  const { call } = await createTestServer();
  const valid = {
    kind: 'STANDARD',
    target_url: 'https://example.org',
    events: ['DEPLOYMENT_STARTED'],
  };
  const send = (levels: number) =>
    call('POST', webhooksPath(organizationId), {
      body: { ...valid, x: JSON.parse(nested(levels - 1)) as unknown },
    });
  expect((await send(64)).status).toBe(201);
  expect((await send(65)).status).toBe(400);
});
