import type { Page } from '@playwright/test';

import { expect, test } from './support';
import { toasts } from './toasts';

/** Presses a key until what has the focus has this name; each step has to show where it is. */
async function tabTo(page: Page, name: RegExp, key = 'Tab') {
  const names: string[] = [];
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press(key);
    names.push(await focusedName(page));
    if (name.test(names.at(-1) ?? '')) return;
  }
  throw new Error(`No way to ${name}: ${names.join(' → ')}`);
}

/** The name of what has the focus, which must be there to be seen: an outline around it or its box. */
async function focusedName(page: Page): Promise<string> {
  const focused = page.locator(':focus');
  const shown = await focused.evaluate((element) => {
    const boxes = [element, element.closest('label'), element.closest('.control')];
    return boxes.some((box) => {
      const style = box && getComputedStyle(box);
      return style && style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
    });
  });
  const snapshot = await focused.ariaSnapshot();
  expect(shown, `the focus is to be seen: ${snapshot}`).toBe(true);
  return snapshot;
}

test('sign in, add, edit, toggle and delete by keyboard alone', async ({ page, api, server }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await tabTo(page, /Administrator/);
  await page.keyboard.type(server.adminToken);
  await page.keyboard.press('Enter');
  await expect(page.getByText('No webhooks yet')).toBeVisible();

  await test.step('add', async () => {
    await tabTo(page, /Add new/);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Add webhook' });
    await expect(dialog.getByRole('textbox', { name: 'URL' })).toBeFocused();
    await page.keyboard.type('https://example.org/keys');
    await tabTo(page, /textbox "Description/);
    await page.keyboard.type('Typed');
    await tabTo(page, /checkbox "Deployment started/);
    await page.keyboard.press('Space');
    await tabTo(page, /"Project name filter/);
    await page.keyboard.type('shop*,');
    await tabTo(page, /button "Create"/);
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(toasts(page)).toContainText('Webhook created');
    expect(await api.listWebhooks()).toMatchObject([
      { target_url: 'https://example.org/keys', project_names_filter: ['shop*'] },
    ]);
  });

  await test.step('edit', async () => {
    await tabTo(page, /link "Edit https:\/\/example.org\/keys"/);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Edit webhook' });
    await expect(dialog.getByRole('button', { name: 'Update' })).toBeVisible();
    await tabTo(page, /textbox "Description/);
    await page.keyboard.press('End');
    await page.keyboard.type(' twice');
    await tabTo(page, /button "Update"/);
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('row', { name: /keys/ })).toContainText('Typed twice');
    await expect(page.getByRole('link', { name: /^Edit/ })).toBeFocused();
  });

  await test.step('toggle', async () => {
    await tabTo(page, /switch "Enable/, 'Shift+Tab');
    await page.keyboard.press('Space');
    await expect(page.getByRole('switch', { name: /Enable/ })).not.toBeChecked();
    await expect(page.getByRole('status').filter({ hasText: 'Disabled.' })).toHaveCount(1);
  });

  await test.step('delete', async () => {
    await tabTo(page, /button "Delete https/);
    await page.keyboard.press('Enter');
    const question = page.getByRole('alertdialog', { name: 'Delete this webhook?' });
    await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await tabTo(page, /button "Delete"/);
    await page.keyboard.press('Enter');
    await expect(page.getByText('No webhooks yet')).toBeVisible();
    expect(await api.listWebhooks()).toEqual([]);
  });
});

test('each control of list and form has a name of its own', async ({ page, api, signIn }) => {
  await signIn();
  await api.createWebhook({ target_url: 'https://example.org/a', description: 'one' });
  await api.createWebhook({ target_url: 'https://example.org/b', description: 'two' });
  await page.goto('/');
  await expect(page.getByRole('row', { name: /example.org\/b/ })).toBeVisible();

  const unnamedOrTwice = async (scope: ReturnType<Page['locator']>) => {
    const controls = await scope
      .locator('a, button, input, select, textarea, [role="tab"]')
      .and(page.locator(':visible'))
      .all();
    const names = await Promise.all(controls.map((control) => control.ariaSnapshot()));
    const said = names.map((name) => /^- \w+(?: "(?:[^"\\]|\\.)*")?/.exec(name)?.[0] ?? name);
    return said.filter((name, index) => !name.includes('"') || said.indexOf(name) !== index);
  };
  expect(await unnamedOrTwice(page.getByRole('table', { name: 'Webhooks' }))).toEqual([]);

  await page.getByRole('link', { name: 'Edit https://example.org/a' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Edit webhook' });
  await expect(dialog.getByRole('button', { name: 'Update' })).toBeVisible();
  expect(await dialog.evaluate((element) => element.matches(':modal'))).toBe(true);
  const levels = await dialog
    .getByRole('heading')
    .evaluateAll((headings) => headings.map(({ tagName }) => Number(tagName.slice(1))));
  for (const [index, level] of levels.entries()) {
    expect(level - (levels[index - 1] ?? 1), `levels ${levels}`).toBeLessThanOrEqual(1);
  }
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Delete https://example.org/a' }).press('Enter');
  const question = page.getByRole('alertdialog', { name: 'Delete this webhook?' });
  await expect(question).toHaveAccessibleDescription(/https:\/\/example.org\/a/);
  expect(await question.evaluate((element) => element.matches(':modal'))).toBe(true);
});
