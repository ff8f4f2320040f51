import { describe, expect, it, vi } from 'vitest';

import {
  capabilitiesPath,
  deploymentEventsPath,
  organizationsPath,
  webhooksPath,
} from '../contract/api-paths';
import { capabilitiesSchema } from '../contract/capabilities';
import { createApp } from './app';
import { prepareDeliveries } from './delivery/test-deliveries';
import { embeddedBackEnd } from './embedded-back-end';
import { adminToken, createTestServer, organizationId } from './test-server';

const authorization = `Token ${adminToken}`;

it('says what it can do', async () => {
  const { call } = await createTestServer();
  const { body } = await call('GET', capabilitiesPath());
  expect(capabilitiesSchema.parse(body)).toEqual({
    version: '1.2.3',
    features: [
      'event-intake',
      'keeps-secret',
      'if-match',
      'warnings',
      'test',
      'redeliver',
      'recover',
      'organization-log',
      'health',
      'dry-run',
      'signature',
    ],
  });
});

describe('health', () => {
  it('is good when database and worker are', async () => {
    const { anonymously } = await createTestServer();
    expect((await anonymously('GET', '/healthz')).status).toBe(200);
    expect((await anonymously('GET', '/readyz')).status).toBe(200);
    expect((await anonymously('HEAD', '/readyz')).status).toBe(200);
  });

  it('is bad when the worker has stopped', async () => {
    const { deps } = await createTestServer();
    const app = createApp(
      deps,
      embeddedBackEnd({ ...deps, worker: { running: false, failures: 0 } }),
    );
    expect((await app.request('/readyz')).status).toBe(503);
    expect((await app.request('/healthz')).status).toBe(200);
  });

  it('is bad when a table cannot be read', async () => {
    const { db, anonymously } = await createTestServer();
    await db.schema.dropTable('webhook').execute();
    expect((await anonymously('GET', '/readyz')).status).toBe(503);
  });

  it('is bad while the worker fails again and again, and good when it works again', async () => {
    const { deps } = await createTestServer();
    const deliveries = await prepareDeliveries();
    const worker = deliveries.start();
    const app = createApp(deps, embeddedBackEnd({ ...deps, worker }));
    const ready = async () => (await app.request('/readyz')).status;
    const rename = (from: string, to: string) =>
      deliveries.db.schema.alterTable(from).renameTo(to).execute();

    await rename('delivery', 'gone');
    worker.wake();
    await vi.waitFor(async () => expect(await ready()).toBe(503), 10_000);
    expect((await app.request('/healthz')).status).toBe(200);
    await rename('gone', 'delivery');
    await vi.waitFor(async () => expect(await ready()).toBe(200), 10_000);
  });

  it('is good after one failure', async () => {
    const { deps } = await createTestServer();
    const app = createApp(
      deps,
      embeddedBackEnd({ ...deps, worker: { running: true, failures: 1 } }),
    );
    expect((await app.request('/readyz')).status).toBe(200);
  });

  it('is bad when the database does not answer', async () => {
    const { db, anonymously } = await createTestServer();
    await db.destroy();
    expect((await anonymously('GET', '/readyz')).status).toBe(503);
  });
});

it('answers a failure of its own without a word of it, and logs it', async () => {
  const { db, call, logLines } = await createTestServer();
  await db.schema.dropTable('webhook').execute();
  const { status, headers, body, text } = await call('GET', webhooksPath(organizationId), {
    mayFail: true,
  });
  expect(status).toBe(500);
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(body).toMatchObject({ status: 500, title: 'Internal Server Error' });
  expect(text).not.toMatch(/no such table|\.ts/);
  expect(logLines.join('')).toContain('no such table: webhook');
});

it('puts up the browser’s guards everywhere', async () => {
  const { anonymously } = await createTestServer();
  for (const path of ['/healthz', '/api/organization', '/api/nothing', '/']) {
    const { headers } = await anonymously('GET', path);
    expect(headers.get('content-security-policy')).toMatch(/script-src 'self'; .*frame-ancestors/);
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  }
});

it('keeps answers of the API out of caches, and compresses them', async () => {
  const { request, call } = await createTestServer();
  const small = await call('GET', organizationsPath(), { headers: { 'accept-encoding': 'gzip' } });
  expect(small.headers.get('cache-control')).toBe('no-store');
  expect(small.headers.get('content-encoding')).toBeNull();

  const body = {
    kind: 'STANDARD',
    target_url: 'https://example.org',
    events: ['DEPLOYMENT_STARTED'],
    description: 'x'.repeat(1000),
  };
  await call('POST', webhooksPath(organizationId), { body });
  await call('POST', webhooksPath(organizationId), { body });
  const response = await request(webhooksPath(organizationId), {
    headers: { authorization, 'accept-encoding': 'gzip, br' },
  });
  expect(response.headers.get('content-encoding')).toBe('gzip');
  const packed = await response.arrayBuffer();
  expect(packed.byteLength).toBeLessThan(1000);
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  const list = (await new Response(unpacked).json()) as { results: unknown[] };
  expect(list.results).toHaveLength(2);
});

describe('the log', () => {
  it('has a line for each request, without query, headers and body', async () => {
    const { call, logLines } = await createTestServer();
    await call('POST', `${webhooksPath(organizationId)}?token=in-the-query`, {
      headers: { cookie: 'x=in-a-cookie' },
      body: { target_secret: 'in-the-body', target_url: 'https://hooks.example/in-the-url' },
    });
    const lines = logLines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.any(String),
        method: 'POST',
        path: webhooksPath(organizationId),
        status: 400,
        duration_ms: expect.any(Number),
        msg: 'request',
      },
    ]);
    expect(logLines.join('')).not.toMatch(new RegExp(`in-(a|the)-|${adminToken}`));
  });

  it('says little of an event that was accepted: its attempts will be said, or that it has none', async () => {
    const { call, logLines } = await createTestServer();
    const send = (event_type: string) =>
      call('POST', deploymentEventsPath(organizationId), {
        body: { event_type, project: { name: 'a' }, environment: { name: 'b', mode: 'STAGING' } },
      });
    await send('DEPLOYMENT_STARTED');
    await send('UNKNOWN');
    const lines = logLines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ level, msg, status }) => [level, msg, status])).toEqual([
      ['info', 'an event was accepted that reaches no webhook', undefined],
      ['debug', 'request', 202],
      ['info', 'request', 400],
    ]);
  });

  it('warns once of a proxy that nobody has told us about', async () => {
    const server = await createTestServer();
    const warnings = () => server.logLines.filter((line) => line.includes('PUBLIC_URL'));
    await server.call('GET', organizationsPath());
    expect(warnings()).toHaveLength(0);
    const headers = { 'x-forwarded-proto': 'https' };
    await server.call('GET', organizationsPath(), { headers });
    await server.call('GET', organizationsPath(), { headers });
    expect(warnings()).toHaveLength(1);
    const told = await createTestServer({ publicUrl: 'https://hooks.example.org' });
    await told.call('GET', organizationsPath(), { headers });
    expect(told.logLines.join('')).not.toContain('PUBLIC_URL');
  });
});
