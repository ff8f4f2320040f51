import type { Page } from '@playwright/test';

import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from './accessibility';
import { needs } from './needs';
import { expect, test } from './support';
import { toasts } from './toasts';

test.beforeEach(({ signIn }) => signIn());

const longUrl = `https://a-rather-long-host-name.internal.example.org/${'deployments/'.repeat(20)}end`;

for (const width of [360, 1440]) {
  // On a Qovery API once, where it is narrow: what is wide is the same.
  test.describe(`${width} px wide`, width === 360 ? {} : needs('looks'), () => {
    test.use({ viewport: { width, height: 800 } });

    async function check(page: Page) {
      await expectNoSidewaysScroll(page);
      await expectAccessibleInBothThemes(page);
    }

    test('signing in, and an address that does not exist', async ({ page, context }) => {
      await page.goto('/nowhere');
      await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
      await check(page);
      await context.clearCookies();
      await page.goto('/');
      await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
      await check(page);
    });

    test('first use', async ({ page }) => {
      await page.goto('/');
      await expect(page.getByText('No webhooks yet')).toBeVisible();
      await check(page);
    });

    test('the list, its texts short and long, and the question before deleting', async ({
      page,
      api,
      backEnd,
    }) => {
      await api.createWebhook({ target_url: 'https://example.org/x', enabled: false });
      await api.createWebhook({
        target_url: longUrl,
        description: 'Unbroken'.repeat(100),
        project_names_filter: Array.from({ length: 100 }, (_, i) => `${i}${'x'.repeat(200)}`),
        environment_types_filter: ['PRODUCTION', 'STAGING', 'DEVELOPMENT', 'PREVIEW'],
      });
      await page.goto('/');
      if (backEnd === 'embedded') await page.getByText('How deployment events get here').click();
      await expect(page.getByRole('row', { name: /long-host-name/ })).toBeVisible();
      await check(page);
      await page.getByRole('searchbox').fill('nothing'.repeat(50));
      await expect(page.getByRole('heading', { name: /^No webhook matches/ })).toBeVisible();
      await expectNoSidewaysScroll(page);
      await page.getByRole('searchbox').fill('');
      await page.getByRole('button', { name: /^Delete .*long-host-name/ }).click();
      await expect(page.getByRole('alertdialog')).toBeVisible();
      await check(page);
      await page.route('**/webhook/*', (route) => route.fulfill({ status: 500, json: {} }));
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await expect(page.getByRole('alertdialog')).toContainText('The server failed (500)');
      await check(page);
      await page.unroute('**/webhook/*');
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await expect(toasts(page)).toContainText('Webhook deleted');
      await check(page);
    });

    test('a list that cannot be loaded, that is out of date, and of no organization', async ({
      page,
      api,
    }) => {
      await api.createWebhook({ target_url: longUrl });
      const list = `/organization/${(await api.organization()).id}/settings/webhook`;
      let status = 400;
      await page.route('**/webhook', (route) =>
        status === 200 || route.request().resourceType() === 'document'
          ? route.fallback()
          : route.fulfill({ status, json: { title: 'No', detail: 'unreadable'.repeat(30) } }),
      );
      await page.clock.install();
      await page.goto(list);
      await expect(page.getByRole('heading', { name: 'Could not load' })).toBeVisible();
      await check(page);
      status = 404;
      await page.getByRole('button', { name: 'Try again' }).click();
      await expect(page.getByRole('heading', { name: 'There is no such org' })).toBeVisible();
      await check(page);
      status = 200;
      await page.reload();
      await expect(page.getByRole('row', { name: /long-host-name/ })).toBeVisible();
      status = 400;
      await page.clock.fastForward('01:00');
      await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
      await expect(page.getByText('What you see may be out of date.')).toBeVisible();
      await expect(page.getByRole('row', { name: /long-host-name/ })).toBeVisible();
      await check(page);
    });

    test('what may not be written', async ({ page, api }) => {
      await api.createWebhook({ target_url: longUrl });
      await page.goto('/');
      await page.route('**/webhook/*', (route) => route.fulfill({ status: 403, json: {} }));
      await page.getByRole('switch').click();
      await expect(page.getByText('has refused changes')).toBeVisible();
      await page.getByRole('checkbox', { name: /^Select http/ }).check();
      await check(page);
      await page.getByRole('link', { name: /^Edit/ }).click();
      await expect(page.getByRole('dialog').getByText('has refused changes')).toBeVisible();
      await check(page);
    });

    test(
      'a secret: replaced, shown, removed, and asked for again',
      needs('keptSecret'),
      async ({ page, api }) => {
        await api.createWebhook({ target_url: 'https://example.org/x', target_secret: 'secret' });
        await page.goto('/');
        await page.getByRole('link', { name: /^Edit/ }).click();
        const dialog = page.getByRole('dialog', { name: 'Edit webhook' });
        await dialog.getByRole('button', { name: 'Replace' }).click();
        await dialog.getByRole('button', { name: 'Update' }).click();
        await expect(dialog.getByLabel(/^Secret/)).toHaveAccessibleDescription(/Enter the new/);
        await check(page);
        await dialog.getByRole('button', { name: 'Generate' }).click();
        await expect(dialog.getByRole('button', { name: 'Hide the secret' })).toBeVisible();
        await expectNoSidewaysScroll(page);
        await dialog.getByRole('button', { name: 'Remove the secret' }).click();
        await expect(dialog.getByText('The secret will be removed.')).toBeVisible();
        await check(page);
        await dialog.getByRole('button', { name: 'Undo' }).click();
        await dialog.getByRole('textbox', { name: 'URL' }).fill('https://example.net/x');
        await dialog.getByRole('button', { name: 'Update' }).click();
        await expect(dialog.getByLabel(/^Secret/)).toHaveAccessibleDescription(/remove the secret/);
        await check(page);
      },
    );

    test(
      'the form, empty, filled in and with mistakes',
      needs('keptSecret'),
      async ({ page, api }) => {
        await api.createWebhook({ target_url: longUrl, target_secret: 'secret', kind: 'SLACK' });
        await page.goto('/');
        await page.getByRole('link', { name: 'Add new' }).click();
        const create = page.getByRole('button', { name: 'Create' });
        await expect(create).toBeVisible();
        await check(page);
        await create.click();
        await expect(page.getByText('One field needs attention.')).toBeVisible();
        await check(page);
        await page.keyboard.press('Escape');
        await page.getByRole('link', { name: /^Edit/ }).click();
        await expect(page.getByText('A secret is set.')).toBeVisible();
        await page.getByRole('textbox', { name: 'URL' }).fill('http://example.org');
        await page.getByRole('combobox', { name: 'Project name filter' }).fill('a*,b\n');
        await page.getByRole('tab', { name: 'Headers' }).click();
        await check(page);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('alertdialog')).toBeVisible();
        await check(page);
      },
    );
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  test('the whole way: add, toggle, edit, delete, sign out', async ({ page, api }) => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Add new' }).tap();
    await page.getByRole('textbox', { name: 'URL' }).fill('https://example.org/phone');
    await page.getByRole('button', { name: 'Create' }).tap();
    const row = page.getByRole('row', { name: /phone/ });
    await row.getByRole('switch').tap();
    await expect.poll(async () => (await api.listWebhooks())[0]?.enabled).toBe(false);
    await row.getByRole('link', { name: /^Edit/ }).tap();
    await page.getByRole('textbox', { name: 'Description' }).fill('From the train');
    await page.getByRole('button', { name: 'Update' }).tap();
    await expect(row).toContainText('From the train');
    await row.getByRole('button', { name: /^Delete/ }).tap();
    await page.getByRole('button', { name: 'Delete', exact: true }).tap();
    await expect(page.getByText('No webhooks yet')).toBeVisible();
    await page.getByRole('button', { name: 'Menu' }).tap();
    await expectAccessibleInBothThemes(page);
    await page.getByRole('button', { name: 'Sign out' }).tap();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  });
});

test('the theme follows the system, or the choice, also after a reload', async ({ page }) => {
  const canvas = page.locator('html');
  const [light, dark] = ['rgb(247, 247, 249)', 'rgb(17, 18, 22)'];
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  await expect(canvas).toHaveCSS('background-color', light);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(canvas).toHaveCSS('background-color', dark);
  await page.getByRole('radio', { name: 'Light' }).check();
  await expect(canvas).toHaveCSS('background-color', light);
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Light' })).toBeChecked();
  await expect(canvas).toHaveCSS('background-color', light);
  await page.getByRole('radio', { name: 'System' }).check();
  await expect(canvas).toHaveCSS('background-color', dark);
});
