import type { Page } from '@playwright/test';

import type { Api } from './api';
import { expect, test } from './support';

test.beforeEach(({ signIn }) => signIn());

const table = (page: Page) => page.getByRole('table', { name: 'Webhooks' });
const searchField = (page: Page) => page.getByRole('searchbox', { name: 'Search' });

/** The webhooks that are shown, from top to bottom, by the ends of their URLs. */
const shown = (page: Page) =>
  table(page)
    .getByRole('switch')
    .evaluateAll((switches) =>
      switches.map((each) => each.getAttribute('aria-label')?.split('/').at(-1)).join(' '),
    );

async function createFour(api: Api) {
  await api.createWebhook({ target_url: 'https://example.org/d', description: 'Status page' });
  await api.createWebhook({
    target_url: 'https://example.org/c',
    enabled: false,
    project_names_filter: ['checkout*'],
  });
  await api.createWebhook({
    target_url: 'https://hooks.slack.com/services/T01/B01/secretsecretwxyz',
    kind: 'SLACK',
  });
  await api.createWebhook({ target_url: 'https://example.org/a' });
}

test('search, filters and order stand in the address, and stay there', async ({ page, api }) => {
  await createFour(api);
  await page.goto('/');
  await expect.poll(() => shown(page)).toBe('a …wxyz c d');

  await test.step('typing replaces the address', async () => {
    const length = await page.evaluate(() => history.length);
    await searchField(page).pressSequentially('status');
    await expect.poll(() => shown(page)).toBe('d');
    await expect(page).toHaveURL(/\?q=status$/);
    expect(await page.evaluate(() => history.length)).toBe(length);
    await searchField(page).fill('CHECKOUT');
    await expect.poll(() => shown(page)).toBe('c');
    await searchField(page).fill('https://hooks.slack.com/services/T01/B01/secretsecretwxyz');
    await expect.poll(() => shown(page)).toBe('…wxyz');
    await searchField(page).press('Escape');
    await expect(searchField(page)).toHaveValue('');
    await expect(page).toHaveURL(/\/webhook$/);
  });

  await test.step('so do filters and order, and a reload keeps them', async () => {
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('Standard');
    await page.getByRole('combobox', { name: 'State' }).selectOption('Enabled');
    await page.getByRole('combobox', { name: 'Order' }).selectOption('By URL');
    await searchField(page).fill('example');
    await expect(page).toHaveURL(/\?kind=STANDARD&state=enabled&sort=url&q=example$/);
    await expect.poll(() => shown(page)).toBe('a d');
    await page.reload();
    await expect.poll(() => shown(page)).toBe('a d');
    await expect(searchField(page)).toHaveValue('example');
    await expect(page.getByRole('combobox', { name: 'Kind' })).toHaveValue('STANDARD');
    await expect(page.getByText('2 of 4 webhooks').first()).toBeVisible();
  });

  await test.step('a dialog over the list keeps them, also over a reload, and so does Back', async () => {
    await page.getByRole('link', { name: 'Edit https://example.org/d' }).click();
    await expect(page).toHaveURL(/\/edit\?kind=STANDARD&state=enabled&sort=url&q=example$/);
    await page.reload();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page).toHaveURL(/\/webhook\?kind=STANDARD&state=enabled&sort=url&q=example$/);
    await page.getByRole('button', { name: 'Delete https://example.org/d' }).click();
    await expect(page).toHaveURL(/\/delete\?.*q=example$/);
    await page.goBack();
    await page.getByRole('link', { name: 'Add new' }).click();
    await expect(page).toHaveURL(/\/new\?.*q=example$/);
    await page.goBack();
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect.poll(() => shown(page)).toBe('a d');
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect(searchField(page)).toBeFocused();
    await expect(page).toHaveURL(/\/webhook\?sort=url$/);
    await expect.poll(() => shown(page)).toBe('a c d …wxyz');
  });

  await test.step('what does not exist is passed over', async () => {
    await page.goto(`${new URL(page.url()).pathname}?kind=TEAMS&state=odd&sort=up&health=ill`);
    await expect.poll(() => shown(page)).toBe('a …wxyz c d');
  });
});

test('what was just typed goes along when something is opened at once', async ({ page, api }) => {
  await createFour(api);
  await page.goto('/');
  await searchField(page).fill('status');
  await page.getByRole('link', { name: 'Edit https://example.org/d' }).click();
  await expect(page).toHaveURL(/\/edit\?q=status$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/webhook\?q=status$/);
  await expect.poll(() => shown(page)).toBe('d');
});
