import { join } from 'node:path';

import type { CDPSession, Page } from '@playwright/test';

/** What page-probe.mjs offers in the page. */
interface Probe {
  firstRow(): Promise<number>;
  blockedSince(from: number): number;
  longestTaskSince(from: number): number;
  watch(type: string, selector: string): void;
  untilPainted(): Promise<number>;
  painted(): Promise<void>;
  scrollToRow(rows: number): Promise<void>;
  watchShifts(): void;
  shifted(): number;
  watchFrames(): void;
  endOfWatch(): FramesSeen;
}

/** What was seen frame by frame. */
export interface FramesSeen {
  count: number;
  /** In which a part of the list in the window was not covered by rows. */
  blank: number;
  /** The most elements in the document. */
  elements: number;
}

declare global {
  // oxlint-disable-next-line no-var -- the only way to declare a global
  var probe: Probe;
}

/** Opens a page to be measured; gives when its first row was painted, in milliseconds. */
export async function openProbed(page: Page, path: string): Promise<number> {
  await page.addInitScript({ path: join(import.meta.dirname, 'page-probe.mjs') });
  await page.goto(path, { waitUntil: 'commit' });
  return page.evaluate(() => globalThis.probe.firstRow());
}

/**
 * Milliseconds from the event that `act` leads to until something fits the selector and has been
 * painted.
 */
export async function timeUntilPainted(
  page: Page,
  { type, selector }: { type: 'click' | 'keydown'; selector: string },
  act: () => Promise<unknown>,
): Promise<number> {
  await page.evaluate(([type, selector]) => globalThis.probe.watch(type, selector), [
    type,
    selector,
  ] as const);
  await act();
  return page.evaluate(() => globalThis.probe.untilPainted());
}

/** Bytes of JavaScript's heap that are in use after a collection of garbage. */
export async function usedHeap(page: Page): Promise<number> {
  const session: CDPSession = await page.context().newCDPSession(page);
  try {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize;
  } finally {
    await session.detach();
  }
}
