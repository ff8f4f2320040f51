import type { Locator, Page } from '@playwright/test';

import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from './accessibility';
import { holdBack } from './hold-back';
import { needs } from './needs';
import { expect, test } from './support';

test.beforeEach(({ signIn }) => signIn());

const tags = (dialog: Locator) => dialog.getByRole('button', { name: /^Remove / });

async function openForm(page: Page) {
  await page.goto('/');
  await page.getByRole('link', { name: 'Add new' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add webhook' });
  const field = dialog.getByRole('combobox', { name: 'Project name filter' });
  return { dialog, field, list: dialog.getByRole('listbox', { name: 'Projects' }) };
}

test('projects are suggested while one types, in any case, without those already there', async ({
  page,
  api,
}) => {
  await api.makeProjects(['billing', 'Checkout', 'checkout-api', 'web']);
  const { dialog, field, list } = await openForm(page);
  await expect(field).toHaveAttribute('aria-expanded', 'false');
  await field.pressSequentially('CHECK');
  await expect(list.getByRole('option')).toHaveText(['Checkout', 'checkout-api']);
  await list.getByRole('option', { name: 'checkout-api' }).click();
  await expect(tags(dialog)).toHaveAccessibleName('Remove checkout-api');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('');
  await expect(list).toBeHidden();
  await field.pressSequentially('out');
  await expect(list.getByRole('option')).toHaveText(['Checkout']);
  await field.fill('nothing like it');
  await expect(list).toBeHidden();
  await expect(field).toHaveAttribute('aria-expanded', 'false');
  await field.fill('');
  await field.click();
  await expect(list.getByRole('option')).toHaveText(['billing', 'Checkout', 'web']);
});

test('at most eight are shown, in the order of the alphabet', async ({ page, api }) => {
  await api.makeProjects(Array.from({ length: 10 }, (_, i) => `p-${10 - i}`));
  const { field, list } = await openForm(page);
  await field.click();
  await expect(list.getByRole('option')).toHaveText(
    Array.from({ length: 8 }, (_, i) => `p-${i + 1}`),
  );
});

test('by keyboard alone: arrows choose, Enter takes, Escape closes only the list', async ({
  page,
  api,
}) => {
  await api.makeProjects(['api', 'auth', 'web']);
  const { dialog, field, list } = await openForm(page);
  await field.focus();
  await expect(list).toBeHidden();

  await page.keyboard.press('ArrowDown');
  await expectActive(field, list, 'api');
  await page.keyboard.press('ArrowUp');
  await expectActive(field, list, null);
  await page.keyboard.press('ArrowUp');
  await expectActive(field, list, 'web');
  await page.keyboard.press('ArrowDown');
  await expectActive(field, list, null);
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(dialog).toBeVisible();

  await page.keyboard.type('A');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expectActive(field, list, 'auth');
  await page.keyboard.press('Enter');
  await expect(tags(dialog)).toHaveAccessibleName('Remove auth');
  await expect(list).toBeHidden();
  await expect(field).toHaveValue('');

  // Without an active one, Enter takes what was typed, although something is suggested.
  await page.keyboard.type('we');
  await expect(list.getByRole('option')).toHaveText(['web']);
  await page.keyboard.press('Enter');
  await expect(tags(dialog).last()).toHaveAccessibleName('Remove we');
  await expect(list).toBeHidden();

  await page.keyboard.press('ArrowUp');
  await expectActive(field, list, 'web');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog', { name: /Discard/ })).toBeVisible();
});

for (const [keys, chosen] of [
  [['ArrowDown'], 'api'],
  [['ArrowDown', 'ArrowDown'], 'auth'],
  [['ArrowUp'], 'web'],
  [['ArrowUp', 'ArrowUp'], 'auth'],
  [['ArrowUp', 'ArrowDown'], null],
] as const) {
  test(`${keys.join(', ')} before the projects have come: they choose when they do`, async ({
    page,
    api,
  }) => {
    await api.makeProjects(['api', 'auth', 'web']);
    const sendProjects = await holdBack(page, '**/project');
    const { field, list } = await openForm(page);
    for (const key of keys) await field.press(key);
    await expect(list).toBeHidden();
    sendProjects();
    await expect(list).toBeVisible();
    await expectActive(field, list, chosen);
  });
}

test('leaving the field takes what was typed, not what is suggested', async ({ page, api }) => {
  await api.makeProjects(['api']);
  const { dialog, field, list } = await openForm(page);
  await field.pressSequentially('ap');
  await page.keyboard.press('ArrowDown');
  await expectActive(field, list, 'api');
  await page.keyboard.press('Tab');
  await expect(list).toBeHidden();
  await expect(tags(dialog)).toHaveAccessibleName('Remove ap');
});

test('what is there already is said, and Backspace takes the last tag back', async ({ page }) => {
  const { dialog, field } = await openForm(page);
  await field.pressSequentially('api,web,API,');
  await expect(tags(dialog)).toHaveCount(2);
  await expect(field).toHaveAccessibleDescription(/“API” is there already/);
  await field.pressSequentially('x');
  await expect(field).not.toHaveAccessibleDescription(/there already/);
  await field.press('Backspace');
  await expect(tags(dialog)).toHaveCount(2);
  await field.press('Backspace');
  await expect(field).toHaveValue('web');
  await expect(tags(dialog)).toHaveCount(1);
  await dialog.getByRole('button', { name: 'Remove api' }).press('Enter');
  await expect(field).toBeFocused();
});

test('without the projects the field works all the same', async ({ page }) => {
  await page.route('**/project', (route) => route.fulfill({ status: 500, json: {} }));
  const { dialog, field, list } = await openForm(page);
  await field.click();
  await field.press('ArrowDown');
  await field.pressSequentially('product*');
  await field.press('Enter');
  await expect(list).toBeHidden();
  await expect(tags(dialog)).toHaveAccessibleName('Remove product*');
});

for (const width of [360, 1440]) {
  test.describe(`${width} px wide`, needs('looks'), () => {
    test.use({ viewport: { width, height: 740 } });

    test('the list lies on the screen, and reads well', async ({ page, api }) => {
      await api.makeProjects(['a', 'b', `c-${'long'.repeat(60)}`, 'd', 'e', 'f', 'g', 'h']);
      const { field, list } = await openForm(page);
      await field.click();
      await page.keyboard.press('ArrowDown');
      await expect(list.getByRole('option')).toHaveCount(8);
      await expectAccessibleInBothThemes(page);
      await expectNoSidewaysScroll(page);
      const box = await list.boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect(box?.y).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? Infinity)).toBeLessThanOrEqual(width);
      expect((box?.y ?? 0) + (box?.height ?? Infinity)).toBeLessThanOrEqual(740);
    });
  });
}

/** The option to which the field points; null: the field itself. */
async function expectActive(field: Locator, list: Locator, name: string | null) {
  await expect(field).toBeFocused();
  if (name === null) {
    await expect(field).not.toHaveAttribute('aria-activedescendant');
    await expect(list.getByRole('option', { selected: true })).toHaveCount(0);
    return;
  }
  const active = list.getByRole('option', { name, exact: true, selected: true });
  await expect(active).toBeVisible();
  await expect(field).toHaveAttribute(
    'aria-activedescendant',
    (await active.getAttribute('id')) ?? '',
  );
}
