import { describe, expect, it } from 'vitest';

import {
  backupPath,
  capabilitiesPath,
  deploymentEventsPath,
  environmentsPath,
  eventSummaryPath,
  openapiPath,
  organizationLogPath,
  organizationPath,
  organizationsPath,
  projectsPath,
  recoverPath,
  sessionPath,
  webhookEventPath,
  webhookEventsPath,
  webhookHealthPath,
  webhookPath,
  webhooksPath,
  webhookTestPath,
} from '../../contract/api-paths';
import { mask } from '../masking';
import { standIn } from './test-stand-in-state';
import { createQoveryServer, qoveryToken } from './test-qovery-server';

const { organizationId, otherOrganizationId, projectId, webhookId } = standIn;
const own = webhookPath(organizationId, webhookId);
const request = {
  kind: 'STANDARD',
  target_url: 'https://hooks.example.org/new',
  events: ['DEPLOYMENT_STARTED'],
};

describe('what a Qovery API knows', () => {
  it('is asked of it, and its answer passed on as it is', async () => {
    const { call, upstream } = await createQoveryServer();
    const { organizations, projects, environments, webhooks, events } = upstream.contents;
    const results = async (path: string) => {
      const { status, headers, body } = await call('GET', path);
      expect([status, headers.get('content-type')]).toEqual([200, 'application/json']);
      return body['results'];
    };
    expect(await results(organizationsPath())).toEqual(organizations);
    expect(await results(projectsPath(organizationId))).toEqual(projects[organizationId]);
    expect(await results(environmentsPath(projectId))).toEqual(environments[projectId]);
    expect(await results(webhooksPath(organizationId))).toEqual(webhooks[organizationId]);
    expect(await results(webhooksPath(otherOrganizationId))).toEqual([]);
    expect(await results(webhookEventsPath(organizationId, webhookId))).toEqual(events[webhookId]);
    const organization = await call('GET', organizationPath(organizationId));
    expect(organization.body).toEqual(organizations[0]);
    expect((await call('GET', own)).body).toEqual(webhooks[organizationId]?.[0]);
    expect((await call('HEAD', own)).status).toBe(200);
    const asked = upstream.requests.map(({ method, path }) => `${method} ${path}`);
    expect(asked.slice(0, 2)).toEqual([
      'GET /organization',
      `GET /organization/${organizationId}/project`,
    ]);
  });

  it('is written to it', async () => {
    const { call, upstream } = await createQoveryServer();
    const added = await call('POST', webhooksPath(organizationId), { body: request });
    expect([added.status, added.body]).toMatchObject([
      201,
      { ...request, target_secret_set: false },
    ]);
    const path = webhookPath(organizationId, String(added.body['id']));
    const edited = await call('PUT', path, { body: { ...request, enabled: false } });
    expect([edited.status, edited.body]).toMatchObject([200, { ...request, enabled: false }]);
    const deleted = await call('DELETE', path);
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    expect((await call('GET', path)).status).toBe(404);
    expect(upstream.contents.webhooks[organizationId]).toHaveLength(1);
  });

  it('loses its secret by an edit that does not name it, as there', async () => {
    const { call } = await createQoveryServer();
    const secret = { ...request, target_secret: 'a-secret' };
    expect((await call('PUT', own, { body: secret })).body).toMatchObject({
      target_secret_set: true,
    });
    expect((await call('PUT', own, { body: request })).body).toMatchObject({
      target_secret_set: false,
    });
  });

  it('may be newer than this program, and comes back as it was sent', async () => {
    const { call, upstream } = await createQoveryServer();
    const newer = { kinds: ['TEAMS'], events: ['DEPLOYMENT_PAUSED'], modes: ['SANDBOX'] };
    const odd = {
      id: webhookId,
      created_at: '2027-01-01',
      kind: 'TEAMS',
      description: null,
      new: 1,
    };
    upstream.control({ put: { accepted: newer, webhooks: { [organizationId]: [odd] } } });
    expect((await call('GET', own)).body).toEqual(odd);
    const body = {
      kind: 'TEAMS',
      target_url: 'http://teams.example.org',
      events: ['DEPLOYMENT_PAUSED'],
      environment_types_filter: ['SANDBOX'],
      newer: { than: ['we', 1.5, null] },
    };
    expect((await call('PUT', own, { body })).status).toBe(200);
    expect(JSON.parse(upstream.requests.at(-1)?.body ?? '')).toEqual(body);
    expect((await call('GET', own)).body).toMatchObject({ kind: 'TEAMS', events: body.events });
  });

  it('is found below a path as well, and by an id in capitals', async () => {
    const { call, upstream } = await createQoveryServer({ url: '/qovery/api' });
    await call('GET', webhookPath(organizationId.toUpperCase(), webhookId.toUpperCase()));
    expect(upstream.requests.map(({ path }) => path)).toEqual([
      `/qovery/api/organization/${organizationId}/webhook/${webhookId}`,
    ]);
  });
});

it('sends no header and no parameter of the browser', async () => {
  const { signIn, anonymously, upstream, origin } = await createQoveryServer();
  const headers = {
    cookie: await signIn(),
    origin,
    'accept-language': 'fr',
    'if-match': '"1"',
    'user-agent': 'a browser',
    'x-forwarded-for': '10.0.0.1',
    'x-request-id': 'from the browser',
    forwarded: 'for=10.0.0.1',
    referer: origin,
  };
  const path = `${webhooksPath(organizationId)}?limit=3&view=summary`;
  expect((await anonymously('POST', path, { headers, body: request })).status).toBe(201);
  expect((await anonymously('GET', path, { headers })).status).toBe(200);
  const needed = {
    host: new URL(upstream.url).host,
    connection: 'keep-alive',
    authorization: `Token ${qoveryToken}`,
    accept: 'application/json',
    'accept-encoding': 'identity',
    'user-agent': expect.stringMatching(/^webhook-console\//),
  };
  const body = JSON.stringify(request);
  expect(upstream.requests).toMatchObject([
    { method: 'POST', path: `/organization/${organizationId}/webhook`, body },
    { method: 'GET', path: `/organization/${organizationId}/webhook`, body: '' },
  ]);
  expect(upstream.requests.map((seen) => seen.headers)).toEqual([
    { ...needed, 'content-type': 'application/json', 'content-length': String(body.length) },
    needed,
  ]);
});

it('sends a JWT as a bearer token', async () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = `${part({ alg: 'RS256' })}.${part({ sub: 'auth0|1' })}.c2lnbmF0dXJl`;
  const { call, upstream } = await createQoveryServer({ token });
  expect((await call('GET', organizationsPath())).status).toBe(200);
  expect(upstream.requests[0]?.headers.authorization).toBe(`Bearer ${token}`);
});

it('has the guards of every answer', async () => {
  const { call } = await createQoveryServer();
  const { headers } = await call('GET', webhooksPath(organizationId));
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
});

it('can do nothing beyond the Qovery API, and says so', async () => {
  const { call } = await createQoveryServer();
  expect((await call('GET', capabilitiesPath())).body).toEqual({ version: '1.2.3', features: [] });
});

it('does not show the document of the embedded API, which it is not', async () => {
  const { anonymously, call } = await createQoveryServer();
  expect((await anonymously('GET', openapiPath())).status).toBe(404);
  expect((await call('GET', openapiPath())).status).toBe(404);
});

describe('does not ask the Qovery API', () => {
  it.each([
    ['POST', deploymentEventsPath(organizationId)],
    ['GET', deploymentEventsPath(organizationId)],
    ['GET', eventSummaryPath(organizationId)],
    ['GET', webhookHealthPath(organizationId)],
    ['GET', organizationLogPath(organizationId)],
    ['GET', webhookEventPath(organizationId, webhookId, webhookId)],
    ['POST', webhookTestPath(organizationId, webhookId)],
    ['POST', recoverPath(organizationId, webhookId)],
    ['POST', backupPath()],
    ['POST', organizationsPath()],
    ['PUT', organizationPath(organizationId)],
    ['DELETE', organizationPath(organizationId)],
    ['PATCH', own],
    ['POST', own],
    ['DELETE', webhooksPath(organizationId)],
    ['DELETE', environmentsPath(projectId)],
    ['GET', '/api/user'],
    ['GET', `/api/organization/${organizationId}/apiToken`],
    ['GET', '/api/organization/not-an-id/webhook'],
    ['GET', `/api/organization/${organizationId}%2Fmember/webhook`],
    ['GET', `/api/organization/${organizationId}/webhook/..%2F..%2Fmember`],
    ['DELETE', `/api/organization/${organizationId}/webhook/${webhookId}%3Fx`],
    ['GET', '/api/project/%2e%2e/environment'],
  ])('what is none of its calls: %s %s', async (method, path) => {
    const { call, upstream } = await createQoveryServer();
    const { status, body } = await call(method, path, method === 'GET' ? {} : { body: {} });
    expect([status, body['status']]).toEqual([404, 404]);
    expect(upstream.requests).toEqual([]);
  });

  it('for those who are not signed in, or write from another page', async () => {
    const { anonymously, signIn, upstream, origin } = await createQoveryServer();
    expect((await anonymously('GET', organizationsPath())).status).toBe(401);
    const authorization = `Token ${qoveryToken}`;
    const withItsToken = await anonymously('GET', organizationsPath(), {
      headers: { authorization },
    });
    expect(withItsToken.status).toBe(401);
    const headers = { cookie: await signIn(), origin: 'https://elsewhere.example' };
    expect((await anonymously('DELETE', own, { headers })).status).toBe(403);
    const ended = { ...headers, origin };
    expect((await anonymously('DELETE', sessionPath(), { headers: ended })).status).toBe(204);
    expect((await anonymously('GET', organizationsPath(), { headers })).status).toBe(401);
    expect(upstream.requests).toEqual([]);
  });

  it.each([
    ['target_url', `https://hooks.example.org/?key=${mask}`],
    ['description', `Opened by ${mask}`],
    ['project_names_filter', ['store*', mask]],
    ['newer', { [mask]: 1 }],
  ])('for a %s that would store the mask in place of the token', async (name, value) => {
    const { call, upstream } = await createQoveryServer();
    const detail = "It contains the API's own token, which is not shown here. Change it in Qovery.";
    for (const [method, path] of [
      ['POST', webhooksPath(organizationId)],
      ['PUT', own],
    ] as const) {
      const answer = await call(method, path, { body: { ...request, [name]: value } });
      const errors = [{ pointer: `/${name}`, message: detail }];
      expect([answer.status, answer.body]).toMatchObject([422, { status: 422, detail, errors }]);
    }
    expect(upstream.requests).toEqual([]);
  });

  it.each([
    ['no JSON', 400, { body: '{"kind":' }],
    ['nothing', 400, { body: '' }],
    ['a form', 415, { body: 'kind=STANDARD', headers: { 'content-type': 'text/plain' } }],
    ['more than 256 KiB', 413, { body: { description: 'x'.repeat(256 * 1024) } }],
  ])('for a body that is %s', async (_, status, sent) => {
    const { call, upstream } = await createQoveryServer();
    for (const [method, path] of [
      ['POST', webhooksPath(organizationId)],
      ['PUT', own],
    ] as const) {
      const answer = await call(method, path, sent);
      expect([answer.status, answer.body['status']]).toEqual([status, status]);
    }
    expect(upstream.requests).toEqual([]);
  });
});
