import type { Page } from '@playwright/test';

import { addForm } from './add-form';
import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from './accessibility';
import { holdBack } from './hold-back';
import { needs } from './needs';
import { expect, test } from './support';
import { toasts } from './toasts';

test.beforeEach(({ signIn }) => signIn());

const editDialog = (page: Page) => page.getByRole('dialog', { name: 'Edit webhook' });
const description = (page: Page) => editDialog(page).getByRole('textbox', { name: 'Description' });
const goOn = (page: Page) => toasts(page).getByRole('button', { name: 'Continue editing' });

async function openEdit(page: Page) {
  await page.goto('/');
  await page.getByRole('link', { name: /^Edit/ }).click();
  await expect(description(page)).toBeVisible();
}

test('Back closes at once, and a toast leads back to what was typed', async ({ page, api }) => {
  await api.createWebhook({ target_url: 'https://example.org/x', description: 'stored' });
  await openEdit(page);
  await description(page).fill('typed');
  await page.goBack();
  await expect(editDialog(page)).toBeHidden();
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await expect(toasts(page)).toContainText('What you typed is not saved');
  await goOn(page).click();
  await expect(description(page)).toHaveValue('typed');
  await expect(goOn(page)).toBeHidden();
  await editDialog(page).getByRole('button', { name: 'Update' }).click();
  await expect(page.getByRole('row', { name: /typed/ })).toBeVisible();
  await expect(goOn(page)).toBeHidden();
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('typed');
});

test('what is typed while an earlier save is on its way is kept', async ({ page, api }) => {
  const { id } = await api.createWebhook({ target_url: 'https://example.org/x' });
  const goOn = await holdBack(page, `**/webhook/${id}`);
  await openEdit(page);
  await description(page).fill('saved');
  await editDialog(page).getByRole('button', { name: 'Update' }).click();
  await page.goBack();
  await page.getByRole('link', { name: /^Edit/ }).click();
  await expect(description(page)).toHaveValue('saved');
  await description(page).fill('typed since');
  goOn();
  await expect(toasts(page)).toContainText('Webhook updated');
  await page.reload();
  await expect(description(page)).toHaveValue('typed since');
  expect(await api.listWebhooks()).toMatchObject([{ description: 'saved' }]);
});

test('a draft that this console cannot read is passed over', async ({ page, api }) => {
  const { id } = await api.organization();
  await page.goto('/');
  await page.evaluate((key) => {
    sessionStorage.setItem(key, JSON.stringify({ values: { target_url: 'x' }, base: {} }));
  }, `webhook-form ${id} new`);
  await page.getByRole('link', { name: 'Add new' }).click();
  await expect(addForm(page).getByRole('textbox', { name: 'URL' })).toBeFocused();
  await expect(addForm(page).getByRole('textbox', { name: 'URL' })).toHaveValue('');
});

test('nothing is offered when nothing was typed, nor after it was discarded', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Add new' }).click();
  await expect(addForm(page).getByRole('textbox', { name: 'URL' })).toBeFocused();
  await page.goBack();
  await expect(addForm(page)).toBeHidden();
  await page.getByRole('link', { name: 'Add new' }).click();
  await addForm(page).getByRole('textbox', { name: 'URL' }).fill('https://example.org/typed');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(addForm(page)).toBeHidden();
  await page.getByRole('link', { name: 'Add new' }).click();
  await addForm(page).getByRole('textbox', { name: 'URL' }).fill('https://example.org/again');
  await page.goBack();
  await expect(goOn(page)).toHaveCount(1);
});

test('an edit of a session that ended comes back after signing in, at the same place', async ({
  page,
  api,
  context,
  server,
}) => {
  const { id } = await api.createWebhook({ target_url: 'https://example.org/x' });
  await openEdit(page);
  await description(page).fill('typed');
  await context.clearCookies();
  await editDialog(page).getByRole('button', { name: 'Update' }).click();
  await expect(page).toHaveURL('/sign-in');
  await expect(goOn(page)).toBeHidden();
  await page.getByLabel('Administrator’s token').fill(server.adminToken);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(new RegExp(`/${id}/edit$`));
  await expect(description(page)).toHaveValue('typed');
  await editDialog(page).getByRole('button', { name: 'Update' }).click();
  await expect(page.getByRole('row', { name: /typed/ })).toBeVisible();
});

test('signing out takes drafts and the offer along', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Add new' }).click();
  await addForm(page).getByRole('textbox', { name: 'URL' }).fill('https://example.org/typed');
  await page.goBack();
  await expect(goOn(page)).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/sign-in');
  await expect(goOn(page)).toBeHidden();
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('typed');
});

test('a draft of a webhook that was changed meanwhile is merged with that', async ({
  page,
  api,
}) => {
  const { id, events, target_url } = await api.createWebhook({
    target_url: 'https://example.org/x',
  });
  const they = { kind: 'STANDARD', target_url, events };
  await openEdit(page);
  await description(page).fill('typed');
  await page.goBack();
  await expect(editDialog(page)).toBeHidden();
  await api.editWebhook(id, { ...they, enabled: false });
  await page.reload();
  await page.getByRole('link', { name: /^Edit/ }).click();
  await expect(description(page)).toHaveValue('typed');
  await expect(editDialog(page).getByRole('switch', { name: 'Enabled' })).not.toBeChecked();
  const notice = editDialog(page).getByText('What you had typed before is back.');
  await expect(notice).toContainText('The webhook has been changed since, which is kept: Enabled.');
  await expect(notice).not.toContainText('secret');

  await api.editWebhook(id, { ...they, description: 'theirs' });
  await page.reload();
  await expect(description(page)).toHaveValue('typed');
  await expect(editDialog(page).getByRole('group', { name: 'Description: theirs' })).toContainText(
    'Theirs: theirs',
  );
  for (const width of [360, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    await expectNoSidewaysScroll(page);
    await expectAccessibleInBothThemes(page);
  }
  await editDialog(page).getByRole('button', { name: 'Start over' }).click();
  await expect(description(page)).toHaveValue('theirs');
  await expect(editDialog(page).getByRole('textbox', { name: 'URL' })).toBeFocused();
});

test('a draft of a webhook that was deleted meanwhile can be created anew', async ({
  page,
  api,
}) => {
  const { id } = await api.createWebhook({ target_url: 'https://example.org/x', kind: 'SLACK' });
  await openEdit(page);
  await description(page).fill('typed');
  await api.deleteWebhook(id);
  await page.reload();
  await expect(editDialog(page).getByText('This webhook was deleted elsewhere')).toBeVisible();
  await editDialog(page).getByRole('textbox', { name: 'URL' }).fill('https://example.org/y');
  await expect(editDialog(page).getByRole('radio', { name: /Slack/ })).toBeChecked();
  await expect(description(page)).toHaveValue('typed');
  await editDialog(page).getByRole('button', { name: 'Create it anew' }).click();
  await expect(page.getByRole('row', { name: /typed/ })).toBeVisible();
  expect(await api.listWebhooks()).toMatchObject([{ description: 'typed' }]);
});

test(
  'that a secret was to be replaced comes back, without the secret',
  needs('keptSecret'),
  async ({ page, api }) => {
    await api.createWebhook({ target_url: 'https://example.org/x', target_secret: 'first' });
    await openEdit(page);
    await editDialog(page).getByRole('button', { name: 'Replace' }).click();
    await editDialog(page)
      .getByLabel(/^Secret/)
      .fill('second-secret');
    await page.reload();
    await expect(editDialog(page).getByText('A secret is not kept: enter it again.')).toBeVisible();
    await expect(editDialog(page).getByLabel(/^Secret/)).toHaveValue('');
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain(
      'second-secret',
    );
  },
);
