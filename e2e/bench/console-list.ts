import { setTimeout } from 'node:timers/promises';

import { chromium, type Browser, type Page } from '@playwright/test';

import { sessionPath, webhookHealthPath } from '../../src/contract/api-paths';
import { webhookHealthListSchema } from '../../src/contract/webhook-health';
import { Api } from '../api';
import { browserLaunchOptions } from '../browser';
import { RunningServer } from '../running-server';
import { inParallel } from './figures';

/** A server with webhooks, whose list a browser is to show. */
export interface ConsoleList {
  server: RunningServer;
  api: Api;
  webhooks: number;
  /** The list's page. */
  path: string;
}

interface Making {
  /** Where a webhook delivers to; by default where nobody listens. */
  targetUrl?: (index: number) => string;
}

async function startConsoleList(
  webhooks: number,
  { targetUrl = (index) => `http://127.0.0.1:9/receivers/${index}` }: Making,
): Promise<ConsoleList> {
  const server = await RunningServer.start();
  try {
    const api = new Api(server);
    const { id } = await api.organization();
    await inParallel(webhooks, 16, async (index) => {
      await api.createWebhook({
        target_url: targetUrl(index),
        description: `Receiver ${index}`,
        project_names_filter: index % 3 === 0 ? [`project-${index}*`] : [],
        environment_types_filter: index % 2 === 0 ? ['PRODUCTION'] : [],
      });
    });
    return { server, api, webhooks, path: `/organization/${id}/settings/webhook` };
  } catch (error) {
    await server.dispose();
    throw error;
  }
}

/**
 * Gives a server with so many webhooks (some for all, some for a project, some for production) to
 * what measures it, and ends it whatever happens.
 */
export async function withConsoleList<T>(
  webhooks: number,
  making: Making,
  measure: (list: ConsoleList) => Promise<T>,
): Promise<T> {
  const list = await startConsoleList(webhooks, making);
  try {
    return await measure(list);
  } finally {
    await list.server.dispose();
  }
}

/** Posts some events and waits until each webhook that they reach has a health. */
export async function makeHealth({ api, path }: ConsoleList, events: number): Promise<void> {
  const { id } = await api.organization();
  const reached = new Set<string>();
  for (let count = 0; count < events; count += 1) {
    const { deliveries } = await api.postEvent();
    for (const { webhook_id } of deliveries) reached.add(webhook_id);
  }
  if (reached.size === 0) throw new Error(`No event reached a webhook of ${path}.`);
  for (;;) {
    const health = webhookHealthListSchema.parse(await api.call('GET', webhookHealthPath(id)));
    if (health.results.length >= reached.size) return;
    await setTimeout(100);
  }
}

/** Gives a page of a new, signed-in browser profile (with an empty cache) to what measures it. */
export async function withPage<T>(
  browser: Browser,
  { server, api }: ConsoleList,
  measure: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: { width: 1440, height: 900 },
  });
  try {
    await context.request.post(sessionPath(), { data: { code: await api.issueSignInCode() } });
    return await measure(await context.newPage());
  } finally {
    await context.close();
  }
}

/**
 * Measures a list of few webhooks and one of many in turn, each time on a fresh page.
 *
 * @param measure gets the page and the path of the list.
 * @returns what was measured of the few, and of the many.
 */
export async function measureInTurn<T>(
  [few, many]: readonly [number, number],
  rounds: number,
  measure: (page: Page, path: string) => Promise<T>,
): Promise<[T[], T[]]> {
  const browser = await chromium.launch(await browserLaunchOptions());
  const once = (list: ConsoleList) => withPage(browser, list, (page) => measure(page, list.path));
  try {
    return await withConsoleList(few, {}, (listOfFew) =>
      withConsoleList(many, {}, async (listOfMany) => {
        const samples: [T[], T[]] = [[], []];
        for (let round = 0; round < rounds; round += 1) {
          samples[0].push(await once(listOfFew));
          samples[1].push(await once(listOfMany));
        }
        return samples;
      }),
    );
  } finally {
    await browser.close();
  }
}
