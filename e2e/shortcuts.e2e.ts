import { expectAccessibleInBothThemes } from './accessibility';
import { expect, test } from './support';

test.beforeEach(({ signIn }) => signIn());

test('n adds, / searches, ? lists the keys, Esc closes', async ({ page, api }) => {
  await api.createWebhook({ target_url: 'https://example.org/x' });
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook?q=example`);
  await expect(page.getByRole('row', { name: /example.org/ })).toBeVisible();
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  const search = page.getByRole('searchbox');

  await page.keyboard.press('?');
  await expect(keys).toBeVisible();
  await expect(page).toHaveTitle('Keyboard shortcuts · Webhook console');
  await expectAccessibleInBothThemes(page);
  await page.keyboard.press('n');
  await page.keyboard.press('Escape');
  await expect(keys).toBeHidden();
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await page.keyboard.type('n?/');
  await expect(search).toHaveValue('n?/');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');

  const add = page.getByRole('dialog', { name: 'Add webhook' });
  await page.getByRole('link', { name: 'Add new' }).focus();
  for (const key of ['Control+n', 'Alt+n', 'Meta+n', 'Shift+n']) await page.keyboard.press(key);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('n');
  await expect(add.getByRole('textbox', { name: 'URL' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(add).toBeHidden();
});

test('the mouse opens the list of keys too, and switches the single ones off for good', async ({
  page,
  api,
}) => {
  await api.createWebhook({ target_url: 'https://example.org/x' });
  await page.goto('/');
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  const choice = keys.getByRole('switch', { name: 'Single-key shortcuts' });
  await expect(choice).toBeChecked();
  await choice.click();
  await expect(choice).not.toBeChecked();
  await page.reload();
  await expect(choice).not.toBeChecked();
  await keys.getByRole('button', { name: 'Close' }).click();
  await expect(keys).toBeHidden();
  await expect(page.getByRole('row', { name: /example.org/ })).toBeVisible();
  for (const key of ['n', '/', '?']) await page.keyboard.press(key);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('searchbox')).not.toBeFocused();

  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await choice.click();
  await page.keyboard.press('Escape');
  await expect(keys).toBeHidden();
  await page.keyboard.press('n');
  await expect(page.getByRole('dialog', { name: 'Add webhook' })).toBeVisible();
});
