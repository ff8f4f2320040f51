import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromium } from '@playwright/test';
import lighthouse, { type Config, desktopConfig, type Result } from 'lighthouse';

import { sessionPath } from '../../src/contract/api-paths';
import { browserLaunchOptions } from '../browser';
import { Receiver } from '../receiver';
import { type ConsoleList, makeHealth, withConsoleList } from './console-list';
import { format, median, report } from './figures';

/*
 * Lighthouse on the list as an administrator has it: signed in, webhooks with and without a past,
 * receivers that answer and some that do not.
 */

const rounds = 5;
const webhooks = 50;
/** How many webhooks deliver to a receiver that is there. */
const answered = 30;
const wantedPerformance = 95;

/** The categories that fail the bench below 100. */
const perfect = ['accessibility', 'best-practices'] as const;
const categories = ['performance', ...perfect] as const;
type Category = (typeof categories)[number];

/** Runs something with the port of a signed-in browser's tools. */
async function withSignedInBrowser<T>(
  { server, api }: ConsoleList,
  run: (port: number) => Promise<T>,
): Promise<T> {
  const profile = await mkdtemp(join(tmpdir(), 'webhook-console-lighthouse-'));
  try {
    const context = await chromium.launchPersistentContext(profile, {
      ...(await browserLaunchOptions()),
      // Lighthouse emulates the screen itself.
      viewport: null,
      args: ['--remote-debugging-port=0'],
    });
    try {
      const data = { code: await api.issueSignInCode() };
      await context.request.post(server.url + sessionPath(), { data });
      const [port] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n');
      return await run(Number(port));
    } finally {
      await context.close();
    }
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}

/** Audits the list, every time with an empty cache. */
async function audit(url: string, port: number, config: Config | undefined): Promise<Result> {
  const run = await lighthouse(
    url,
    // What is in the storage is the session.
    { port, disableStorageReset: true, logLevel: 'error', onlyCategories: [...categories] },
    config,
  );
  if (!run) throw new Error('Lighthouse gave no result.');
  const { runtimeError, finalDisplayedUrl } = run.lhr;
  if (runtimeError) throw new Error(`Lighthouse: ${runtimeError.message}`);
  if (finalDisplayedUrl !== url) throw new Error(`Lighthouse was sent on to ${finalDisplayedUrl}.`);
  return run.lhr;
}

/** Prints Lighthouse's scores; false unless those that must be 100 are. */
export async function benchLighthouse(): Promise<boolean> {
  const receiver = await Receiver.start();
  const targetUrl = (index: number) =>
    index < answered ? receiver.url(`/${index}`) : `http://127.0.0.1:9/receivers/${index}`;
  try {
    return await withConsoleList(webhooks, { targetUrl }, async (list) => {
      await makeHealth(list, 3);
      return withSignedInBrowser(list, async (port) => {
        const url = list.server.url + list.path;
        const desktop: Result[] = [];
        const mobile: Result[] = [];
        for (let round = 0; round < rounds; round += 1) {
          desktop.push(await audit(url, port, desktopConfig));
          mobile.push(await audit(url, port, undefined));
        }
        console.log(
          `\nLighthouse ${desktop[0]?.lighthouseVersion}, the list with ${webhooks} webhooks: medians of ${rounds}`,
        );
        const isPerfect = reportScores('desktop', desktop, true);
        reportScores('mobile', mobile, false);
        return isPerfect;
      });
    });
  } finally {
    await receiver.goDown();
  }
}

/** Prints what was found on one kind of device; false if what must be 100 is not. */
function reportScores(device: string, results: readonly Result[], must: boolean): boolean {
  const score = (category: Category) => median(results.map((result) => scoreOf(result, category)));
  for (const category of categories) {
    const isPerfect = category !== 'performance';
    const wanted = isPerfect ? 'must be 100' : `wanted: at least ${wantedPerformance}`;
    report(`${category}, ${device}`, format(score(category)), must ? wanted : '');
  }
  const value = (id: string) =>
    median(results.map(({ audits }) => audits[id]?.numericValue ?? Number.NaN));
  report(
    `largest paint, blocked, layout shift, ${device}`,
    `${format(value('largest-contentful-paint'))} ms`,
    `${format(value('total-blocking-time'))} ms, ${format(value('cumulative-layout-shift'), 3)}`,
  );
  for (const line of new Set(results.flatMap(shortcomings))) console.log(`  ✗ ${device}: ${line}`);
  return !must || perfect.every((category) => score(category) === 100);
}

/** Of 100. */
function scoreOf({ categories }: Result, category: Category): number {
  return Math.round((categories[category]?.score ?? 0) * 100);
}

/** What keeps the categories that should be perfect from it. */
function shortcomings({ categories, audits }: Result): string[] {
  return perfect
    .flatMap((category) => categories[category]?.auditRefs ?? [])
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
    .map(({ id }) => `${audits[id]?.title ?? id}: ${audits[id]?.displayValue ?? ''}`);
}
