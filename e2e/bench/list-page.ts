import type { Page } from '@playwright/test';

import { measureInTurn } from './console-list';
import { format, median, report } from './figures';
import { openProbed, usedHeap } from './probe';

/*
 * The list page in a real browser, every time with an empty cache: what it loads until its first row
 * is painted, how long that takes, and what it then holds.
 */

const allowedBytes = 128 * 1024;
const allowedElements = 1500;
const allowedHeap = 30_000_000;
const rounds = 7;

interface Sample {
  /** Milliseconds from the start of the navigation. */
  firstRow: number;
  /** Milliseconds by which tasks were over 50 until the page was at rest. */
  blocked: number;
  /** In the document, at rest. */
  elements: number;
  /** Bytes, at rest and after a collection. */
  heap: number;
  /** All that was asked for until the first row. */
  scripts: { url: string; bytes: number; isCompressed: boolean }[];
}

async function measure(page: Page, path: string): Promise<Sample> {
  const firstRow = await openProbed(page, path);
  const scripts = await scriptsBefore(page, firstRow);
  await page.waitForLoadState('networkidle');
  const blocked = await page.evaluate(() => globalThis.probe.blockedSince(0));
  const elements = await page.locator('*').count();
  return { firstRow, blocked, elements, heap: await usedHeap(page), scripts };
}

function scriptsBefore(page: Page, time: number): Promise<Sample['scripts']> {
  return page.evaluate((time) => {
    const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    return resources
      .filter(({ name, startTime }) => name.endsWith('.js') && startTime < time)
      .map(({ name, encodedBodySize, decodedBodySize }) => ({
        url: new URL(name).pathname,
        bytes: encodedBodySize,
        isCompressed: encodedBodySize < decodedBodySize,
      }));
  }, time);
}

/** Prints what was measured; false if the page loads or holds more than it may. */
export async function benchListPage(): Promise<boolean> {
  const [onFew, onMany] = await measureInTurn([10, 10_000], rounds, measure);
  console.log(
    `\nThe list page: ${rounds} loads each, in turn, every time with an empty cache; medians`,
  );
  const isSmall = reportScripts([...onFew, ...onMany]);
  reportTimes(onFew, onMany);
  return reportHeld(onFew, onMany) && isSmall;
}

function reportScripts(samples: readonly Sample[]): boolean {
  const bytes = Math.max(
    ...samples.map(({ scripts }) => scripts.reduce((total, script) => total + script.bytes, 0)),
  );
  const requests = Math.max(...samples.map(({ scripts }) => scripts.length));
  const uncompressed = samples.flatMap(({ scripts }) => scripts.filter((one) => !one.isCompressed));
  report(
    'JavaScript until the first row',
    `${format(bytes)} B`,
    `in ${requests} requests; at most ${format(allowedBytes)}`,
  );
  for (const { url } of uncompressed) console.log(`  ✗ ${url} came uncompressed`);
  return requests > 0 && bytes <= allowedBytes && uncompressed.length === 0;
}

function reportTimes(onFew: readonly Sample[], onMany: readonly Sample[]): void {
  const few = median(onFew.map(({ firstRow }) => firstRow));
  const many = median(onMany.map(({ firstRow }) => firstRow));
  report('First row, 10 webhooks', `${format(few)} ms`);
  report('First row, 10,000 webhooks', `${format(many)} ms`);
  report('Ratio', format(many / few, 2), 'wanted: at most 2.00');
  const blocked = (samples: readonly Sample[]) => median(samples.map(({ blocked }) => blocked));
  report('Blocked while loading, 10 webhooks', `${format(blocked(onFew))} ms`);
  report('Blocked while loading, 10,000 webhooks', `${format(blocked(onMany))} ms`);
}

/** The median of the heap, since a collection may come at a bad moment; the most of the elements. */
function reportHeld(onFew: readonly Sample[], onMany: readonly Sample[]): boolean {
  const elements = Math.max(...onMany.map(({ elements }) => elements));
  const heap = (samples: readonly Sample[]) => median(samples.map(({ heap }) => heap));
  report(
    'Elements in the document, 10,000 webhooks',
    format(elements),
    `fewer than ${format(allowedElements)}`,
  );
  report('JavaScript heap, 10 webhooks', `${format(heap(onFew) / 1e6, 1)} MB`);
  report(
    'JavaScript heap, 10,000 webhooks',
    `${format(heap(onMany) / 1e6, 1)} MB`,
    `at most ${format(allowedHeap / 1e6)}`,
  );
  return elements < allowedElements && heap(onMany) <= allowedHeap;
}
