import { expectAccessibleInBothThemes } from './accessibility';
import { openAddForm } from './add-form';
import { needs } from './needs';
import { expect, test } from './support';
import { toasts } from './toasts';

test.beforeEach(({ signIn }) => signIn());

const slackUrl = 'https://hooks.slack.com/services/T/B/x';

test('a Slack URL suggests the kind, until one has chosen', async ({ page }) => {
  const dialog = await openAddForm(page);
  const url = dialog.getByRole('textbox', { name: 'URL' });
  const standard = dialog.getByRole('radio', { name: /Standard/ });
  await url.fill(' https://hooks.slack.com/services/T/B/x');
  await expect(dialog.getByRole('radio', { name: /Slack/ })).toBeChecked();
  await url.fill('https://example.org/hook');
  await expect(standard).toBeChecked();
  await url.fill('https://hooks.slack.com/services/T/B/x');
  await standard.check();
  await url.press('End');
  await url.pressSequentially('yz');
  await expect(standard).toBeChecked();
});

test('a kind that nobody has chosen follows the URL after a reload, too', async ({ page }) => {
  const dialog = await openAddForm(page);
  const slack = dialog.getByRole('radio', { name: /Slack/ });
  const url = dialog.getByRole('textbox', { name: 'URL' });
  await dialog.getByRole('textbox', { name: 'Description' }).fill('typed');
  await page.reload();
  await expect(dialog.getByRole('textbox', { name: 'Description' })).toHaveValue('typed');
  await url.fill(slackUrl);
  await expect(slack).toBeChecked();

  await test.step('but one that was chosen stays', async () => {
    await dialog.getByRole('radio', { name: /Standard/ }).check();
    await page.reload();
    await expect(url).toHaveValue(slackUrl);
    await url.fill(`${slackUrl}y`);
    await expect(slack).not.toBeChecked();
  });
  await test.step('until one starts over', async () => {
    await dialog.getByRole('button', { name: 'Start over' }).click();
    await expect(url).toHaveValue('');
    await url.fill(slackUrl);
    await expect(slack).toBeChecked();
  });
});

test('a Slack URL of a webhook that is edited offers the kind, and does not take it', async ({
  page,
  api,
}) => {
  await api.createWebhook({ target_url: 'https://example.org/x' });
  await page.goto('/');
  await page.getByRole('link', { name: /^Edit/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit webhook' });
  const offer = dialog.getByRole('button', { name: 'Use kind Slack' });
  const url = dialog.getByRole('textbox', { name: 'URL' });
  await expect(url).toHaveValue('https://example.org/x');
  await expect(offer).toBeHidden();
  await url.fill(slackUrl);
  await expect(dialog.getByRole('radio', { name: /Standard/ })).toBeChecked();
  await expectAccessibleInBothThemes(page);
  await offer.press('Enter');
  await expect(dialog.getByRole('radio', { name: /Slack/ })).toBeChecked();
  await expect(dialog.getByRole('radio', { name: /Slack/ })).toBeFocused();
  await expect(offer).toBeHidden();
});

test('a URL is trimmed when it is pasted and when its field is left', async ({ page }) => {
  const dialog = await openAddForm(page);
  const url = dialog.getByRole('textbox', { name: 'URL' });
  await url.evaluate((input) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', `\n  https://hooks.slack.com/services/T/B/x \n`);
    input.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  });
  await expect(url).toHaveValue(slackUrl);
  await expect(dialog.getByRole('radio', { name: /Slack/ })).toBeChecked();
  await url.fill('  https://example.org/hook ');
  await url.press('Tab');
  await expect(url).toHaveValue('https://example.org/hook');
});

test('nothing is said of a field before it was left once', async ({ page }) => {
  const dialog = await openAddForm(page);
  const url = dialog.getByRole('textbox', { name: 'URL' });
  await url.pressSequentially('ftp');
  await expect(url).toHaveValue('ftp');
  await expect(url).not.toHaveAttribute('aria-invalid', 'true');
  await url.press('Tab');
  await expect(url).toHaveAccessibleDescription(/must start with http/);
  await url.fill('https://example.org');
  await expect(url).not.toHaveAttribute('aria-invalid', 'true');
});

test(
  'what the API noticed is said after saving, and at the field until the URL changes',
  needs('warnings'),
  async ({ page }) => {
    const dialog = await openAddForm(page);
    await page.clock.install();
    await dialog.getByRole('textbox', { name: 'URL' }).fill('http://10.0.0.1/hook');
    await expect(dialog.getByText(/Plain http/)).toBeVisible();
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect(toasts(page)).toContainText('Webhook created, with a warning');
    await expect(toasts(page)).toContainText('private address');

    // The list, loaded anew, tells no warnings.
    const loaded = page.waitForResponse((response) => response.url().endsWith('/webhook'));
    await page.clock.fastForward('01:00');
    await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
    await loaded;
    await page.getByRole('link', { name: /^Edit/ }).click();
    const edit = page.getByRole('dialog', { name: 'Edit webhook' });
    const url = edit.getByRole('textbox', { name: 'URL' });
    await expect(url).toHaveAccessibleDescription(/private address/);
    await expect(url).toHaveAccessibleDescription(/Plain http/);
    await expectAccessibleInBothThemes(page);
    await url.fill('https://example.org/hook');
    await expect(url).not.toHaveAccessibleDescription(/private address/);
  },
);
