import { chromium, type Page } from '@playwright/test';

import { browserLaunchOptions } from '../browser';
import { Receiver } from '../receiver';
import { makeHealth, withConsoleList, withPage } from './console-list';
import { format, report } from './figures';
import { type FramesSeen, openProbed } from './probe';

/*
 * The list with 10,000 webhooks, most with a delivery and some of them disabled because of it, under
 * the hands of somebody in a hurry: no stutter while they type in the search, no blank flash while
 * they scroll.
 */

const webhooks = 10_000;
const word = 'receiver 4321';
const longTask = 50;
const allowedElements = 1500;
/** Pixels that the wheel turns at once, down and up again: from a notch to several screens. */
const turns = [120, 480, 1200, 3000];
const turnsEach = 30;

/** Types into the search and takes it away again; gives the longest task over 50 ms, 0 if none. */
async function searchStutter(page: Page): Promise<number> {
  const search = page.getByRole('searchbox');
  await search.click();
  const from = await page.evaluate(() => performance.now());
  const keys = [...word, ...Array.from(word, () => 'Backspace')];
  for (const [index, key] of keys.entries()) {
    await page.keyboard.press(key);
    await page.evaluate(() => globalThis.probe.painted());
    // The answer to what was typed may come in a later frame than the letter.
    if (index === word.length - 1) await page.getByRole('row', { name: /4321/ }).waitFor();
  }
  // What the last key has led to may come frames later.
  for (let frame = 0; frame < 10; frame += 1) {
    await page.evaluate(() => globalThis.probe.painted());
  }
  return page.evaluate((from) => globalThis.probe.longestTaskSince(from), from);
}

/** Turns the wheel down and up again, and gives what was seen meanwhile. */
export async function scrollInAHurry(page: Page): Promise<FramesSeen> {
  await page.mouse.move(720, 600);
  await page.evaluate(() => globalThis.probe.watchFrames());
  for (const pixels of turns) {
    for (let turn = 0; turn < turnsEach; turn += 1) await page.mouse.wheel(0, pixels);
    for (let turn = 0; turn < turnsEach; turn += 1) await page.mouse.wheel(0, -pixels);
  }
  return page.evaluate(() => globalThis.probe.endOfWatch());
}

/** Prints what was seen; false if a frame was blank, or the document held more than it may. */
export async function benchLongList(): Promise<boolean> {
  const browser = await chromium.launch(await browserLaunchOptions());
  const receiver = await Receiver.start();
  receiver.behave(({ path }) => ({ status: path.endsWith('0') ? 410 : 204 }));
  const targetUrl = (index: number) => receiver.url(`/receivers/${index}`);
  try {
    return await withConsoleList(webhooks, { targetUrl }, async (list) => {
      await makeHealth(list, 1);
      return withPage(browser, list, async (page) => {
        await openProbed(page, list.path);
        await page.waitForLoadState('networkidle');
        const frames = await scrollInAHurry(page);
        const stutter = await searchStutter(page);
        return reportSeen(frames, stutter);
      });
    });
  } finally {
    await browser.close();
    await receiver.goDown();
  }
}

function reportSeen({ count, blank, elements }: FramesSeen, stutter: number): boolean {
  console.log(`\nThe list with ${format(webhooks)} webhooks, scrolled and searched in a hurry`);
  report('Blank frames while scrolling', format(blank), `of ${format(count)}; must be 0`);
  report(
    'Most elements in the document while scrolling',
    format(elements),
    `fewer than ${format(allowedElements)}`,
  );
  report(
    `Longest task over ${longTask} ms while typing in the search`,
    stutter === 0 ? 'none' : `${format(stutter)} ms`,
    'wanted: none',
  );
  return count > 0 && blank === 0 && elements < allowedElements;
}
