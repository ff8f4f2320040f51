import type { Page } from '@playwright/test';

import { toWebhookRequest } from '../src/contract/webhook';
import type { Api } from './api';
import { deferred } from './deferred';
import { listen } from './read-aloud';
import { expect, test } from './support';

test.beforeEach(({ signIn }) => signIn());

const bar = (page: Page) => page.getByRole('region', { name: 'Selected webhooks' });

async function openList(page: Page, api: Api, count: number): Promise<void> {
  for (let i = 1; i <= count; i += 1) {
    await api.createWebhook({ target_url: `https://example.org/${i}` });
  }
  await page.goto('/');
  await expect(page.getByRole('switch').first()).toBeVisible();
}

test('how many are selected, from the first on', async ({ page, api }) => {
  await openList(page, api, 2);
  const heard = await listen(page);
  await page.getByRole('checkbox', { name: 'Select https://example.org/1' }).check();
  await expect.poll(heard).toContain('1 selected');
  await page.getByRole('checkbox', { name: 'Select https://example.org/2' }).check();
  await expect.poll(heard).toContain('2 selected');
});

test('how far an action on many is, in tenths, which stay until the next', async ({
  page,
  api,
}) => {
  await openList(page, api, 12);
  const writes = deferred();
  let asked = 0;
  await page.route('**/webhook/*', async (route) => {
    if (route.request().method() === 'PUT') asked += 1;
    if (asked > 3) await writes.promise;
    return route.fallback();
  });
  const heard = await listen(page);
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await bar(page).getByRole('button', { name: 'Disable' }).click();
  await expect(bar(page)).toContainText('Disabling 3 of 12 …');
  await expect.poll(heard).toContain('Disabling 2 of 12 …');
  await expect(page.getByRole('status').filter({ hasText: 'Disabling 2 of 12 …' })).toHaveCount(1);
  writes.resolve();
  await expect(bar(page)).toBeHidden();
});

test('in the form: what overlaps, and what is there already', async ({ page, api }) => {
  await openList(page, api, 1);
  await page.getByRole('link', { name: 'Add new' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add webhook' });
  const url = dialog.getByRole('textbox', { name: 'URL' });
  await expect(url).toBeFocused();
  const heard = await listen(page);
  const said = async () => (await heard()).join('\n');
  await url.fill('https://example.org/1');
  await expect.poll(said).toContain('Another webhook calls this URL');
  await dialog
    .getByRole('combobox', { name: 'Project name filter' })
    .pressSequentially('api,web,API,');
  await expect.poll(said).toContain('“API” is there already.');
});

test('in the form: that somebody else has saved the webhook', async ({ page, api }) => {
  const webhook = await api.createWebhook({ target_url: 'https://example.org/x' });
  await page.clock.install();
  await page.goto('/');
  await page.getByRole('link', { name: /^Edit/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit webhook' });
  const description = dialog.getByRole('textbox', { name: 'Description' });
  await description.fill('mine');
  const heard = await listen(page);
  await api.editWebhook(webhook.id, { ...toWebhookRequest(webhook), enabled: false });
  await page.clock.fastForward('01:00');
  await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
  await expect(dialog.getByText('Somebody else has saved this webhook.')).toBeVisible();
  await page.clock.fastForward('00:02');
  const said = async () => (await heard()).join('\n');
  await expect.poll(said).toContain('Somebody else has saved this webhook.');
});
