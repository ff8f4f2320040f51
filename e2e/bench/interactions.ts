import type { Page } from '@playwright/test';

import { measureInTurn } from './console-list';
import { format, median, quantile, report } from './figures';
import { openProbed, timeUntilPainted } from './probe';

/*
 * What an administrator does, from the click or key until it is painted: the first time on a fresh
 * page, with 3 webhooks and with 10,000.
 */

const rounds = 7;
const allowedRatio = 1.3;
const typed = 'https://receiver.example.org/hooks/deployments';

interface Sample {
  /** Milliseconds from the click until the switch stands the other way. */
  toggle: number;
  /** Milliseconds from the click on **Add new** until the URL field has the focus. */
  open: number;
  /** Milliseconds of each key in the URL field. */
  keys: number[];
}

async function measure(page: Page, path: string): Promise<Sample> {
  await openProbed(page, path);
  await page.waitForLoadState('networkidle');
  const toggle = await timeToggle(page);
  const selector = 'dialog[open] input[inputmode="url"]:focus';
  const open = await timeUntilPainted(page, { type: 'click', selector }, () =>
    page.getByRole('link', { name: 'Add new' }).click(),
  );
  const keys: number[] = [];
  for (const key of typed) {
    keys.push(
      await timeUntilPainted(page, { type: 'keydown', selector }, () => page.keyboard.press(key)),
    );
  }
  return { toggle, open, keys };
}

/** Toggles the first webhook, and waits until that is stored. */
async function timeToggle(page: Page): Promise<number> {
  const button = page.getByRole('switch', { name: /^Enable/ }).first();
  const label = (await button.getAttribute('aria-label')) ?? '';
  const wanted = (await button.getAttribute('aria-checked')) !== 'true';
  const selector = `[role="switch"][aria-label="${label}"][aria-checked="${wanted}"]`;
  const stored = page.waitForResponse((response) => response.request().method() === 'PUT');
  const milliseconds = await timeUntilPainted(page, { type: 'click', selector }, () =>
    button.click(),
  );
  await stored;
  return milliseconds;
}

/** Prints what was measured. */
export async function benchInteractions(): Promise<boolean> {
  const [onFew, onMany] = await measureInTurn([3, 10_000], rounds, measure);
  console.log(`\nFrom click or key to paint: ${rounds} fresh pages each, in turn; medians`);
  compare('Switch clicked', onFew, onMany, ({ toggle }) => toggle);
  compare('Add new clicked, form usable', onFew, onMany, ({ open }) => open);
  compare('Key in the URL field, 95th percentile', onFew, onMany, ({ keys }) =>
    quantile(keys, 0.95),
  );
  return true;
}

function compare(
  what: string,
  onFew: readonly Sample[],
  onMany: readonly Sample[],
  figure: (sample: Sample) => number,
): void {
  const few = median(onFew.map(figure));
  const many = median(onMany.map(figure));
  report(
    what,
    `${format(many / few, 2)}×`,
    `${format(many, 1)} ms to ${format(few, 1)} ms; wanted: at most ${format(allowedRatio, 2)}`,
  );
}
