import { chromium, type Browser, type Page } from '@playwright/test';

import { Api } from '../api';
import { browserLaunchOptions } from '../browser';
import { Receiver } from '../receiver';
import { RunningServer } from '../running-server';
import { type ConsoleList, withPage } from './console-list';
import { format, median, report } from './figures';
import { scrollInAHurry } from './long-list';
import { addPast } from './past';
import { openProbed, usedHeap } from './probe';

/*
 * The log of a webhook with 100,000 attempts: when its first rows are there, what it holds when one
 * has scrolled through all of it, and whether anything moves when new rows come.
 */

const many = 9000;
const few = 9;
/** Nine events of the past make so many attempts. */
const attemptsOfNine = 100;
const rounds = 7;
const allowedRatio = 1.3;
const allowedElements = 1500;
/** Where the heap is looked at for the first time, in rows. */
const early = 2000;

interface Log extends ConsoleList {
  receiver: Receiver;
  attempts: number;
}

/** A server with one webhook, which was tried that often. */
async function prepareLog(events: number, ends: (() => Promise<unknown>)[]): Promise<Log> {
  const receiver = await Receiver.start();
  ends.push(() => receiver.goDown());
  const server = await RunningServer.start();
  ends.push(() => server.dispose());
  const api = new Api(server);
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  await api.postEvent();
  await receiver.waitFor();
  await server.stop();
  const { id } = webhook;
  await addPast(server.dataDir, { busy: id, steady: id, others: [id], events });
  await server.startAgain();
  const organization = await api.organization();
  return {
    server,
    api,
    webhooks: 1,
    path: `/organization/${organization.id}/settings/webhook/${id}`,
    receiver,
    attempts: (events / 9) * attemptsOfNine,
  };
}

/** Prints what was measured; false if too much is held, or anything moved. */
export async function benchDeliveryLog(): Promise<boolean> {
  const ends: (() => Promise<unknown>)[] = [];
  const browser = await chromium.launch(await browserLaunchOptions());
  ends.push(() => browser.close());
  try {
    const [short, long] = [await prepareLog(few, ends), await prepareLog(many, ends)];
    console.log(
      `\nThe deliveries of a webhook: ${format(long.attempts)} attempts in the log, and ${format(short.attempts)}`,
    );
    await benchFirstRows(browser, short, long);
    return await withPage(browser, long, async (page) => {
      await openProbed(page, long.path);
      const isSteady = await benchNewRows(page, long);
      return (await benchScrolling(page, long)) && isSteady;
    });
  } finally {
    for (const end of ends.toReversed()) await end();
  }
}

async function benchFirstRows(browser: Browser, short: Log, long: Log): Promise<void> {
  const times = { short: [] as number[], long: [] as number[] };
  const open = (log: Log) => withPage(browser, log, (page) => openProbed(page, log.path));
  for (let round = 0; round < rounds; round += 1) {
    times.short.push(await open(short));
    times.long.push(await open(long));
  }
  const [onShort, onLong] = [median(times.short), median(times.long)];
  report(`First row, ${format(short.attempts)} attempts`, `${format(onShort)} ms`);
  report(`First row, ${format(long.attempts)} attempts`, `${format(onLong)} ms`);
  report('Ratio', format(onLong / onShort, 2), `wanted: at most ${format(allowedRatio, 2)}`);
}

/** New rows come while one reads further down. */
async function benchNewRows(page: Page, { api }: Log): Promise<boolean> {
  await page.mouse.move(720, 600);
  await page.mouse.wheel(0, 1500);
  const row = page.getByRole('table', { name: 'Deliveries' }).getByRole('row').nth(20);
  await row.waitFor();
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => globalThis.probe.watchShifts());
  const before = await row.boundingBox();
  for (let count = 0; count < 5; count += 1) await api.postEvent();
  await page.getByRole('button', { name: 'Show 5 new rows' }).waitFor();
  const after = await row.boundingBox();
  const moved = Math.abs((after?.y ?? Infinity) - (before?.y ?? 0));
  const shifts = await page.evaluate(() => globalThis.probe.shifted());
  report('Pixels by which rows moved when new ones came', format(moved), 'must be 0');
  report('Layout shift meanwhile', format(shifts, 4), 'must be 0');
  return moved === 0 && shifts === 0;
}

async function benchScrolling(page: Page, { attempts }: Log): Promise<boolean> {
  await scrollTo(page, early);
  const first = await usedHeap(page);
  await scrollTo(page, attempts);
  const last = await usedHeap(page);
  await page.evaluate(() => window.scrollTo({ top: document.documentElement.scrollHeight / 2 }));
  const { blank, count, elements } = await scrollInAHurry(page);
  const megabytes = (bytes: number) => `${format(bytes / 1e6, 1)} MB`;
  report(`JavaScript heap after ${format(early)} rows`, megabytes(first));
  report(`JavaScript heap after ${format(attempts)} rows`, megabytes(last));
  report('Ratio', format(last / first, 2), `at most ${format(allowedRatio, 2)}`);
  report('Blank frames while scrolling', format(blank), `of ${format(count)}; must be 0`);
  report(
    'Most elements in the document while scrolling',
    format(elements),
    `fewer than ${format(allowedElements)}`,
  );
  return last / first <= allowedRatio && blank === 0 && elements < allowedElements;
}

async function scrollTo(page: Page, rows: number): Promise<void> {
  await page.evaluate((rows) => globalThis.probe.scrollToRow(rows), rows);
  await page.waitForLoadState('networkidle');
}
