import type { Page } from '@playwright/test';

import { webhooksPath } from '../src/contract/api-paths';
import { expectAccessibleInBothThemes } from './accessibility';
import { holdBack } from './hold-back';
import { expect, test } from './support';
import { toasts } from './toasts';

const rows = (page: Page) => page.getByRole('table', { name: 'Webhooks' }).getByRole('row');

test.beforeEach(({ signIn }) => signIn());

test('the newest stands first', async ({ page, api }) => {
  await api.createWebhook({ target_url: 'https://example.org/first' });
  await api.createWebhook({ target_url: 'https://example.org/second' });
  await page.goto('/');
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).nth(1)).toContainText('https://example.org/second');
});

test('Back answers the question before deleting with no', async ({ page, api }) => {
  await api.createWebhook({ target_url: 'https://example.org/x' });
  await page.goto('/');
  await page.getByRole('button', { name: /^Delete/ }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await expect(page).toHaveTitle('Delete webhook · Webhook console');
  await page.goBack();
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await expect(page.getByRole('row', { name: /example.org/ })).toBeVisible();
});

test('a URL that is a secret is masked wherever it is shown, and copied whole', async ({
  page,
  api,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const target_url = 'https://hooks.slack.com/services/T0123/B0123/abcdefghwxyz';
  await api.createWebhook({ target_url, kind: 'SLACK' });
  await page.goto('/');
  const row = page.getByRole('row', { name: 'hooks.slack.com/services/…wxyz' });
  await expect(row).toBeVisible();
  await row.getByRole('button', { name: /^Copy the URL/ }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(target_url);
  await row.getByRole('button', { name: /^Delete/ }).click();
  await expect(page.getByRole('alertdialog')).toContainText('hooks.slack.com/services/…wxyz');
  expect(await page.content()).not.toContain('abcdefgh');
});

test('a webhook without filters stands out', async ({ page, api }) => {
  await api.createWebhook({ target_url: 'https://example.org/all' });
  await api.createWebhook({
    target_url: 'https://example.org/some',
    project_names_filter: ['api', 'web*'],
  });
  await page.goto('/');
  const warning = 'All projects, all environments';
  await expect(page.getByRole('row', { name: /example.org\/all/ })).toContainText(warning);
  const some = page.getByRole('row', { name: /example.org\/some/ });
  await expect(some).not.toContainText(warning);
  await expect(some).toContainText('All events · all environments · api, web*');
});

test('texts from outside are only texts', async ({ page, api }) => {
  const description = '<img src=x onerror="document.title=1"> & \u202eשלום 👩‍👩‍👧';
  await api.createWebhook({ target_url: 'https://example.org/x', description });
  await page.goto('/');
  await expect(page.getByText(description)).toBeVisible();
  await expect(page).toHaveTitle('Webhook · Webhook console');
});

test('a list that cannot be loaded says so and can be tried again', async ({ page, api }) => {
  await api.createWebhook({ target_url: 'https://example.org/x' });
  const { id } = await api.organization();
  let status = 500;
  await page.route(`**${webhooksPath(id)}`, (route) =>
    status === 200 ? route.fallback() : route.fulfill({ status, json: { title: 'No' } }),
  );
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Could not load the webhooks' })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  status = 200;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('row', { name: /example.org/ })).toBeVisible();

  await test.step('and what was loaded before stays', async () => {
    status = 500;
    await page.clock.install();
    await page.clock.fastForward('01:00');
    await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
    await page.clock.runFor(10_000);
    await expect(page.getByText('What you see may be out of date.')).toBeVisible();
    await expect(page.getByRole('row', { name: /example.org/ })).toBeVisible();
  });
});

test('the list waits in the shape of its rows', async ({ page, api }) => {
  const { id } = await api.organization();
  const goOn = await holdBack(page, `**${webhooksPath(id)}`);
  await page.goto('/');
  await expect(page.getByRole('status', { name: 'Loading the webhooks' })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  goOn();
  await expect(page.getByText('No webhooks yet')).toBeVisible();
});

test('the list is asked for while the console is loading, and only once', async ({ page, api }) => {
  const { id } = await api.organization();
  await api.createWebhook({ target_url: 'https://example.org/x' });
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/')) asked.push(pathname);
  });
  await page.goto(`/organization/${id}/settings/webhook`);
  const row = page.getByRole('row', { name: /example.org/ });
  await expect(row).toBeVisible();
  const once = asked.toSorted();
  expect(new Set(once).size).toBe(once.length);

  await test.step('before the scripts of the console are there', async () => {
    const sendScripts = await holdBack(page, '**/assets/*.js');
    const list = page.waitForRequest(`**${webhooksPath(id)}`);
    await page.reload({ waitUntil: 'commit' });
    await list;
    sendScripts();
    await expect(row).toBeVisible();
  });
});

test('a webhook that somebody else has deleted goes without a fuss', async ({ page, api }) => {
  const { id } = await api.createWebhook({ target_url: 'https://example.org/x' });
  await page.goto('/');
  await page.getByRole('button', { name: /^Delete/ }).click();
  await api.deleteWebhook(id);
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByText('No webhooks yet')).toBeVisible();
});

test('only the rows in view are in the document, and all can be reached', async ({ page, api }) => {
  for (let i = 0; i < 60; i += 1) {
    await api.createWebhook({ target_url: `https://example.org/hook/${i}` });
  }
  await page.goto('/');
  const table = page.getByRole('table', { name: 'Webhooks' });
  await expect(table).toHaveAttribute('aria-rowcount', '61');
  await expect(rows(page).nth(1)).toContainText('/hook/59');
  expect(await rows(page).count()).toBeLessThan(40);
  await page.keyboard.press('End');
  await expect(page.getByRole('row', { name: 'https://example.org/hook/0 ' })).toBeInViewport();
  await page.keyboard.press('Home');
  await expect(page.getByRole('row', { name: /hook\/59/ })).toBeInViewport();
});

test('the focus goes on from where something has gone', async ({ page, api }) => {
  for (const name of ['a', 'b', 'c']) {
    await api.createWebhook({ target_url: `https://example.org/${name}` });
  }
  await page.goto('/');
  const question = page.getByRole('alertdialog');
  const bin = (name: string) =>
    page.getByRole('button', { name: `Delete https://example.org/${name}` });
  // Newest first: to the next row, and from the last one to the one before.
  await bin('c').press('Enter');
  await question.getByRole('button', { name: 'Delete' }).press('Enter');
  await expect(bin('b')).toBeFocused();
  await bin('a').press('Enter');
  await question.getByRole('button', { name: 'Delete' }).press('Enter');
  await expect(bin('b')).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(question).toHaveAccessibleDescription(/https:\/\/example.org\/b/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  await expect(page.locator('#content')).toBeFocused();
  await page.getByRole('link', { name: 'Add new' }).press('Enter');
  await page.getByRole('textbox', { name: 'URL' }).fill('https://example.org/d');
  await page.getByRole('textbox', { name: 'URL' }).press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('link', { name: 'Add new' })).toBeFocused();
});

test('a toast over a dialog can be used, and is said once', async ({ page, api }) => {
  await api.createWebhook({ target_url: 'https://example.org/a' });
  await page.goto('/');
  await page.getByRole('switch').click();
  await expect(toasts(page)).toContainText('https://example.org/a');
  await page.getByRole('link', { name: 'Add new' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add webhook' });
  await expect(dialog).toBeVisible();
  await toasts(page).getByRole('button', { name: 'Dismiss' }).click();
  await expect(toasts(page)).toBeHidden();
  await expect(dialog).toBeVisible();
});

test('an address that does not exist says so', async ({ page, api }) => {
  await page.goto('/nowhere');
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.getByRole('link', { name: 'Go to the webhooks' }).click();
  await expect(page.getByText('No webhooks yet')).toBeVisible();
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${id}/edit`);
  await expect(page.getByText('This webhook does not exist')).toBeVisible();
  await expectAccessibleInBothThemes(page);
});
