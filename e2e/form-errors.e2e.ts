import type { Page } from '@playwright/test';

import { openAddForm } from './add-form';
import { expect, test } from './support';

test.beforeEach(({ signIn }) => signIn());

async function openForm(page: Page) {
  const dialog = await openAddForm(page);
  return {
    dialog,
    create: dialog.getByRole('button', { name: 'Create' }),
    url: dialog.getByRole('textbox', { name: 'URL' }),
    description: dialog.getByRole('textbox', { name: 'Description' }),
    secret: dialog.getByLabel(/^Secret/),
    events: dialog.getByRole('group', { name: 'Events' }),
    projects: dialog.getByRole('combobox', { name: 'Project name filter' }),
    /** What is read out to screen readers. */
    said: dialog.locator('footer').getByRole('alert'),
  };
}

test('the first bad field has the focus, all messages are announced, and each describes its field', async ({
  page,
  api,
}) => {
  const form = await openForm(page);
  await form.description.fill('x'.repeat(1001));
  await form.secret.fill('ends with a space ');
  await form.events.getByRole('checkbox', { name: 'All', exact: true }).uncheck();
  await form.projects.fill('y'.repeat(251));
  await form.create.click();
  await expect(form.url).toBeFocused();
  const messages = [
    [form.url, /Enter the URL/],
    [form.description, /longer than 1,000/],
    [form.secret, /space/],
    [form.events, /at least one/],
    [form.projects, /longer than 250/],
  ] as const;
  for (const [field, message] of messages) {
    await expect(field).toHaveAccessibleDescription(message);
    await expect(form.said).toContainText(message);
  }
  await expect(form.said).toHaveText(
    /^URL: .*Description: .*Secret: .*Events: .*Project name filter: /,
  );
  await expect(form.dialog.getByText('5 fields need attention.')).toBeVisible();

  await test.step('and so on, from the top to the bottom', async () => {
    await form.url.fill('https://example.org/x');
    await form.create.click();
    await expect(form.description).toBeFocused();
    await expect(form.said).toHaveText(/^Description: /);
    await form.description.fill('x');
    await form.create.click();
    await expect(form.secret).toBeFocused();
    await form.secret.fill('');
    await form.create.click();
    await expect(form.events.getByRole('checkbox', { name: /Deployment started/ })).toBeFocused();
    await form.events.getByRole('checkbox', { name: /Deployment failed/ }).check();
    await form.create.click();
    await expect(form.projects).toBeFocused();
    await form.dialog.getByRole('button', { name: /^Remove y/ }).click();
    await form.create.click();
    await expect(form.dialog).toBeHidden();
  });
  expect(await api.listWebhooks()).toHaveLength(1);
});

test('what the API finds wrong is announced too; the first of its fields has the focus', async ({
  page,
}) => {
  const form = await openForm(page);
  await form.url.fill('https://example.org/x');
  const errors = [
    { pointer: '/project_names_filter/0', message: 'No such project.' },
    { pointer: '/description', message: 'Too rude.' },
    { pointer: '/plan', message: 'Not in your plan.' },
  ];
  await page.route('**/webhook', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ status: 400, json: { title: 'Bad', detail: 'Look again.', errors } })
      : route.fallback(),
  );
  await form.projects.fill('shop');
  await form.create.click();
  await expect(form.description).toBeFocused();
  await expect(form.description).toHaveAccessibleDescription('Too rude.');
  await expect(form.projects).toHaveAccessibleDescription(/No such project\./);
  await expect(form.said).toHaveText(/^Description: Too rude\. Project name filter: .*No such/);
  await expect(form.dialog.getByRole('alert').filter({ hasText: 'Look again.' })).toBeVisible();
});
