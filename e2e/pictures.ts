import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { chromium, type Browser, type Page } from '@playwright/test';

import { sessionPath, webhookHealthPath } from '../src/contract/api-paths';
import { toWebhookRequest, type WebhookRequest } from '../src/contract/webhook';
import { webhookHealthListSchema } from '../src/contract/webhook-health';
import { buildIfChanged } from '../src/server/build/build-if-changed';
import { Api } from './api';
import { browserLaunchOptions } from './browser';
import { Receiver } from './receiver';
import { RunningServer } from './running-server';

/*
 * `npm run pictures`: the pictures of the README, taken of the built product with data as an
 * administrator would have it. Its health comes of deliveries to a receiver on loopback; only then the
 * webhooks get the URLs that are shown.
 */

const root = join(import.meta.dirname, '..');
const folder = join(root, '.github', 'pictures');

interface Sketch extends Partial<WebhookRequest> {
  target_url: string;
  /** What the receiver answers, again and again; none: nothing is sent to it. */
  answers?: readonly number[];
}

const secret = 'whsec_c2VjcmV0IG9mIHRoZSBtZXRyaWNzIHJlY2VpdmVy';

/** The oldest first. */
const sketches: readonly Sketch[] = [
  {
    kind: 'SLACK',
    target_url: 'https://hooks.slack.com/services/T024BE7LD/B07WLN3CE/Jp4sYt6uQe1aVh9c',
    description: 'Everything about analytics, to #data',
    project_names_filter: ['analytics*', 'warehouse'],
    answers: [200],
  },
  {
    target_url: 'https://ci.example.net/api/previews/tear-down',
    description: 'Clean up after previews',
    events: ['DEPLOYMENT_CANCELLED'],
    environment_types_filter: ['PREVIEW'],
    enabled: false,
  },
  {
    target_url: 'https://status.example.org/hook?region=eu',
    description: 'Public status page',
    target_secret: secret,
    events: ['DEPLOYMENT_STARTED', 'DEPLOYMENT_SUCCESSFUL', 'DEPLOYMENT_FAILURE'],
    environment_types_filter: ['PRODUCTION'],
    project_names_filter: ['storefront', 'checkout*'],
    answers: [204, 204, 204, 204, 500, 204, 204],
  },
  {
    target_url: 'https://audit.example.org/ingest',
    description: 'Audit log, kept for seven years',
    target_secret: secret,
    environment_types_filter: ['PRODUCTION', 'STAGING'],
    answers: [503],
  },
  {
    target_url: 'https://metrics.example.com/deployments',
    description: 'Deployment frequency and lead time',
    target_secret: secret,
    answers: [202],
  },
  {
    kind: 'SLACK',
    target_url: 'https://hooks.slack.com/services/T024BE7LD/B04PRM9QX/x7Kq2mWvN3bTzR8d',
    description: 'Failures in production, to #on-call',
    events: ['DEPLOYMENT_FAILURE'],
    environment_types_filter: ['PRODUCTION'],
    answers: [200],
  },
];

const projects = ['storefront', 'analytics-etl', 'checkout-api', 'billing', 'warehouse'];
const environments = [
  { name: 'live', mode: 'PRODUCTION' },
  { name: 'live', mode: 'PRODUCTION' },
  { name: 'staging', mode: 'STAGING' },
  { name: 'pr-214', mode: 'PREVIEW' },
];
const eventTypes = [
  'DEPLOYMENT_STARTED',
  'DEPLOYMENT_SUCCESSFUL',
  'DEPLOYMENT_STARTED',
  'DEPLOYMENT_FAILURE',
  'DEPLOYMENT_STARTED',
  'DEPLOYMENT_SUCCESSFUL',
  'DEPLOYMENT_CANCELLED',
];

/** A morning of deployments; gives how many deliveries they led to. */
async function postEvents(api: Api): Promise<number> {
  let deliveries = 0;
  for (let i = 0; i < 84; i += 1) {
    const accepted = await api.postEvent({
      event_type: eventTypes[i % eventTypes.length],
      project: { name: projects[i % projects.length] },
      environment: environments[i % environments.length],
      applications: [{ current_status: 'DEPLOYED', application: { name: 'web' } }],
      databases: [{ current_status: 'DEPLOYED', database: { name: 'orders' } }],
    });
    deliveries += accepted.deliveries.length;
  }
  return deliveries;
}

/** Waits until so many attempts count in the health of the webhooks. */
async function attempted(api: Api, count: number): Promise<void> {
  const path = webhookHealthPath((await api.organization()).id);
  for (const end = Date.now() + 30_000; Date.now() < end; await delay(200)) {
    const { results } = webhookHealthListSchema.parse(await api.call('GET', path));
    const sum = results.reduce((all, each) => all + each.succeeded_24h + each.failed_24h, 0);
    if (sum >= count) return;
  }
  throw new Error('The deliveries were not all attempted.');
}

/** Fills an organization with webhooks and with what happened to them. */
async function fill(api: Api): Promise<void> {
  const receiver = await Receiver.start();
  const asked = new Map<string, number>();
  receiver.behave(({ path }) => {
    const count = asked.get(path) ?? 0;
    asked.set(path, count + 1);
    const answers = sketches[Number(path.slice(1))]?.answers ?? [];
    return { status: answers[count % answers.length] ?? 404 };
  });
  const made = [];
  for (const [index, { answers, ...request }] of sketches.entries()) {
    const target_url = answers ? receiver.url(`/${index}`) : request.target_url;
    made.push({ id: (await api.createWebhook({ ...request, target_url })).id, request });
  }
  await attempted(api, await postEvents(api));
  await receiver.goDown();
  const stored = await api.listWebhooks();
  for (const { id, request } of made) {
    const webhook = stored.find((each) => each.id === id);
    if (!webhook) throw new Error('A webhook is gone.');
    const { target_url, target_secret } = request;
    const change = { target_url, ...(target_secret !== undefined && { target_secret }) };
    await api.editWebhook(id, { ...toWebhookRequest(webhook), ...change });
  }
}

const screens = {
  desktop: { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1.5 },
  phone: { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, isMobile: true },
} as const;

type Theme = 'light' | 'dark';

/** A page that is signed in, on that screen, with the system's theme as given, some minutes later. */
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
  const page = await context.newPage();
  await page.clock.setFixedTime(Date.now() + 4 * 60_000);
  return page;
}

/** WebP: a third of the bytes of PNG. */
async function takePicture(page: Page, name: string): Promise<void> {
  const path = join(folder, `${name}.webp`);
  const browser = await page.context().newCDPSession(page);
  const { data } = await browser.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
  await writeFile(path, Buffer.from(data, 'base64'));
  console.log(path);
}

async function openList(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByText('Public status page').first().waitFor();
  await page
    .getByText(/in 24 h/)
    .first()
    .waitFor();
}

async function openEdit(page: Page, name: RegExp): Promise<void> {
  await openList(page);
  await page.getByRole('link', { name }).click();
  await page.getByRole('dialog').getByText('"payload_type"').waitFor();
}

/** The form of the webhook that says most, with the preview beside it. */
async function openForm(page: Page): Promise<void> {
  await openEdit(page, /^Edit .*status\.example\.org/);
}

/** Further down in the same form: what the filters take, and what they would have taken. */
async function openDryRun(page: Page): Promise<void> {
  await page.getByText('would have received').waitFor();
  await page.getByText('Events, one by one').click();
  await page.getByRole('list', { name: 'Events of the dry run' }).waitFor();
  await page.getByText('Environment type filter').evaluate((label) => {
    label.style.scrollMargin = '20px';
    label.scrollIntoView();
  });
}

/** The page of a webhook whose receiver fails. */
async function openDeliveries(page: Page): Promise<void> {
  await openList(page);
  await page.getByRole('link', { name: /^https:.*audit/ }).click();
  await page.getByRole('row', { name: /503/ }).first().waitFor();
}

/** What somebody sees who saves after somebody else has saved the same; then all is as before. */
async function openConflict(page: Page, api: Api): Promise<() => Promise<void>> {
  await openEdit(page, /^Edit .*audit/);
  await page.getByRole('textbox', { name: 'Description' }).fill('Audit log of production');
  await page.getByRole('checkbox', { name: 'Staging' }).uncheck();
  const before = (await api.listWebhooks()).find((each) => each.target_url.includes('audit'));
  if (!before) throw new Error('A webhook is gone.');
  await api.editWebhook(before.id, {
    ...toWebhookRequest(before),
    description: 'For the auditors',
    environment_types_filter: ['PRODUCTION', 'PREVIEW'],
  });
  await page.getByRole('button', { name: 'Update' }).click();
  await page.getByRole('dialog', { name: 'Somebody else changed this webhook' }).waitFor();
  return async () => {
    await api.editWebhook(before.id, toWebhookRequest(before));
  };
}

await buildIfChanged(root);
const server = await RunningServer.start({ ORGANIZATION_NAME: 'Acme', RETRY_SCHEDULE: '2h' });
const browser = await chromium.launch(await browserLaunchOptions());
try {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const api = new Api(server);
  await fill(api);
  for (const screen of ['desktop', 'phone'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      const suffix = screen === 'phone' ? `phone-${theme}` : theme;
      const page = await openPage(browser, { url: server.url, api }, screen, theme);
      await openList(page);
      await takePicture(page, `list-${suffix}`);
      await openForm(page);
      await takePicture(page, `form-${suffix}`);
      await openDryRun(page);
      await takePicture(page, `dry-run-${suffix}`);
      await openDeliveries(page);
      await takePicture(page, `deliveries-${suffix}`);
      if (screen === 'desktop') {
        const undo = await openConflict(page, api);
        await takePicture(page, `conflict-${suffix}`);
        await undo();
      }
      await page.context().close();
    }
  }
} finally {
  await browser.close();
  await server.dispose();
}
