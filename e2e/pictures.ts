import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { chromium, type Browser, type Page } from '@playwright/test';

import { sessionPath } from '../src/contract/api-paths';
import { buildIfChanged } from '../src/server/build/build-if-changed';
import { Api } from './api';
import { browserLaunchOptions } from './browser';
import { RunningServer } from './running-server';

/*
 * `npm run pictures`: the pictures of the README, taken of the built product with data as an
 * administrator would have it.
 */

const root = join(import.meta.dirname, '..');
const folder = join(root, '.github', 'pictures');

const webhooks = [
  {
    kind: 'SLACK',
    target_url: 'https://hooks.slack.com/services/T024BE7LD/B04PRM9QX/x7Kq2mWvN3bTzR8d',
    description: 'Failures in production, to #on-call',
    events: ['DEPLOYMENT_FAILURE'],
    environment_types_filter: ['PRODUCTION'],
  },
  {
    target_url: 'https://metrics.example.com/qovery/deployments',
    description: 'Deployment frequency and lead time',
    target_secret: 'whsec_c2VjcmV0IG9mIHRoZSBtZXRyaWNzIHJlY2VpdmVy',
  },
  {
    target_url: 'https://status.example.org/hooks/deploy?region=eu',
    description: 'Public status page',
    events: ['DEPLOYMENT_STARTED', 'DEPLOYMENT_SUCCESSFUL', 'DEPLOYMENT_FAILURE'],
    environment_types_filter: ['PRODUCTION'],
    project_names_filter: ['storefront', 'checkout*'],
  },
  {
    target_url: 'https://ci.example.net/api/v2/previews/tear-down',
    description: 'Clean up after previews',
    events: ['DEPLOYMENT_CANCELLED'],
    environment_types_filter: ['PREVIEW'],
    enabled: false,
  },
  {
    kind: 'SLACK',
    target_url: 'https://hooks.slack.com/services/T024BE7LD/B07WLN3CE/Jp4sYt6uQe1aVh9c',
    description: 'Everything about analytics, to #data-platform',
    project_names_filter: ['analytics*', 'warehouse'],
  },
];

const screens = {
  desktop: { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1.5 },
  phone: { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, isMobile: true },
} as const;

type Theme = 'light' | 'dark';

/** A page that is signed in, on that screen, with the system's theme as given. */
async function openPage(
  browser: Browser,
  { url, api }: { url: string; api: Api },
  screen: keyof typeof screens,
  theme: Theme,
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: url,
    ...screens[screen],
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  await context.request.post(sessionPath(), { data: { code: await api.issueSignInCode() } });
  return context.newPage();
}

async function takePicture(page: Page, name: string): Promise<void> {
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path });
  console.log(path);
}

async function openList(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByText('Public status page').first().waitFor();
}

/** The form of the webhook that says most, with the preview beside it. */
async function openForm(page: Page): Promise<void> {
  await openList(page);
  await page.getByRole('link', { name: /^Edit .*status\.example\.org/ }).click();
  await page.getByRole('dialog').getByText('"payload_type"').waitFor();
}

await buildIfChanged(root);
const server = await RunningServer.start({ ORGANIZATION_NAME: 'Acme' });
const browser = await chromium.launch(await browserLaunchOptions());
try {
  await mkdir(folder, { recursive: true });
  const api = new Api(server);
  for (const webhook of webhooks.toReversed()) await api.createWebhook(webhook);
  for (const screen of ['desktop', 'phone'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      const suffix = screen === 'phone' ? `phone-${theme}` : theme;
      const page = await openPage(browser, { url: server.url, api }, screen, theme);
      await openList(page);
      await takePicture(page, `list-${suffix}`);
      await openForm(page);
      await takePicture(page, `form-${suffix}`);
      await page.context().close();
    }
  }
} finally {
  await browser.close();
  await server.dispose();
}
