import type { Page } from '@playwright/test';

import { expectNoSidewaysScroll } from './accessibility';
import { expect, test } from './support';
import { toasts } from './toasts';

test.beforeEach(({ signIn }) => signIn());

/** Opens the list in a browser whose user has chosen another text size than the usual 16 pixels. */
async function openList(page: Page, textSize: number) {
  await page.goto('/');
  const browser = await page.context().newCDPSession(page);
  await browser.send('Page.setFontSizes', { fontSizes: { standard: textSize, fixed: textSize } });
  await page.reload();
  await expect(page.locator('html')).toHaveCSS('font-size', `${textSize}px`);
}

/** The smallest text that is to be seen, in pixels. */
function smallestText(page: Page): Promise<number> {
  return page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let smallest = Infinity;
    while (texts.nextNode()) {
      const element = texts.currentNode.parentElement;
      if (!element?.checkVisibility() || texts.currentNode.textContent?.trim() === '') continue;
      smallest = Math.min(smallest, Number.parseFloat(getComputedStyle(element).fontSize));
    }
    return smallest;
  });
}

/** The words of what is cut off by its own box and has no way to be read. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, label, h1, h2, h3, [role="tab"], p')]
      .filter((each) => each.checkVisibility() && each.title === '')
      .filter((each) => !/truncate|line-clamp/.test(each.className) && !each.closest('.sr-only'))
      .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0)
      .map((each) => `${each.tagName} ${each.textContent}`),
  );
}

async function check(page: Page, textSize: number) {
  await expectNoSidewaysScroll(page);
  expect(await cutOff(page)).toEqual([]);
  expect(await smallestText(page)).toBeGreaterThanOrEqual(textSize * 0.75);
}

for (const [width, textSize] of [
  [1440, 24],
  [360, 20],
] as const) {
  test(`all follows a text size of ${textSize} at ${width} px: page, form, popovers, toasts`, async ({
    page,
    api,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    await api.makeProjects(['shop']);
    await api.createWebhook({
      target_url: 'https://a-rather-long-host-name.internal.example.org/deployments/of/all',
      description: 'A description that is rather long for what it says, and goes on',
    });
    await openList(page, textSize);
    const add = page.getByRole('link', { name: 'Add new' });
    await expect(add).toBeVisible();
    const grown = textSize / 16;
    expect((await add.boundingBox())?.height).toBeCloseTo(36 * grown, 0);
    await expect(page.getByRole('complementary')).toBeHidden();
    await page.getByRole('switch').click();
    await expect(toasts(page)).toBeVisible();
    await check(page, textSize);
    await toasts(page).getByRole('button', { name: 'Dismiss' }).click();
    await page.getByRole('button', { name: 'Menu' }).click();
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
    await check(page, textSize);
    await page.keyboard.press('Escape');

    await page.getByRole('link', { name: /^Edit/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit webhook' });
    await expect(dialog.getByRole('tabpanel')).toContainText('payload_type');
    await check(page, textSize);
    await dialog.getByRole('combobox', { name: 'Project name filter' }).click();
    const option = page.getByRole('listbox', { name: 'Projects' }).getByRole('option');
    await expect(option).toHaveText('shop');
    await check(page, textSize);
    expect((await option.boundingBox())?.height).toBeCloseTo(32 * grown, 0);
  });
}
