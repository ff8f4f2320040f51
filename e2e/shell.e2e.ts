import type { Page } from '@playwright/test';

import { organizationsPath } from '../src/contract/api-paths';
import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from './accessibility';
import type { Api } from './api';
import { needs } from './needs';
import { expect, test } from './support';

test.beforeEach(({ signIn }) => signIn());

const longName = `The organization with a very long name ${'indeed '.repeat(20)}`.trim();
const other = '22222222-2222-4222-8222-222222222222';

/** Three organizations, of which only the first is real. */
async function haveSeveral(page: Page, api: Api) {
  const first = await api.organization();
  await page.route(`**${organizationsPath()}`, (route) =>
    route.fulfill({
      json: { results: [first, { id: other, name: longName }, { id: 'third', name: 'Third' }] },
    }),
  );
  await page.route(`**${organizationsPath()}/${other}/webhook`, (route) =>
    route.fulfill({ json: { results: [] } }),
  );
  return first;
}

test('another organization is chosen by keyboard; the focus goes to its page', async ({
  page,
  api,
}) => {
  const first = await haveSeveral(page, api);
  await page.goto('/');
  const button = page.getByRole('button', { name: /^Organization:/ });
  await expect(button).toHaveAccessibleName(`Organization: ${first.name}`);
  await button.focus();
  await page.keyboard.press('Enter');
  const list = page.getByRole('navigation', { name: 'Organizations' });
  await expect(list.getByRole('link', { name: first.name })).toBeFocused();
  await expectAccessibleInBothThemes(page);
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(button).toBeFocused();
  // There and then, for a key that follows at once.
  const focused = await button.evaluate((element: HTMLElement) => {
    element.click();
    return document.activeElement?.textContent;
  });
  expect(focused).toBe(first.name);
  await page.keyboard.press('ArrowUp');
  await expect(list.getByRole('link', { name: 'Third' })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/organization/${other}/settings/webhook`);
  await expect(page.getByRole('heading', { name: 'Webhook', exact: true })).toBeFocused();
  await expect(button).toHaveAccessibleName(`Organization: ${longName}`);
  for (const width of [360, 320, 1440]) {
    await page.setViewportSize({ width, height: 700 });
    await expectNoSidewaysScroll(page);
    await button.click();
    await expect(list).toBeInViewport({ ratio: 0.9 });
    const [left, under] = [(await list.boundingBox())?.x, (await button.boundingBox())?.x];
    expect(left).toBe(width === 1440 ? under : 8);
    await page.keyboard.press('Escape');
  }
});

test('the menu of a phone takes the focus and gives it back', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 700 });
  await page.goto('/');
  const button = page.getByRole('button', { name: 'Menu' });
  const link = page.getByRole('link', { name: 'Webhook', exact: true });
  const isOpen = (expanded: boolean) =>
    expect(page.getByRole('button', { name: 'Menu', expanded })).toBeVisible();
  await isOpen(false);
  await button.press('Enter');
  await isOpen(true);
  await expect(link).toBeFocused();
  await page.keyboard.press('Escape');
  await isOpen(false);
  await expect(button).toBeFocused();
  await button.click();
  await isOpen(true);
  await page.mouse.click(20, 600);
  await isOpen(false);
});

test('a page that breaks says so and leads back, under its header', async ({ page, api }) => {
  await api.createWebhook({ target_url: 'https://example.org/x' });
  await page.addInitScript(() => {
    if (sessionStorage.getItem('broken') === 'no') return;
    sessionStorage.setItem('broken', 'no');
    Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
      get() {
        throw new Error('Broken on purpose');
      },
    });
  });
  await page.goto('/');
  await expect(
    page.getByRole('heading', { name: 'Something went wrong in the console' }),
  ).toBeVisible();
  await expect(page.getByRole('banner')).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.getByRole('button', { name: 'Go to the webhooks' }).click();
  await expect(page.getByRole('row', { name: /example.org/ })).toBeVisible();
});

test(
  'a page that breaks, or cannot be loaded, takes no other with it',
  needs('events'),
  async ({ page, api }) => {
    await api.createWebhook({ target_url: 'https://example.org/x' });
    await page.route('**/assets/deliveries-page-*.js', (route) => route.abort());
    await page.goto('/');
    const row = page.getByRole('row', { name: /example.org/ });
    await expect(row).toBeVisible();
    await page.getByRole('link', { name: 'Deliveries', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'could not be loaded' })).toBeVisible();
    await expectAccessibleInBothThemes(page);

    const toList = page
      .getByRole('navigation', { name: 'Organization settings' })
      .getByRole('link');
    await toList.click();
    await expect(row).toBeVisible();
    const observer = await page.evaluateHandle(() => window.ResizeObserver);
    const setObserver = (value: unknown) =>
      page.evaluate((value) => Object.assign(window, { ResizeObserver: value }), value);
    await setObserver(null);
    await row.getByRole('link', { name: 'https://example.org/x', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Something went wrong' })).toBeVisible();
    await setObserver(observer);
    await toList.click();
    await expect(row).toBeVisible();

    // Nor does a dialog that breaks: its page comes back with its address.
    await page.evaluate(() => {
      globalThis.HTMLDialogElement.prototype.showModal = () => {
        throw new Error('Broken on purpose');
      };
    });
    await page.getByRole('link', { name: 'Edit https://example.org/x' }).click();
    await expect(page.getByRole('heading', { name: 'Something went wrong' })).toBeVisible();
    await page.goBack();
    await expect(row).toBeVisible();
  },
);

test('the page has its landmarks and headings, and a way past the header', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByText('No webhooks yet')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('banner')).toHaveCount(1);
  await expect(page.getByRole('main')).toHaveCount(1);
  await expect(page.getByRole('navigation', { name: 'Organization settings' })).toHaveCount(1);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Add new' }).first()).toBeFocused();
});

test('the chosen theme is there before the console is', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  await page.getByRole('radio', { name: 'Dark' }).check();
  await page.route('**/assets/*.js', (route) => route.abort());
  await page.reload();
  await expect(page.locator('html')).toHaveCSS('background-color', 'rgb(17, 18, 22)');
});

test('who signs out begins at the list the next time', async ({ page, api, server }) => {
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook?q=mine`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeFocused();
  await expect(page.getByText('You will get back to where you were.')).toHaveCount(0);
  await page.getByLabel('Administrator’s token').fill(server.adminToken);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`/organization/${id}/settings/webhook`);
});

for (const [what, size] of [
  ['at 200 %', { width: 640, height: 400, deviceScaleFactor: 2 }],
  ['at 400 %', { width: 320, height: 256, deviceScaleFactor: 4 }],
] as const) {
  test.describe(what, () => {
    const { deviceScaleFactor, ...viewport } = size;
    test.use({ viewport, deviceScaleFactor });

    test('list and form need no scrolling sideways', async ({ page, api }) => {
      await api.createWebhook({
        target_url: 'https://example.org/x',
        description: 'x'.repeat(200),
      });
      await page.goto('/');
      await expect(page.getByRole('row', { name: /example.org/ })).toBeVisible();
      await expectNoSidewaysScroll(page);
      await page.getByRole('link', { name: /^Edit/ }).click();
      const update = page.getByRole('button', { name: 'Update' });
      await update.scrollIntoViewIfNeeded();
      await expect(update).toBeInViewport();
      await expectNoSidewaysScroll(page);
      await page.getByRole('textbox', { name: 'Description' }).click();
    });
  });
}

test('where the system chooses the colours, a switch shows its state', async ({ page, api }) => {
  await api.createWebhook({ target_url: 'https://example.org/on' });
  await api.createWebhook({ target_url: 'https://example.org/off', enabled: false });
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto('/');
  const colour = (name: RegExp) =>
    page
      .getByRole('switch', { name })
      .evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(await colour(/on$/)).not.toBe(await colour(/off$/));
});

test('a time goes on, and says which it is exactly', async ({ page, api }) => {
  await api.createWebhook({ target_url: 'https://example.org/x' });
  await page.clock.install();
  await page.goto('/');
  const time = page.getByRole('row', { name: /example.org/ }).locator('time');
  await expect(time).toHaveText('just now');
  await expect(time).toHaveAttribute('datetime', /^\d{4}-\d\d-\d\dT.*Z$/);
  await expect(time).toHaveAttribute('title', /\d:\d\d:\d\d.*GMT[+-]\d/);
  await page.clock.runFor('05:10');
  await expect(time).toHaveText('5 min ago');
});
