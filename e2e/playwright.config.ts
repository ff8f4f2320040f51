import { defineConfig } from '@playwright/test';

import { browserLaunchOptions } from './browser';
import { onEmbedded, onQovery } from './needs';
import type { BackEnd } from './support';

export default defineConfig<object, { backEnd: BackEnd }>({
  testDir: '.',
  testMatch: '*.e2e.ts',
  outputDir: '../test-results',
  fullyParallel: true,
  // More than small machines have processors: tests also wait.
  workers: 3,
  retries: 0,
  // On a busy machine all takes longer, and nothing is wrong with that.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
  use: {
    launchOptions: await browserLaunchOptions(),
    contextOptions: { reducedMotion: 'reduce' },
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  },
  projects: [
    { name: 'embedded', ...onEmbedded },
    { name: 'qovery', ...onQovery, use: { backEnd: 'qovery' } },
  ],
});
