import { expect, test as base } from '@playwright/test';

import { sessionPath } from '../src/contract/api-paths';
import { Api } from './api';
import { Receiver } from './receiver';
import { RunningServer } from './running-server';

export { expect };

interface Fixtures {
  /** Environment variables of the server; `test.use({ settings: { … } })` replaces them. */
  settings: Record<string, string>;
  /** The built server, fresh for this test, in a process of its own. */
  server: RunningServer;
  /** That server's API, with the administrator's token. */
  api: Api;
  /** A receiver of deliveries. */
  receiver: Receiver;
  /** Signs the browser in without the sign-in page, for tests that are about something else. */
  signIn: () => Promise<void>;
}

/**
 * Playwright's `test`, whose pages belong to a server that nobody else uses. A page on which a script
 * failed, or something was blocked, fails its test.
 */
export const test = base.extend<Fixtures>({
  // Retries come within a test's patience, and a receiver that hangs is given up soon.
  settings: [
    { RETRY_SCHEDULE: '200ms,200ms,500ms,1s,2s,4s', DELIVERY_TIMEOUT: '2s' },
    { option: true },
  ],

  server: async ({ settings }, provide, testInfo) => {
    const server = await RunningServer.start(settings);
    await provide(server);
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('server output', { body: server.output, contentType: 'text/plain' });
    }
    await server.dispose();
  },

  baseURL: async ({ server }, provide) => provide(server.url),

  api: async ({ server }, provide) => provide(new Api(server)),

  receiver: async ({}, provide) => {
    const receiver = await Receiver.start();
    await provide(receiver);
    await receiver.goDown();
  },

  page: async ({ page }, provide) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.stack || `${error.name}: ${error.message}`));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) errors.push(message.text());
    });
    await provide(page);
    expect(errors, 'errors on the page').toEqual([]);
  },

  signIn: async ({ api, page }, provide) => {
    await provide(async () => {
      const data = { code: await api.issueSignInCode() };
      const response = await page.request.post(sessionPath(), { data });
      if (!response.ok()) throw new Error(`Signing in: ${response.status()}`);
    });
  },
});
