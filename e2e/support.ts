import { expect, test as base } from '@playwright/test';

import { sessionPath } from '../src/contract/api-paths';
import { fetchHeld } from '../src/server/openapi/test-document';
import { Api } from './api';
import { expectNoToken, expectPlainRequests, readAnswers } from './qovery-guard';
import { Receiver } from './receiver';
import { RunningServer } from './running-server';
import { RunningUpstream } from './running-upstream';

export { expect };

interface Fixtures {
  /** Environment variables of the server; `test.use({ settings: { … } })` replaces them. */
  settings: Record<string, string>;
  /** The built server, fresh for this test, in a process of its own. */
  server: RunningServer;
  /** The stand-in for the Qovery API, which has nothing but an organization. */
  upstream: RunningUpstream;
  /** That server's API, with the administrator's token. */
  api: Api;
  /** A receiver of deliveries. */
  receiver: Receiver;
  /** Signs the browser in without the sign-in page, for tests that are about something else. */
  signIn: () => Promise<void>;
}

/** Whose webhooks the console shows: those of the embedded API, or of a Qovery API. */
export type BackEnd = 'embedded' | 'qovery';

interface WorkerFixtures {
  backEnd: BackEnd;
  /** The stand-in for the Qovery API, if it is one. */
  standIn: RunningUpstream | null;
}

/** What the Qovery API is asked with; it may turn up nowhere else. */
const qoveryToken = 'qov_This/token+is=for.nobody~else';

/** As in a new installation of the embedded API: one organization without anything. */
const nothingYet = {
  organizations: [
    {
      id: '6b6f9a10-0000-4000-8000-000000000001',
      created_at: '2025-03-01T08:30:00.123456Z',
      name: 'My organization',
      plan: 'TEAM_2025',
    },
  ],
  projects: {},
  environments: {},
  webhooks: {},
  events: {},
};

/**
 * Playwright's `test`, whose pages belong to a server that nobody else uses. A page on which a script
 * failed, or something was blocked, fails its test; so does an answer to `api` that is not as the
 * embedded API's document says, and, on a Qovery API, a token where none may be, or a request with
 * something of the browser's.
 */
export const test = base.extend<Fixtures, WorkerFixtures>({
  // Retries come within a test's patience, and a receiver that hangs is given up soon.
  settings: [
    { RETRY_SCHEDULE: '200ms,200ms,500ms,1s,2s,4s', DELIVERY_TIMEOUT: '2s' },
    { option: true },
  ],

  backEnd: ['embedded', { option: true, scope: 'worker' }],

  standIn: [
    async ({ backEnd }, provide) => {
      const standIn = backEnd === 'qovery' ? await RunningUpstream.start(qoveryToken) : null;
      await provide(standIn);
      standIn?.stop();
    },
    { scope: 'worker' },
  ],

  upstream: async ({ standIn }, provide) => {
    if (!standIn) throw new Error('Only tests on a Qovery API have one.');
    await provide(standIn);
  },

  server: async ({ settings, standIn }, provide, testInfo) => {
    await standIn?.control({ reset: true, put: nothingYet });
    const server = await RunningServer.start({
      ...(standIn && { QOVERY_API_URL: standIn.url, QOVERY_API_TOKEN: standIn.token }),
      ...settings,
    });
    await provide(server);
    if (standIn) {
      expectPlainRequests((await standIn.control()).requests, standIn.token);
      expectNoToken(standIn.token, { 'server output': server.output });
    }
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('server output', { body: server.output, contentType: 'text/plain' });
    }
    await server.dispose();
  },

  baseURL: async ({ server }, provide) => provide(server.url),

  api: async ({ server, standIn }, provide) =>
    provide(standIn ? new Api(server, { standIn }) : new Api(server, { ask: fetchHeld })),

  receiver: async ({}, provide) => {
    const receiver = await Receiver.start();
    await provide(receiver);
    await receiver.goDown();
  },

  page: async ({ page, standIn }, provide) => {
    const readAll = standIn && readAnswers(page);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.stack || `${error.name}: ${error.message}`));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) errors.push(message.text());
    });
    await provide(page);
    expect(errors, 'errors on the page').toEqual([]);
    if (standIn && readAll) expectNoToken(standIn.token, await readAll());
  },

  signIn: async ({ api, page }, provide) => {
    await provide(async () => {
      const data = { code: await api.issueSignInCode() };
      const response = await page.request.post(sessionPath(), { data });
      if (!response.ok()) throw new Error(`Signing in: ${response.status()}`);
    });
  },
});
