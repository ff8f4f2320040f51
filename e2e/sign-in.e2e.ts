import { expectAccessibleInBothThemes } from './accessibility';
import { expect, test } from './support';

test('a link works once', async ({ page, api, context }) => {
  const code = await api.issueSignInCode();
  await page.goto(`/sign-in#code=${code}`);
  await expect(page.getByRole('banner').getByText('Signed in as admin').first()).toBeVisible();
  expect(page.url()).not.toContain(code);
  await page.goto('/sign-in');
  await expect(page).not.toHaveURL('/sign-in');
  await page.goto(`/sign-in#code=${code}`);
  await expect(page.getByText('No webhooks yet')).toBeVisible();

  await context.clearCookies();
  await page.goto('/sign-in');
  await page.goto(`/sign-in#code=${code}`);
  await expect(page.getByRole('main')).toContainText('was used already');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
});

test('a pasted token signs in and leads back to where one was going', async ({
  page,
  api,
  server,
}) => {
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/new`);
  await expect(page).toHaveURL('/sign-in');
  await expectAccessibleInBothThemes(page);

  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('Paste the token first.')).toBeVisible();
  const token = page.getByLabel('Administrator’s token');
  await expect(token).toBeFocused();
  await token.fill('not the token');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('main')).toContainText('The token is not valid.');
  await expectAccessibleInBothThemes(page);

  await token.fill(` ${server.adminToken}\n`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('dialog', { name: 'Add webhook' })).toBeVisible();
  await expect(page).toHaveURL(`/organization/${id}/settings/webhook/new`);
});

test('signing out ends the session', async ({ page, signIn }) => {
  await signIn();
  await page.goto('/');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.goto('/');
  await expect(page).toHaveURL('/sign-in');
});

test('a session survives a restart, in the browser too', async ({ page, signIn, server }) => {
  await signIn();
  await page.goto('/');
  await expect(page.getByRole('banner').getByText('Signed in as admin').first()).toBeVisible();
  await server.kill();
  await server.startAgain();
  await page.reload();
  await expect(page.getByRole('banner').getByText('Signed in as admin').first()).toBeVisible();
});

test('a sign-in link, too, leads back to where one was', async ({ page, api }) => {
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/new`);
  await expect(page.getByText('You will get back to where you were')).toBeVisible();
  await page.goto(`/sign-in#code=${await api.issueSignInCode()}`);
  await expect(page.getByRole('dialog', { name: 'Add webhook' })).toBeVisible();
});
