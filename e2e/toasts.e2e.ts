import type { Page } from '@playwright/test';

import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from './accessibility';
import type { Api } from './api';
import { needs } from './needs';
import { expect, test } from './support';
import { toasts } from './toasts';

test.beforeEach(({ signIn }) => signIn());

/** Creates so many webhooks, `https://example.org/1` and so on, and opens the list. */
async function openList(page: Page, api: Api, count: number) {
  for (let i = 1; i <= count; i += 1) {
    await api.createWebhook({ target_url: `https://example.org/${i}` });
  }
  await page.goto('/');
}

const switchOf = (page: Page, number: number) =>
  page.getByRole('switch', { name: `Enable https://example.org/${number}`, exact: true });

/** Another tab comes to the front, or this one again. While nobody looks, no toast goes. */
async function see(page: Page, visibility: 'visible' | 'hidden') {
  await page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, visibility);
}

test('F6 leads to the toast and back; Undo by key ends where one was', async ({ page, api }) => {
  await openList(page, api, 1);
  await switchOf(page, 1).press('Space');
  await expect(page.getByRole('status').filter({ hasText: 'Undo: press F6' })).toHaveCount(1);
  await page.keyboard.press('F6');
  const undo = toasts(page).getByRole('button', { name: 'Undo' });
  await expect(undo).toBeFocused();
  await page.keyboard.press('F6');
  await expect(switchOf(page, 1)).toBeFocused();
  await page.keyboard.press('F6');
  await page.keyboard.press('Enter');
  await expect(switchOf(page, 1)).toBeFocused();
  await expect(switchOf(page, 1)).toBeChecked();
  await expect.poll(async () => (await api.listWebhooks())[0]?.enabled).toBe(true);
});

test('the Tab key reaches a toast too, Esc dismisses it', async ({ page, api, backEnd }) => {
  await openList(page, api, 1);
  // It comes once it is known what the API can do.
  await expect(page.locator('summary')).toHaveCount(backEnd === 'embedded' ? 1 : 0);
  await switchOf(page, 1).press('Space');
  const dismiss = toasts(page).getByRole('button', { name: 'Dismiss' });
  await expect(dismiss).toBeVisible();
  const last = page.getByRole('main').locator(':is(a, button, summary):visible').last();
  await last.focus();
  await page.keyboard.press('Tab');
  await expect(toasts(page).getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(dismiss).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(toasts(page)).toBeHidden();
  await expect(last).toBeFocused();
});

test('a toast waits while it is hovered, focused or the page is not seen', async ({
  page,
  api,
}) => {
  await page.clock.install();
  await openList(page, api, 1);
  const undo = toasts(page).getByRole('button', { name: 'Undo' });
  await switchOf(page, 1).click();
  await undo.hover();
  await page.clock.runFor(60_000);
  await expect(undo).toBeVisible();
  await page.keyboard.press('F6');
  await page.mouse.move(700, 10);
  await page.clock.runFor(60_000);
  await expect(undo).toBeFocused();
  await page.keyboard.press('F6');
  await see(page, 'hidden');
  await page.clock.runFor(60_000);
  await expect(undo).toBeVisible();
  await see(page, 'visible');
  await page.clock.runFor(15_000);
  await expect(toasts(page)).toBeHidden();
});

test('a click beside the toasts lets them go on, and none takes the focus back', async ({
  page,
  api,
}) => {
  await page.clock.install();
  await openList(page, api, 2);
  const undo = toasts(page).getByRole('button', { name: 'Undo' });
  await switchOf(page, 1).click();
  await expect(undo).toBeVisible();
  await page.keyboard.press('F6');
  await expect(undo).toBeFocused();
  await page.getByRole('banner').click({ position: { x: 2, y: 2 } });
  await switchOf(page, 2).press('Space');
  await expect(toasts(page)).toContainText('https://example.org/2');
  await expect(switchOf(page, 2)).toBeFocused();
  await page.clock.runFor(60_000);
  await expect(toasts(page)).toBeHidden();
});

test('Esc dismisses the toast that has the focus, also an older one', async ({ page, api }) => {
  await openList(page, api, 2);
  for (const number of [1, 2]) {
    await switchOf(page, number).click();
    await expect(toasts(page)).toContainText(`https://example.org/${number}`);
  }
  await page.keyboard.press('F6');
  await page.keyboard.press('Shift+Tab');
  const older = toasts(page).getByRole('listitem').filter({ hasText: 'example.org/1' });
  await expect(older.getByRole('button', { name: 'Dismiss' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(older).toBeHidden();
  await expect(toasts(page)).toContainText('https://example.org/2');
  await expect(toasts(page).getByRole('button', { name: 'Undo' })).toBeFocused();
});

test('signing out takes the toasts along: they name what only a member may know', async ({
  page,
  api,
}) => {
  await openList(page, api, 1);
  await switchOf(page, 1).click();
  await expect(toasts(page)).toContainText('https://example.org/1');
  await see(page, 'hidden');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(toasts(page)).toBeHidden();
});

test('several stand calmly one over the other; the older wait behind a button', async ({
  page,
  api,
}) => {
  await openList(page, api, 5);
  await expect(switchOf(page, 1)).toBeVisible();
  await see(page, 'hidden');
  for (const number of [1, 2, 3, 4, 5]) {
    await switchOf(page, number).click();
    await expect(toasts(page)).toContainText(`https://example.org/${number}`);
  }
  await expect(toasts(page).getByRole('listitem')).toHaveCount(3);
  await expect(toasts(page)).not.toContainText('https://example.org/1');
  await expectAccessibleInBothThemes(page);
  await toasts(page).getByRole('button', { name: 'Show 2 more' }).click();
  await expect(toasts(page).getByRole('listitem')).toHaveCount(5);
  await toasts(page)
    .getByRole('listitem')
    .filter({ hasText: 'example.org/1' })
    .getByRole('button', { name: 'Undo' })
    .click();
  await expect(switchOf(page, 1)).toBeChecked();
  await expect(toasts(page).getByRole('listitem')).toHaveCount(4);
});

test('a failure is an alert, anything else a status, and each is said once', async ({
  page,
  api,
}) => {
  await openList(page, api, 1);
  await switchOf(page, 1).click();
  await expect(page.getByRole('status').filter({ hasText: 'Disabled.' })).toHaveCount(1);
  await expect(page.getByRole('alert').filter({ hasText: 'Disabled.' })).toHaveCount(0);
  await page.route('**/webhook/*', (route) => route.fulfill({ status: 500, json: {} }));
  await switchOf(page, 1).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Could not change' })).toHaveCount(1);
  await page.getByRole('link', { name: 'Add new' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add webhook' });
  await expect(dialog.getByRole('textbox', { name: 'URL' })).toBeFocused();
  await expect(dialog.getByRole('region', { name: 'Notifications' })).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: 'Could not change' })).toHaveCount(0);
});

test('over a dialog, F6 leads to the toast and back, and Esc closes the toast only', async ({
  page,
  api,
}) => {
  await openList(page, api, 1);
  await switchOf(page, 1).click();
  await expect(toasts(page)).toBeVisible();
  await page.getByRole('link', { name: 'Add new' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add webhook' });
  const url = dialog.getByRole('textbox', { name: 'URL' });
  await expect(url).toBeFocused();
  await page.keyboard.press('F6');
  await expect(toasts(page).getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(toasts(page)).toBeHidden();
  await expect(dialog).toBeVisible();
  await expect(url).toBeFocused();
});

for (const [width, height] of [
  [1440, 900],
  [800, 700],
  [740, 400],
] as const) {
  test(
    `at ${width} × ${height}, toasts cover no control of a dialog for good`,
    needs('events'),
    async ({ page, api }) => {
      test.slow();
      await page.setViewportSize({ width, height });
      await api.postEvent();
      await openList(page, api, 3);
      await expect(switchOf(page, 1)).toBeVisible();
      await see(page, 'hidden');
      for (const number of [1, 2, 3]) await switchOf(page, number).click();
      await expect(toasts(page)).toContainText('https://example.org/3');
      await page.getByRole('link', { name: 'Add new' }).click();
      const dialog = page.getByRole('dialog', { name: 'Add webhook' });
      await expect(dialog.getByText('Events, one by one')).toBeVisible();
      await expect(toasts(page).getByRole('listitem')).toHaveCount(1);
      const controls = dialog.locator(
        ':is(button, input, textarea, select, summary):enabled, summary',
      );
      const form = await controls.and(dialog.locator(':not([aria-label="Notifications"] *)')).all();
      expect(form.length).toBeGreaterThan(20);
      for (const control of form) await control.click({ trial: true, timeout: 5000 });
    },
  );
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });

  test(
    'a toast covers no control of a dialog, and none of the page for good',
    needs('events'),
    async ({ page, api }) => {
      await openList(page, api, 8);
      await expect(switchOf(page, 8)).toBeVisible();
      await see(page, 'hidden');
      await switchOf(page, 8).tap();
      await switchOf(page, 7).tap();
      await expect(toasts(page).getByRole('listitem')).toHaveCount(1);
      await expect(toasts(page).getByRole('button', { name: 'Show 1 more' })).toBeVisible();
      await expectNoSidewaysScroll(page);
      await page.locator('summary').scrollIntoViewIfNeeded();
      await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
      await page.locator('summary').tap();

      await page.evaluate(() => window.scrollTo(0, 0));
      await page.getByRole('link', { name: 'Add new' }).tap();
      const dialog = page.getByRole('dialog', { name: 'Add webhook' });
      await expect(dialog.getByRole('button', { name: 'Create' })).toBeVisible();
      const top = async () => (await toasts(page).boundingBox())?.y ?? 0;
      const bottom = async () => {
        const box = await dialog.boundingBox();
        return (box?.y ?? 0) + (box?.height ?? 0);
      };
      await expect.poll(async () => (await top()) - (await bottom())).toBeGreaterThanOrEqual(0);
      await dialog.getByRole('button', { name: 'Cancel' }).tap();
      await expect(dialog).toBeHidden();
    },
  );
});
