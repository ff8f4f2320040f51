import type { Page } from '@playwright/test';

import { expectAccessibleInBothThemes } from './accessibility';
import { openAddForm } from './add-form';
import { needs } from './needs';
import { expect, test } from './support';

test.beforeEach(({ signIn }) => signIn());

const dialogOf = (page: Page, name = 'Add webhook') => page.getByRole('dialog', { name });

test('bad input is refused at its field, and nothing typed is lost', async ({ page, api }) => {
  const dialog = await openAddForm(page);
  const url = dialog.getByRole('textbox', { name: 'URL' });
  const create = dialog.getByRole('button', { name: 'Create' });

  await create.click();
  await expect(url).toBeFocused();
  await expect(url).toHaveAccessibleDescription(/Enter the URL/);
  await expect(dialog.getByText('One field needs attention.')).toBeVisible();

  for (const [typed, message] of [
    ['ftp://example.org', /must start with http/],
    ['https://', /not a valid URL/],
    ['https://user:password@example.org', /user name or password/],
    [`https://example.org/${'x'.repeat(2029)}`, /longer than 2,048/],
  ] as const) {
    await url.fill(typed);
    await expect(url).toHaveAccessibleDescription(message);
    await create.click();
    await expect(url).toHaveValue(typed);
  }
  await url.fill(`https://example.org/${'x'.repeat(2028)}`);
  await expect(url).not.toHaveAttribute('aria-invalid', 'true');

  const description = dialog.getByRole('textbox', { name: 'Description' });
  await description.fill('ü'.repeat(1001));
  await create.click();
  await expect(description).toBeFocused();
  await expect(description).toHaveAccessibleDescription(/longer than 1,000/);
  await expect(description).toHaveValue('ü'.repeat(1001));
  await description.fill('ü'.repeat(1000));

  const secret = dialog.getByLabel(/^Secret/);
  for (const [typed, message] of [
    ['geheim€', /ASCII/],
    ['ends with a space ', /space/],
    ['x'.repeat(257), /256/],
    ['whsec_dG9vIHNob3J0', /24 to 64/],
  ] as const) {
    await secret.fill(typed);
    await create.click();
    await expect(secret).toHaveAccessibleDescription(message);
    await expect(secret).toHaveValue(typed);
  }
  await secret.fill('x'.repeat(256));

  await dialog.getByRole('checkbox', { name: 'All', exact: true }).uncheck();
  await create.click();
  await expect(dialog.getByRole('group', { name: 'Events' })).toContainText('at least one');
  await dialog.getByRole('checkbox', { name: /Deployment failed/ }).check();

  const projects = dialog.getByRole('combobox', { name: 'Project name filter' });
  await projects.fill('y'.repeat(251));
  await create.click();
  await expect(projects).toHaveAccessibleDescription(/longer than 250/);
  await dialog.getByRole('button', { name: `Remove ${'y'.repeat(251)}` }).click();
  await projects.fill(Array.from({ length: 101 }, (_, i) => `p${i}`).join(','));
  await create.click();
  await expect(projects).toHaveAccessibleDescription(/at most 100/);
  await dialog.getByRole('button', { name: 'Remove p100' }).click();

  await create.click();
  await expect(dialog).toBeHidden();
  expect(await api.listWebhooks()).toMatchObject([
    {
      target_url: `https://example.org/${'x'.repeat(2028)}`,
      description: 'ü'.repeat(1000),
      target_secret_set: true,
      events: ['DEPLOYMENT_FAILURE'],
    },
  ]);
});

test('what the API finds wrong lands at its field, or at the top', async ({ page }) => {
  const dialog = await openAddForm(page);
  await dialog.getByRole('textbox', { name: 'URL' }).fill('https://example.org/x');
  const problems = [
    {
      status: 400,
      json: { title: 'Bad', errors: [{ pointer: '/description', message: 'Too rude.' }] },
    },
    { status: 500, json: { title: 'Broken on purpose' } },
  ];
  await page.route('**/webhook', (route) =>
    route.request().method() === 'POST' && problems[0]
      ? route.fulfill(problems.shift() ?? {})
      : route.fallback(),
  );
  const create = dialog.getByRole('button', { name: 'Create' });
  await create.click();
  const description = dialog.getByRole('textbox', { name: 'Description' });
  await expect(description).toHaveAccessibleDescription('Too rude.');
  await expect(description).toBeFocused();
  await description.fill('Polite');
  await create.click();
  await expect(dialog).toContainText('Broken on purpose');
  await expectAccessibleInBothThemes(page);
  await create.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('row', { name: /example.org/ })).toContainText('Polite');
});

test('tags take what was typed, however it is ended', async ({ page, api }) => {
  const dialog = await openAddForm(page);
  await dialog.getByRole('textbox', { name: 'URL' }).fill('https://example.org/x');
  const projects = dialog.getByRole('combobox', { name: 'Project name filter' });
  await projects.fill('api');
  await projects.press('Enter');
  await projects.press('Enter');
  await projects.pressSequentially('Web*, API,');
  await projects.evaluate((input) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', 'billing\nauth\n\n');
    input.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  });
  await projects.fill('wrong');
  await projects.selectText();
  await projects.evaluate((input) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', 'one,two');
    input.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  });
  await projects.fill('typed');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog).toBeHidden();
  expect((await api.listWebhooks())[0]?.project_names_filter).toEqual([
    'api',
    'Web*',
    'billing',
    'auth',
    'one',
    'two',
    'typed',
  ]);
});

test(
  'the preview follows the form, by the sender’s own functions',
  needs('events'),
  async ({ page, receiver, api }) => {
    const dialog = await openAddForm(page);
    const body = dialog.getByRole('tabpanel');
    await expect(body).toContainText('"event_type": "DEPLOYMENT_STARTED"');
    await expect(body).toContainText('"name": "My organization"');
    await dialog.getByRole('checkbox', { name: 'Preview' }).check();
    await dialog.getByRole('combobox', { name: 'Project name filter' }).fill('check*');
    await dialog.getByRole('textbox', { name: 'URL' }).fill(receiver.url());
    await expect(body).toContainText('"mode": "PREVIEW"');
    await expect(body).toContainText('"name": "check"');
    await dialog
      .getByRole('combobox', { name: 'Event in the preview' })
      .selectOption('Deployment failed');
    await expect(body).toContainText('"event_type": "DEPLOYMENT_FAILURE"');

    await dialog.getByRole('tab', { name: 'Headers' }).click();
    await expect(body).toContainText('webhook-id: ');
    await expect(body).not.toContainText('webhook-signature');
    await dialog.getByRole('button', { name: 'Generate' }).click();
    const secret = await dialog.getByLabel(/^Secret/).inputValue();
    expect(secret).toMatch(/^whsec_.{44}$/);
    await expect(body).toContainText('webhook-signature: v1,•');
    await expect(body).not.toContainText(secret);

    await dialog.getByRole('tab', { name: 'Headers' }).press('ArrowLeft');
    await dialog.getByRole('radio', { name: /Slack/ }).check();
    await expect(body).toContainText('"text": "Deployment failed: check / main (Preview)"');

    const shown = JSON.parse(await body.innerText());
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect(dialog).toBeHidden();
    await api.postEvent({
      event_type: 'DEPLOYMENT_FAILURE',
      project: { name: 'check' },
      environment: { name: 'main', mode: 'PREVIEW' },
    });
    const received = JSON.parse((await receiver.waitFor()).body.toString());
    expect(received.text).toBe(shown.text);
    expect(received.blocks[1]).toEqual(shown.blocks[1]);
  },
);

test(
  'the secret is kept by an edit, asked for when the URL changes, and can be removed',
  needs('keptSecret'),
  async ({ page, api, receiver }) => {
    await api.createWebhook({ target_url: receiver.url('/a'), target_secret: 'first' });
    await page.goto('/');
    const edit = page.getByRole('link', { name: /^Edit/ });
    const dialog = dialogOf(page, 'Edit webhook');
    const update = dialog.getByRole('button', { name: 'Update' });

    await edit.click();
    await dialog.getByRole('textbox', { name: 'URL' }).fill(receiver.url('/b'));
    const secret = dialog.getByLabel(/^Secret/);
    await expect(secret).toHaveAccessibleDescription(/The URL has changed/);
    await update.click();
    await expect(secret).toBeFocused();
    await expect(secret).toHaveAccessibleDescription(/enter the secret for it, or remove/);
    await secret.fill('second');
    await update.click();
    await expect(dialog).toBeHidden();
    await api.postEvent();
    expect((await receiver.waitFor()).headers['qovery-secret']).toBe('second');

    await edit.click();
    await dialog.getByRole('button', { name: 'Replace' }).press('Enter');
    await expect(secret).toBeFocused();
    await dialog.getByRole('button', { name: 'Keep the one that is set' }).press('Enter');
    await expect(dialog.getByRole('button', { name: 'Replace' })).toBeFocused();
    await dialog.getByRole('button', { name: 'Remove' }).press('Enter');
    await expect(dialog.getByText('The secret will be removed.')).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Undo' })).toBeFocused();
    await update.click();
    await expect(dialog).toBeHidden();
    expect((await api.listWebhooks())[0]?.target_secret_set).toBe(false);
    await api.postEvent();
    const [, unsigned] = await receiver.waitForCount(2);
    expect(unsigned?.headers['webhook-signature']).toBeUndefined();
  },
);

test('a form that cannot be loaded says so, and the list stays', async ({ page, api }) => {
  await api.createWebhook({ target_url: 'https://example.org/x' });
  await page.route('**/assets/webhook-dialogs-*.js', (route) => route.abort());
  await page.goto('/');
  await page.getByRole('link', { name: 'Add new' }).click();
  const dialog = dialogOf(page);
  await expect(dialog.getByText('This part could not be loaded')).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByRole('row', { name: /example.org/ })).toBeVisible();
  await page.unroute('**/assets/webhook-dialogs-*.js');
  await page.getByRole('link', { name: 'Add new' }).click();
  await dialog.getByRole('button', { name: 'Reload the page' }).click();
  await expect(dialog.getByRole('textbox', { name: 'URL' })).toBeVisible();
});
