import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';

import { checkSignature } from './check-signature';

const secret = `whsec_${btoa('0123456789abcdefghijklmn')}`;
const sentAt = new Date('2026-01-01T00:00:00Z');
const body = '{"event_type":"DEPLOYMENT_FAILURE","n":1}';
const id = '01900000-0000-7000-8000-000000000000';

const wide = ' '.repeat(300_000);

/** As the library of Standard Webhooks signs. */
function headersOf(key: string, sentBody = body): string {
  const webhook = key.startsWith('whsec_') ? new Webhook(key) : new Webhook(key, { format: 'raw' });
  return [
    `webhook-id: ${id}`,
    `webhook-timestamp: ${sentAt.getTime() / 1000}`,
    `webhook-signature: ${webhook.sign(id, sentAt, sentBody)}`,
  ].join('\n');
}

const check = (given: { headers?: string; body?: string; secret?: string }, later = 0) =>
  checkSignature(
    { headers: headersOf(secret), body, secret, ...given },
    (key, message) => hmac(sha256, key, message),
    sentAt.getTime() + later,
  );

test.each([
  ['an encoded secret', {}],
  ['a secret that is used as it is', { secret: 'pass word', headers: headersOf('pass word') }],
  ['what curl prints', { headers: headersOf(secret).replaceAll(/^webhook/gm, '> Webhook') }],
  ['JSON', { headers: JSON.stringify(asObject(headersOf(secret)), null, 2) }],
  ['compact JSON', { headers: JSON.stringify(asObject(headersOf(secret))) }],
  [
    'some lines of JSON',
    { headers: JSON.stringify(asObject(headersOf(secret)), null, 2).slice(1) },
  ],
  ['lines of Windows', { headers: headersOf(secret).replaceAll('\n', '\r\n') }],
  // More than a regular expression that goes back and forth gets through with.
  ['lines of spaces', { headers: `${wide}\na: b${wide}c\n${wide}d\n${headersOf(secret)}` }],
  ['a request', { headers: JSON.stringify({ headers: asObject(headersOf(secret)) }, null, 2) }],
  ['CGI', { headers: headersOf(secret).replaceAll(/^webhook-/gm, 'HTTP_WEBHOOK_') }],
  ['a key that is being changed', { headers: headersOf(secret).replace('v1,', 'v1,AAAA v1,') }],
])('takes %s', (_, given) => {
  expect(check(given)).toEqual({
    tone: 'valid',
    words: 'Valid: signed with this secret, and not changed on the way.',
  });
});

test('says that it is too old for libraries', () => {
  expect(check({}, 301_000)).toMatchObject({
    tone: 'valid',
    words: expect.stringMatching(/5 minutes/),
  });
});

test.each([
  ['incomplete', { headers: ' ' }, /Paste the headers/],
  ['incomplete', { body: '' }, /Paste the body/],
  ['incomplete', { secret: '' }, /Enter the secret/],
  ['invalid', { headers: 'host: example.org' }, /webhook-id and .* are missing/],
  ['invalid', { headers: headersOf(secret).replace(/\n.*$/, '') }, /are not signed/],
  ['invalid', { headers: headersOf(secret).replace(/id: .*/, 'id:') }, /^webhook-id is missing/],
  ['invalid', { headers: headersOf(secret).replace(/v1,.*/, 'v1,••••••••') }, /masked/],
  ['invalid', { headers: headersOf(secret).replace(/timestamp: .*/, 'timestamp: now') }, /number/],
  ['invalid', { headers: headersOf(secret).replace('v1,', '') }, /must be v1/],
  ['invalid', { body: `${body}\n` }, /white space around the body/],
  ['invalid', { body: JSON.stringify(JSON.parse(body), null, 2) }, /before it is parsed/],
  ['invalid', { secret: `${secret} ` }, /around the secret/],
  ['invalid', { secret: secret.slice(6) }, /begins with whsec_/],
  ['invalid', { secret: 'whsec_abc' }, /base64 of 24 to 64 bytes/],
  ['invalid', { secret: 'another' }, /secret is another/],
  ['invalid', { body: body.replace('1', '2') }, /body was changed/],
  [
    'invalid',
    { ...withSecret(secret), body: body.replace('1', '2') },
    /secret is right, but the body/,
  ],
  ['invalid', { ...withSecret('other'), secret: 'x' }, /with another secret/],
  ['invalid', { ...withSecret('••••'), secret: 'x' }, /secret is another, or/],
] as const)('%#: %s', (tone, given, words) => {
  expect(check(given)).toMatchObject({ tone, words: expect.stringMatching(words) });
});

function withSecret(sent: string) {
  return { headers: `${headersOf(secret)}\nqovery-secret: ${sent}` };
}

function asObject(lines: string): Record<string, string> {
  return Object.fromEntries(lines.split('\n').map((line) => line.split(': ')));
}
