import type { Page } from '@playwright/test';

import { deferred } from './deferred';
import { addForm, openAddForm } from './add-form';
import { holdBack, isWrite } from './hold-back';
import { expect, test } from './support';
import { toasts } from './toasts';

test.beforeEach(({ signIn }) => signIn());

const holdWrites = (page: Page) => holdBack(page, '**/api/organization/**', isWrite);

test('closing with changes asks first; a reload brings them back', async ({ page }) => {
  const dialog = await openAddForm(page);
  const url = dialog.getByRole('textbox', { name: 'URL' });
  await url.fill('https://example.org/typed');
  await dialog.getByLabel(/^Secret/).fill('very-secret-words');
  for (const leave of [
    () => page.keyboard.press('Escape'),
    () => dialog.getByRole('button', { name: 'Cancel' }).click(),
    () => dialog.getByRole('button', { name: 'Close' }).click(),
    () => page.mouse.click(2, 2),
  ]) {
    await leave();
    const question = page.getByRole('alertdialog', { name: 'Discard what you changed?' });
    await expect(question.getByRole('button', { name: 'Go on editing' })).toBeFocused();
    await question.getByRole('button', { name: 'Go on editing' }).click();
    await expect(url).toHaveValue('https://example.org/typed');
  }
  await page.reload();
  await expect(url).toHaveValue('https://example.org/typed');
  await expect(dialog.getByText('What you had typed before is back.')).toBeVisible();
  const kept = await page.evaluate(() => JSON.stringify(sessionStorage));
  expect(kept).toContain('https://example.org/typed');
  expect(kept).not.toContain('very-secret-words');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('link', { name: 'Add new' }).click();
  await expect(url).toHaveValue('');
});

test('a session that ends while one types loses nothing', async ({ page, context, server }) => {
  const dialog = await openAddForm(page);
  await dialog.getByRole('textbox', { name: 'URL' }).fill('https://example.org/typed');
  await context.clearCookies();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(page).toHaveURL('/sign-in');
  await page.getByLabel('Administrator’s token').fill(server.adminToken);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog.getByRole('textbox', { name: 'URL' })).toHaveValue(
    'https://example.org/typed',
  );
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('row', { name: /typed/ })).toBeVisible();
});

test('Back closes the dialog, and a reload keeps it', async ({ page }) => {
  const dialog = await openAddForm(page);
  await page.reload();
  await expect(dialog).toBeVisible();
  await page.goBack();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('No webhooks yet')).toBeVisible();
  await page.goForward();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('link', { name: 'Add new' })).toBeVisible();
});

test('what stands in the project filter and is no tag yet counts as typed', async ({ page }) => {
  const dialog = await openAddForm(page);
  const projects = dialog.getByRole('combobox', { name: 'Project name filter' });
  await projects.fill('half-typ');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Go on editing' }).click();
  await expect(dialog.getByText('half-typ', { exact: true })).toBeVisible();
  await projects.fill('more');
  await page.reload();
  await expect(dialog.getByText('half-typ', { exact: true })).toBeVisible();
  await expect(projects).toHaveValue('more');
});

test('closing twice closes once', async ({ page }) => {
  await page.goto('/sign-in');
  for (const close of [
    () => addForm(page).getByRole('button', { name: 'Cancel' }).dblclick(),
    () =>
      page.evaluate(() => {
        const escape = { key: 'Escape', bubbles: true, cancelable: true };
        const dialog = document.querySelector('dialog');
        dialog?.dispatchEvent(new KeyboardEvent('keydown', escape));
        dialog?.dispatchEvent(new KeyboardEvent('keydown', escape));
      }),
  ]) {
    await page.getByRole('link', { name: 'Add new' }).click();
    await expect(addForm(page)).toBeVisible();
    await close();
    await expect(addForm(page)).toBeHidden();
    await expect(page.getByText('No webhooks yet')).toBeVisible();
  }
});

test('while it saves, a form stays; left by Back, the answer takes nobody along', async ({
  page,
  api,
}) => {
  const release = await holdWrites(page);
  const dialog = await openAddForm(page);
  await dialog.getByRole('textbox', { name: 'URL' }).fill('https://example.org/slow');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.keyboard.press('Escape');
  // Under a question, nothing of the form could be clicked.
  const body = dialog.getByRole('tab', { name: 'Body' });
  await body.click();
  await expect(body).toBeFocused();
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeDisabled();
  await page.goBack();
  await expect(dialog).toBeHidden();
  release();
  await expect(page.getByRole('row', { name: /slow/ })).toBeVisible();
  await expect(toasts(page)).toContainText('Webhook created');
  expect(await api.listWebhooks()).toHaveLength(1);
  await page.getByRole('link', { name: 'Add new' }).click();
  await expect(dialog.getByRole('textbox', { name: 'URL' })).toHaveValue('');
});

test('a save that fails after its form was left says so, and keeps what was typed', async ({
  page,
}) => {
  const { promise: answered, resolve: answer } = deferred();
  await page.route('**/webhook', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    await answered;
    return route.fulfill({ status: 503, json: { title: 'Unavailable' } });
  });
  const dialog = await openAddForm(page);
  await dialog.getByRole('textbox', { name: 'URL' }).fill('https://example.org/typed');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.goBack();
  await expect(dialog).toBeHidden();
  answer();
  await expect(toasts(page)).toContainText('Could not create the webhook');
  await toasts(page).getByRole('button', { name: 'Continue editing' }).click();
  await expect(dialog.getByRole('textbox', { name: 'URL' })).toHaveValue(
    'https://example.org/typed',
  );
});
