import * as fc from 'fast-check';
import { expect, it, vi } from 'vitest';

import {
  deploymentEventsPath,
  eventSummaryPath,
  organizationLogPath,
  recoverPath,
  sessionPath,
  webhookTestPath,
  webhooksPath,
} from '../contract/api-paths';
import { createTestServer, organizationId } from './test-server';

// Generous: a busy machine starts processes and databases slowly.
vi.setConfig({ testTimeout: 60_000 });

/* Whatever comes in, no answer is a failure of ours. */

const webhook = {
  kind: 'STANDARD',
  target_url: 'https://example.org/hook',
  target_secret: 'a secret',
  description: '',
  enabled: true,
  events: ['DEPLOYMENT_STARTED'],
  project_names_filter: ['a*'],
  environment_types_filter: ['STAGING'],
};
const service = { current_status: 'DEPLOYED', application: { name: 'web' } };
const event = {
  id: '33333333-3333-4333-8333-333333333333',
  created_at: '2026-01-31T12:00:00Z',
  event_type: 'DEPLOYMENT_FAILURE',
  project: { id: '11111111-1111-4111-8111-111111111111', name: 'api' },
  environment: { id: '22222222-2222-4222-8222-222222222222', name: 'main', mode: 'STAGING' },
  applications: [service],
  logs: [{ message: 'x' }],
};

const test = { event_type: 'DEPLOYMENT_FAILURE' };
const recovery = { since: '2026-01-31T12:00:00Z', dry_run: true };
/** Bodies are looked at first. */
const noWebhook = '44444444-4444-4444-8444-444444444444';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'https://',
    'http://[',
    'https://x:0',
    '9'.repeat(400),
  ),
);
const anyValue = fc.oneof(
  fc.jsonValue(),
  anyText,
  fc.constantFrom(-0, 1e308, {}, [], [null], ['__proto__'], { __proto__: null }),
  fc.constantFrom('0000-01-01T00:00:00Z', '9999-12-31T23:59:59-23:59', '+275760-09-13T00:00:00Z'),
);

const anyParameterText = fc.constantFrom(
  '1',
  '200',
  'failed',
  'pending',
  'DEPLOYMENT_FAILURE',
  '33333333-3333-4333-8333-333333333333',
  '0000-01-01T00:00:00Z',
  '2026-01-31T12:00:00+14:00',
  '9999-12-31T23:59:59-23:59',
);

/** A body that is valid but for some members, which may be anything. */
const almost = (valid: object) =>
  fc
    .dictionary(fc.oneof(fc.constantFrom(...Object.keys(valid)), anyText), anyValue, { maxKeys: 3 })
    .map((members) => Object.assign({}, valid, members));

it.each<[string, string, fc.Arbitrary<unknown>]>([
  ['sessions', sessionPath(), fc.oneof(anyValue, almost({ token: '', code: '' }))],
  ['webhooks', webhooksPath(organizationId), fc.oneof(anyValue, almost(webhook))],
  ['events', deploymentEventsPath(organizationId), fc.oneof(anyValue, almost(event))],
  ['tests', webhookTestPath(organizationId, noWebhook), fc.oneof(anyValue, almost(test))],
  ['recoveries', recoverPath(organizationId, noWebhook), fc.oneof(anyValue, almost(recovery))],
])('bodies of %s', async (_, path, bodies) => {
  const { call, logLines } = await createTestServer();
  await fc.assert(
    fc.asyncProperty(bodies, async (body) => {
      const { status, text } = await call('POST', path, { body: JSON.stringify(body) });
      expect(status, text).toBeLessThan(500);
      expect(text).not.toMatch(/\bat .*\.ts:\d/);
    }),
    { numRuns: 500 },
  );
  expect(logLines.join('')).not.toContain('"level":"error"');
});

it('what is stored comes back unchanged', async () => {
  const { call, db } = await createTestServer();
  let taken = 0;
  const description = fc.string({ unit: 'grapheme', maxLength: 50 });
  await fc.assert(
    fc.asyncProperty(description, anyText, async (text, path) => {
      const target_url = `https://example.org/${path}`.slice(0, 2048).trim();
      const sent = { ...webhook, description: text, target_url };
      const { status, body } = await call('POST', webhooksPath(organizationId), { body: sent });
      if (status !== 201) return;
      taken += 1;
      const got = await call('GET', `${webhooksPath(organizationId)}/${String(body.id)}`);
      expect(got.body).toMatchObject({ description: text, target_url });
      await db.deleteFrom('webhook').execute();
    }),
  );
  expect(taken).toBeGreaterThan(0);
});

it('headers, paths and queries', async () => {
  const { call, anonymously, logLines } = await createTestServer();
  const headerText = fc.string({ unit: 'binary-ascii', maxLength: 100 }).map((text) =>
    // Others do not even become a request.
    text.replaceAll(/[^\x20-\x7e]/g, ''),
  );
  const step = anyText.map((text) => encodeURIComponent(text));
  await fc.assert(
    fc.asyncProperty(headerText, step, async (header, text) => {
      const list = webhooksPath(organizationId);
      const answers = [
        await anonymously('GET', list, { headers: { authorization: header } }),
        await anonymously('GET', list, { headers: { cookie: `webhook-console-80=${header}` } }),
        await call('PUT', `${list}/${text || 'x'}`, {
          headers: { 'if-match': header },
          body: webhook,
        }),
        await call('GET', `${list}/${organizationId}/event?limit=${text}&before=${text}`),
        await call('POST', list, { headers: { 'content-type': header }, body: '{}' }),
        await call('GET', `/api/${text}/${text}`),
      ];
      for (const { status } of answers) {
        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
      }
    }),
    { numRuns: 200 },
  );
  expect(logLines.join('')).not.toContain('"level":"error"');
});

it.each<[string, string, string[]]>([
  ['the log', organizationLogPath(organizationId), ['limit', 'before', 'after', 'status', 'event']],
  ['past events', deploymentEventsPath(organizationId), ['limit', 'before', 'webhook_id']],
  ['the summary', eventSummaryPath(organizationId), ['since']],
])('parameters of %s', async (_, path, names) => {
  const { call, logLines } = await createTestServer();
  const anyParameter = fc.tuple(fc.constantFrom(...names), fc.oneof(anyText, anyParameterText));
  await fc.assert(
    fc.asyncProperty(fc.array(anyParameter, { maxLength: 4 }), async (parameters) => {
      const { status, text } = await call('GET', `${path}?${new URLSearchParams(parameters)}`);
      expect([200, 400, 404], text).toContain(status);
    }),
    { numRuns: 300 },
  );
  expect(logLines.join('')).not.toContain('"level":"error"');
});
