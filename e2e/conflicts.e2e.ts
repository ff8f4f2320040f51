import type { Page } from '@playwright/test';

import { toWebhookRequest, type Webhook, type WebhookRequest } from '../src/contract/webhook';
import type { Api } from './api';
import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from './accessibility';
import { needs } from './needs';
import { expect, test } from './support';
import { toasts } from './toasts';

test.beforeEach(({ signIn }) => signIn());

const editDialog = (page: Page) => page.getByRole('dialog', { name: 'Edit webhook' });
const conflictDialog = (page: Page) =>
  page.getByRole('dialog', { name: 'Somebody else changed this webhook' });
const description = (page: Page) => editDialog(page).getByRole('textbox', { name: 'Description' });
const update = (page: Page) => editDialog(page).getByRole('button', { name: 'Update' });

async function openEdit(page: Page) {
  await page.goto('/');
  await page.getByRole('link', { name: /^Edit/ }).click();
  await expect(description(page)).toBeVisible();
}

/** Makes the page look again, as it does when one comes back to its window. */
async function comeBack(page: Page) {
  await page.clock.fastForward('01:00');
  await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
}

/** Saves a change as somebody else would. */
async function theyChange(api: Api, webhook: Webhook, change: Partial<WebhookRequest>) {
  await api.editWebhook(webhook.id, {
    ...toWebhookRequest(webhook),
    ...change,
  });
}

test('what only one side changed is merged, and the toast says what of theirs was kept', async ({
  page,
  api,
}) => {
  const webhook = await api.createWebhook({
    target_url: 'https://example.org/x',
    project_names_filter: ['api'],
  });
  await openEdit(page);
  await description(page).fill('mine');
  const projects = editDialog(page).getByRole('combobox', { name: 'Project name filter' });
  await projects.fill('my-project,');
  await theyChange(api, webhook, {
    events: ['DEPLOYMENT_FAILURE'],
    enabled: false,
    project_names_filter: ['api', 'their-project'],
  });
  await update(page).click();
  await expect(editDialog(page)).toBeHidden();
  await expect(toasts(page)).toContainText('Webhook updated');
  await expect(toasts(page)).toContainText(
    'Kept what was changed meanwhile: Events, Project name filter, Enabled.',
  );
  expect(await api.listWebhooks()).toMatchObject([
    {
      description: 'mine',
      events: ['DEPLOYMENT_FAILURE'],
      enabled: false,
      project_names_filter: ['api', 'their-project', 'my-project'],
    },
  ]);
  await expect(page.getByRole('switch')).not.toBeChecked();
});

test('what is changed back after theirs was shown stays so, also after a reload', async ({
  page,
  api,
}) => {
  const webhook = await api.createWebhook({
    target_url: 'https://example.org/x',
    description: 'before',
  });
  await page.clock.install();
  await openEdit(page);
  await theyChange(api, webhook, { description: 'theirs' });
  await comeBack(page);
  await editDialog(page).getByRole('button', { name: 'Show what they changed' }).click();
  await expect(description(page)).toHaveValue('theirs');
  await description(page).fill('before');
  await page.reload();
  await expect(description(page)).toHaveValue('before');
  await update(page).click();
  await expect(editDialog(page)).toBeHidden();
  expect(await api.listWebhooks()).toMatchObject([{ description: 'before' }]);
});

test('what both changed is shown side by side, and saved as chosen', async ({ page, api }) => {
  const webhook = await api.createWebhook({
    target_url: 'https://example.org/x',
    environment_types_filter: ['PRODUCTION', 'STAGING'],
  });
  await openEdit(page);
  await description(page).fill('mine');
  await editDialog(page).getByRole('checkbox', { name: 'Production' }).uncheck();
  await theyChange(api, webhook, {
    description: 'theirs',
    environment_types_filter: ['PRODUCTION'],
    enabled: false,
  });
  await update(page).click();

  const dialog = conflictDialog(page);
  await expect(dialog).toContainText('2 fields cannot be merged.');
  await expect(dialog).toContainText('What else they changed is kept: Enabled.');
  await expect(dialog.getByRole('button', { name: 'Go on editing' })).toBeFocused();
  const ofDescription = dialog.getByRole('group', { name: 'Description' });
  await expect(ofDescription.getByRole('radio', { name: /Yours mine/ })).toBeChecked();
  expect((await api.listWebhooks())[0]?.description).toBe('theirs');

  await dialog.getByRole('button', { name: 'Take all of theirs' }).click();
  await expect(ofDescription.getByRole('radio', { name: /Theirs theirs/ })).toBeChecked();
  await dialog.getByRole('button', { name: 'Keep all of yours' }).click();
  await dialog
    .getByRole('group', { name: 'Environment type filter' })
    .getByRole('radio', { name: /Theirs Production/ })
    .check();
  await dialog.getByRole('button', { name: 'Save what is chosen' }).click();
  await expect(editDialog(page)).toBeHidden();
  expect(await api.listWebhooks()).toMatchObject([
    { description: 'mine', environment_types_filter: ['PRODUCTION'], enabled: false },
  ]);
});

test(
  'a secret that both changed is asked about without being shown',
  needs('keptSecret'),
  async ({ page, api }) => {
    const webhook = await api.createWebhook({
      target_url: 'https://example.org/x',
      target_secret: 'first',
    });
    await openEdit(page);
    await editDialog(page).getByRole('button', { name: 'Replace' }).click();
    await editDialog(page)
      .getByLabel(/^Secret/)
      .fill('typed-secret');
    await theyChange(api, webhook, { description: 'theirs', target_secret: '' });
    await update(page).click();

    const dialog = conflictDialog(page);
    await expect(dialog).toContainText('What else they changed is kept: Description.');
    const ofSecret = dialog.getByRole('group', { name: 'Secret' });
    await expect(ofSecret.getByRole('radio', { name: /Yours Replaced by/ })).toBeChecked();
    await expect(ofSecret.getByRole('radio', { name: /Theirs No secret/ })).not.toBeChecked();
    await expect(dialog).not.toContainText('typed-secret');
    await dialog.getByRole('button', { name: 'Save what is chosen' }).click();
    await expect(editDialog(page)).toBeHidden();
    expect(await api.listWebhooks()).toMatchObject([
      { description: 'theirs', target_secret_set: true },
    ]);
  },
);

test('one can go on editing with both in view, and a reload keeps them', async ({ page, api }) => {
  const webhook = await api.createWebhook({ target_url: 'https://example.org/x' });
  await openEdit(page);
  await description(page).fill('mine');
  await theyChange(api, webhook, { description: 'theirs' });
  await update(page).click();
  await expect(conflictDialog(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(conflictDialog(page)).toBeHidden();
  await expect(description(page)).toHaveValue('mine');
  const theirs = editDialog(page).getByRole('group', { name: 'Description: theirs' });
  await expect(theirs).toContainText('Theirs: theirs');
  await expectAccessibleInBothThemes(page);

  await page.reload();
  await expect(description(page)).toHaveValue('mine');
  await theirs.getByRole('button', { name: 'Use theirs for Description' }).click();
  await expect(description(page)).toHaveValue('theirs');
  const yours = editDialog(page).getByRole('group', { name: 'Description: yours' });
  await yours.getByRole('button', { name: 'Use yours for Description' }).click();
  await expect(description(page)).toHaveValue('mine');
  await description(page).fill('mine and theirs');
  await update(page).click();
  await expect(editDialog(page)).toBeHidden();
  expect((await api.listWebhooks())[0]?.description).toBe('mine and theirs');
});

test(
  'a webhook that somebody else has deleted is said so on saving, and can be created anew',
  needs('keptSecret'),
  async ({ page, api }) => {
    const { id } = await api.createWebhook({
      target_url: 'https://example.org/x',
      target_secret: 'gone',
    });
    await openEdit(page);
    await description(page).fill('mine');
    await api.deleteWebhook(id);
    await update(page).click();
    const dialog = editDialog(page);
    await expect(
      dialog.getByRole('alert').filter({ hasText: 'was deleted elsewhere' }),
    ).toContainText('Its secret is gone with it');
    await expect(description(page)).toHaveValue('mine');
    await expect(page.getByText('No webhooks yet')).toBeVisible();
    await expectAccessibleInBothThemes(page);
    await dialog.getByLabel(/^Secret/).fill('another');
    await dialog.getByRole('button', { name: 'Create it anew' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('row', { name: /mine/ })).toBeVisible();
    expect(await api.listWebhooks()).toMatchObject([
      { description: 'mine', target_secret_set: true },
    ]);
  },
);

test('a webhook that is deleted or changed meanwhile is noticed on coming back, and disturbs nothing', async ({
  page,
  api,
}) => {
  const webhook = await api.createWebhook({ target_url: 'https://example.org/x' });
  await page.clock.install();
  await openEdit(page);
  const dialog = editDialog(page);
  await description(page).fill('mine');
  await theyChange(api, webhook, { description: webhook.description, enabled: false });
  await comeBack(page);
  await expect(dialog.getByText('Somebody else has saved this webhook.')).toBeVisible();
  await expect(description(page)).toHaveValue('mine');
  await expect(description(page)).toBeFocused();
  const enabled = dialog.getByRole('switch', { name: 'Enabled' });
  await expect(enabled).toBeChecked();
  await dialog.getByRole('button', { name: 'Show what they changed' }).click();
  await expect(enabled).not.toBeChecked();
  await expect(description(page)).toHaveValue('mine');

  await api.deleteWebhook(webhook.id);
  await comeBack(page);
  await expect(dialog.getByText('This webhook was deleted elsewhere')).toBeVisible();
  await expect(description(page)).toHaveValue('mine');
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await expect(dialog).toBeHidden();
  await page.goForward();
  await expect(page.getByText('This webhook does not exist')).toBeVisible();
});

for (const width of [360, 1440]) {
  test(
    `the choice between yours and theirs, ${width} px wide`,
    needs('looks'),
    async ({ page, api }) => {
      await page.setViewportSize({ width, height: 800 });
      const webhook = await api.createWebhook({ target_url: 'https://example.org/x' });
      await openEdit(page);
      await description(page).fill('Unbroken'.repeat(100));
      await editDialog(page).getByRole('textbox', { name: 'URL' }).fill('https://example.org/mine');
      await theyChange(api, webhook, {
        description: 'Theirs\n'.repeat(20),
        target_url: `https://example.org/${'a-rather-long-path/'.repeat(20)}`,
      });
      await update(page).click();
      await expect(conflictDialog(page)).toBeVisible();
      await expectNoSidewaysScroll(page);
      await expectAccessibleInBothThemes(page);
      await conflictDialog(page).getByRole('button', { name: 'Go on editing' }).click();
      await expect(editDialog(page).getByRole('group', { name: 'URL: theirs' })).toBeVisible();
      await expectNoSidewaysScroll(page);
      await expectAccessibleInBothThemes(page);
    },
  );
}
