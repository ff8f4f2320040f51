import { expect, it, vi } from 'vitest';

import { organizationsPath, webhookPath, webhooksPath } from '../../contract/api-paths';
import { mask } from '../masking';
import { standIn } from './test-stand-in-state';
import { createQoveryServer, qoveryToken } from './test-qovery-server';

// Generous: a busy machine is slow.
vi.setConfig({ testTimeout: 60_000 });

const { organizationId, webhookId } = standIn;
const own = webhookPath(organizationId, webhookId);

const json = JSON.stringify(qoveryToken).slice(1, -1);
const html = qoveryToken.replaceAll('"', '&quot;');

const inEscapes = (begin: string) =>
  [...qoveryToken].map((c) => begin + c.charCodeAt(0).toString(16)).join('');

/** The token as an API may repeat it; in none of these forms may it get through. */
const forms: [string, string][] = [
  ['as it is', json],
  ['after its scheme', `Token ${json}`],
  ['in escapes', inEscapes(String.raw`\u00`)],
  ['with escaped slashes', json.replaceAll('/', '\\/')],
  ['in a URL', encodeURIComponent(qoveryToken)],
  ['in a URL, in lower case', encodeURIComponent(qoveryToken).toLowerCase()],
  ['in a URL of which only slashes are encoded', json.replaceAll('/', '%2F')],
  ['in HTML', json.replaceAll('+', '&#43;').replaceAll('/', '&#x2F;').replaceAll('=', '&#x3d;')],
  ['in lower case', json.toLowerCase()],
  ['in upper case', json.toUpperCase()],
  ['in escapes of a text in a text', inEscapes(String.raw`\\u00`)],
  ['in base64', Buffer.from(`token:${qoveryToken}`).toString('base64')],
];

/** Everything that came of an answer: status, headers and text, and what the log says. */
async function everything(answer: {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}) {
  const { call, upstream, logLines } = await createQoveryServer();
  upstream.control({ behaviours: [{ answer }] });
  const texts: string[] = [];
  for (const [method, path] of [
    ['GET', own],
    ['PUT', own],
    ['DELETE', own],
    ['GET', organizationsPath()],
  ] as const) {
    const passed = await call(method, path, { ...(method === 'PUT' && { body: {} }) });
    texts.push(String(passed.status), JSON.stringify([...passed.headers]), passed.text);
    if (passed.text !== '') texts.push(readAll(JSON.parse(passed.text)));
  }
  expect(upstream.requests.every((seen) => seen.headers.authorization?.includes(qoveryToken))).toBe(
    true,
  );
  return { text: texts.join('\n'), log: logLines.join('\n') };
}

/** All names and texts of a JSON value, as a page would show them. */
function readAll(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, member]) => `${name} ${readAll(member)}`)
    .join('\n');
}

function expectNoToken(text: string): void {
  for (const form of [qoveryToken, html, encodeURIComponent(qoveryToken)]) {
    expect(text.toLowerCase()).not.toContain(form.toLowerCase());
  }
  for (const [, form] of forms) expect(text).not.toContain(form);
}

it.each(forms)('is taken out of an answer that repeats it %s', async (_, form) => {
  for (const status of [200, 400, 401, 403, 404, 429, 500]) {
    const body = `{"message":"No: ${form}!","results":[{"id":"${form}","${form}":{"x":["${form}"]}}]}`;
    const { text, log } = await everything({ status, body });
    expect(text).toContain(mask);
    expectNoToken(text);
    expectNoToken(log);
  }
});

it.each([
  `<html><body><p>No: <b>${qoveryToken}</b></p></body></html>`,
  `No: ${qoveryToken}`,
  `${'x'.repeat(490)} ${qoveryToken}`,
  `${'x'.repeat(16_380)} ${qoveryToken}`,
])('is taken out of a page that repeats it', async (body) => {
  const { text, log } = await everything({ status: 403, body });
  expectNoToken(text);
  expect(text).not.toContain(qoveryToken.slice(0, 8));
  expectNoToken(log);
});

it('is taken out even where no JSON is left: nothing is passed on', async () => {
  const { call } = await createQoveryServer({ token: '{"results"' });
  const { status, text } = await call('GET', organizationsPath());
  expect(status).toBe(502);
  expect(text).not.toContain('results');
});

it('is not let through in a header', async () => {
  const headers = {
    'retry-after': qoveryToken,
    location: `/x?token=${encodeURIComponent(qoveryToken)}`,
    'x-token': qoveryToken,
    'content-type': `application/json; token="${qoveryToken}"`,
    'set-cookie': `token=${qoveryToken}`,
  };
  for (const status of [200, 302, 401, 403, 429]) {
    const { text, log } = await everything({ status, headers, body: '{}' });
    expectNoToken(text);
    expectNoToken(log);
  }
});

it('is in no answer and no line of an ordinary day', async () => {
  const { call, anonymously, logLines, signIn, upstream } = await createQoveryServer();
  const cookie = await signIn();
  const paths = ['/', '/healthz', '/readyz', '/api/session', '/api/capabilities', '/api/nothing'];
  const texts: string[] = [];
  for (const path of [...paths, organizationsPath(), webhooksPath(organizationId), own]) {
    for (const answer of [
      await anonymously('GET', path),
      await anonymously('GET', path, { headers: { cookie } }),
      await call('GET', path),
    ]) {
      texts.push(JSON.stringify([...answer.headers]), answer.text);
    }
  }
  await upstream.stop();
  texts.push((await call('GET', own)).text);
  expect(texts.join('')).toContain('gave no answer');
  expectNoToken(texts.join(''));
  expectNoToken(logLines.join(''));
});
