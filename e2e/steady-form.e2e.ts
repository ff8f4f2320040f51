import type { Locator, Page } from '@playwright/test';

import { openAddForm } from './add-form';
import { expect, test } from './support';

test.use({ viewport: { width: 1440, height: 900 } });
test.beforeEach(({ signIn }) => signIn());

const urlIn = (dialog: Locator) => dialog.getByRole('textbox', { name: 'URL' });

/** Clicks as a calm hand does: what pressing leads to has come before the button is let go. */
async function clickCalmly(page: Page, target: Locator, whenPressed: () => Promise<void>) {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (!box) throw new Error('It is not there to be clicked.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await whenPressed();
  expect(await target.boundingBox()).toEqual(box);
  await page.mouse.up();
}

test('what leaving a field has to say moves nothing that is being clicked', async ({ page }) => {
  const dialog = await openAddForm(page);
  const url = urlIn(dialog);
  const slack = dialog.getByRole('radio', { name: /Slack/ });
  const cancelled = dialog.getByRole('checkbox', { name: /^Deployment cancelled/ });
  const production = dialog.getByRole('checkbox', { name: 'Production' });
  const enabled = dialog.getByRole('switch', { name: 'Enabled' });
  for (const [target, isDone] of [
    [slack, () => expect(slack).toBeChecked()],
    [cancelled, () => expect(cancelled).not.toBeChecked()],
    [production, () => expect(production).toBeChecked()],
    [enabled, () => expect(enabled).not.toBeChecked()],
  ] as const) {
    // Of each form, anew, its first click.
    await page.evaluate(() => sessionStorage.clear());
    await page.reload();
    await expect(url).toBeFocused();
    await clickCalmly(page, target, () => expect(url).toHaveAttribute('aria-invalid', 'true'));
    await isDone();
    await expect(url).toHaveAccessibleDescription(/Enter the URL/);
  }
});

test('nor does what leaving it commits', async ({ page }) => {
  const dialog = await openAddForm(page);
  const projects = dialog.getByRole('combobox', { name: 'Project name filter' });
  const enabled = dialog.getByRole('switch', { name: 'Enabled' });
  const name = (letter: string) => letter.repeat(60);
  await projects.fill(`${name('a')},${name('b')}`);
  await clickCalmly(page, enabled, () => expect(projects).not.toBeFocused());
  await expect(enabled).not.toBeChecked();
  await expect(dialog.getByRole('button', { name: `Remove ${name('b')}` })).toBeVisible();
  await expect(projects).toHaveValue('');

  await projects.fill(name('B'));
  await clickCalmly(page, enabled, () => expect(projects).not.toBeFocused());
  await expect(enabled).toBeChecked();
  await expect(projects).toHaveAccessibleDescription(/is there already/);
});

test('by keyboard it is said at once, and so it is if the pointer was let go elsewhere', async ({
  page,
}) => {
  const dialog = await openAddForm(page);
  await page.keyboard.press('Tab');
  await expect(dialog.getByText('Enter the URL')).toBeVisible();
  await page.evaluate(() => sessionStorage.clear());
  await page.reload();
  await expect(urlIn(dialog)).toBeFocused();
  const footer = await dialog.getByRole('button', { name: 'Create' }).boundingBox();
  await page.mouse.move(footer?.x ?? 0, (footer?.y ?? 0) - 40);
  await page.mouse.down();
  await expect(urlIn(dialog)).toHaveAttribute('aria-invalid', 'true');
  await expect(dialog.getByText('Enter the URL')).toBeHidden();
  await page.mouse.move(2, 2);
  await page.mouse.up();
  await expect(dialog.getByText('Enter the URL')).toBeVisible();
});

for (const [width, height] of [
  [1440, 900],
  [360, 740],
] as const) {
  test(`only the fields scroll, never the dialog itself, ${width} px wide`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const dialog = await openAddForm(page);
    const enabled = dialog.getByRole('switch', { name: 'Enabled' });
    await enabled.evaluate((element) => element.scrollIntoView({ block: 'start' }));
    await expect(enabled).toBeInViewport({ ratio: 1 });
    for (const name of ['Close', 'Create']) {
      await expect(dialog.getByRole('button', { name })).toBeInViewport({ ratio: 1 });
    }
    expect(await dialog.evaluate((element) => element.scrollTop)).toBe(0);
  });
}

test.describe('by touch', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  test('the first tap counts too', async ({ page }) => {
    const dialog = await openAddForm(page);
    const slack = dialog.getByRole('radio', { name: /Slack/ });
    await slack.tap();
    await expect(slack).toBeChecked();
    await expect(urlIn(dialog)).toHaveAccessibleDescription(/Enter the URL/);
  });
});
