import { chromium, type Browser } from '@playwright/test';

import { sessionPath } from '../../src/contract/api-paths';
import { Api } from '../api';
import { browserLaunchOptions } from '../browser';
import { RunningServer } from '../running-server';
import { format, inParallel, median, report } from './figures';

/*
 * The list page in a real browser, every time with an empty cache: what it loads until its first row
 * is painted, and how long that takes.
 */

const allowedBytes = 128 * 1024;
const rounds = 7;

interface Sample {
  /** Milliseconds from the start of the navigation. */
  firstRow: number;
  /** All that was asked for until then. */
  scripts: { url: string; bytes: number; isCompressed: boolean }[];
}

interface ListPage {
  server: RunningServer;
  api: Api;
  path: string;
}

async function prepare(webhooks: number): Promise<ListPage> {
  const server = await RunningServer.start();
  const api = new Api(server);
  const { id } = await api.organization();
  await inParallel(webhooks, 16, async (index) => {
    await api.createWebhook({
      target_url: `http://127.0.0.1:9/receivers/${index}`,
      description: `Receiver ${index}`,
      project_names_filter: index % 3 === 0 ? [`project-${index}*`] : [],
      environment_types_filter: index % 2 === 0 ? ['PRODUCTION'] : [],
    });
  });
  return { server, api, path: `/organization/${id}/settings/webhook` };
}

/**
 * Notes when the first row has been painted: in the frame after the one that has it. No function in
 * here may have a name, since what tsx adds to named functions does not exist in the browser.
 */
function watchForFirstRow(): void {
  new MutationObserver((_, observer) => {
    if (!document.querySelector('[role="row"] [role="switch"]')) return;
    observer.disconnect();
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        (globalThis as { firstRowAt?: number }).firstRowAt = performance.now();
      }),
    );
  }).observe(document, { childList: true, subtree: true });
}

async function measure(browser: Browser, { server, api, path }: ListPage): Promise<Sample> {
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: { width: 1440, height: 900 },
  });
  try {
    await context.request.post(sessionPath(), { data: { code: await api.issueSignInCode() } });
    const page = await context.newPage();
    await page.addInitScript(watchForFirstRow);
    await page.goto(path, { waitUntil: 'commit' });
    await page.waitForFunction(() => 'firstRowAt' in globalThis);
    return await page.evaluate(() => {
      const { firstRowAt = 0 } = globalThis as { firstRowAt?: number };
      const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      const scripts = resources
        .filter(({ name, startTime }) => name.endsWith('.js') && startTime < firstRowAt)
        .map(({ name, encodedBodySize, decodedBodySize }) => ({
          url: new URL(name).pathname,
          bytes: encodedBodySize,
          isCompressed: encodedBodySize < decodedBodySize,
        }));
      return { firstRow: firstRowAt, scripts };
    });
  } finally {
    await context.close();
  }
}

/** Prints what was measured; false if the page loads more than it may. */
export async function benchListPage(): Promise<boolean> {
  const browser = await chromium.launch(await browserLaunchOptions());
  const pages: ListPage[] = [];
  try {
    const few = await prepare(10);
    pages.push(few);
    const many = await prepare(10_000);
    pages.push(many);
    const samples: { few: Sample; many: Sample }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      samples.push({ few: await measure(browser, few), many: await measure(browser, many) });
    }
    return reportSamples(samples);
  } finally {
    await browser.close();
    await Promise.all(pages.map(({ server }) => server.dispose()));
  }
}

function reportSamples(samples: readonly { few: Sample; many: Sample }[]): boolean {
  const few = median(samples.map((sample) => sample.few.firstRow));
  const many = median(samples.map((sample) => sample.many.firstRow));
  const all = samples.flatMap((sample) => [sample.few, sample.many]);
  const bytes = Math.max(...all.map(({ scripts }) => sum(scripts.map((script) => script.bytes))));
  const requests = Math.max(...all.map(({ scripts }) => scripts.length));
  const uncompressed = all.flatMap(({ scripts }) => scripts.filter((one) => !one.isCompressed));

  console.log(`\nThe list page: ${rounds} loads each, in turn, every time with an empty cache`);
  report(
    'JavaScript until the first row',
    `${format(bytes)} B`,
    `in ${requests} requests; at most ${format(allowedBytes)}`,
  );
  report('First row, 10 webhooks', `${format(few)} ms`, 'median');
  report('First row, 10,000 webhooks', `${format(many)} ms`, 'median');
  report('Ratio', format(many / few, 2), 'wanted: at most 2.00');
  for (const { url } of uncompressed) console.log(`  ✗ ${url} came uncompressed`);
  return requests > 0 && bytes <= allowedBytes && uncompressed.length === 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
