import type { Page } from '@playwright/test';

import { capabilitiesPath, webhooksPath } from '../src/contract/api-paths';
import type { Api } from './api';
import { expectAccessibleInBothThemes } from './accessibility';
import { deferred } from './deferred';
import { needs } from './needs';
import { expect, test } from './support';
import { toasts } from './toasts';

test.beforeEach(({ signIn }) => signIn());

async function openList(page: Page, api: Api) {
  await api.createWebhook({ target_url: 'https://example.org/x' });
  await page.goto('/');
  await expect(page.getByRole('switch', { name: 'Enable https://example.org/x' })).toBeVisible();
}

/** Answers the next writes to a webhook with these, one after the other, and then lets them through. */
async function failWrites(page: Page, ...answers: Parameters<Fulfill>[0][]) {
  await page.route('**/webhook/*', (route) => {
    const answer = route.request().method() === 'GET' ? undefined : answers.shift();
    return answer ? route.fulfill(answer) : route.fallback();
  });
}
type Fulfill = Parameters<Parameters<Page['route']>[1]>[0]['fulfill'];

test('offline: the list stays and says so, and loads again by itself', async ({
  page,
  api,
  context,
}) => {
  await page.clock.install();
  await openList(page, api);
  await context.setOffline(true);
  await page.getByRole('switch').click();
  await expect(toasts(page)).toContainText('Could not change the webhook');
  await expect(toasts(page)).toContainText('You are offline.');
  await expect(page.getByRole('switch')).toBeChecked();
  await page.clock.fastForward('01:00');
  await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
  await page.clock.runFor(10_000);
  await expect(page.getByText('What you see may be out of date.')).toBeVisible();
  await expect(page.getByRole('row', { name: /example.org/ })).toBeVisible();
  await context.setOffline(false);
  await page.clock.runFor(1_000);
  await expect(page.getByText('What you see may be out of date.')).toBeHidden();
});

test('a session that ends: words, and back to the same place', async ({
  page,
  api,
  context,
  server,
}) => {
  await openList(page, api);
  const { id } = await api.organization();
  const place = `/organization/${id}/settings/webhook?q=example`;
  await page.goto(place);
  await expect(page.getByRole('switch')).toBeVisible();
  await context.clearCookies();
  await page.getByRole('switch').click();
  await expect(page).toHaveURL('/sign-in');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeFocused();
  await expect(page.getByRole('main')).toContainText('Your session has ended.');
  await expect(toasts(page)).toContainText('You are signed out. Sign in again.');
  await page.getByLabel('Administrator’s token').fill(server.adminToken);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(place);
  await expect(page.getByRole('switch')).toBeChecked();
});

test('403 says what is lacking', async ({ page, api }) => {
  await openList(page, api);
  const answer = { status: 403, json: { title: 'Forbidden', detail: 'The token is read-only.' } };
  await failWrites(page, answer);
  await page.getByRole('switch').click();
  const words = 'You may not do this. The token is read-only.';
  await expect(toasts(page)).toContainText(words);
  await expect(toasts(page).getByRole('button', { name: 'Try again' })).toHaveCount(0);
  await expect(page.getByRole('switch')).toBeChecked();
});

test('403: what would only be refused again is off and says why, until one comes back', async ({
  page,
  api,
}) => {
  await page.clock.install();
  await openList(page, api);
  const why = 'The API has refused changes in this organization. Reload the page to try again.';
  const mayNot = { status: 403, json: { title: 'Forbidden' } };
  await failWrites(page, mayNot);
  await page.getByRole('button', { name: /^Delete/ }).click();
  const question = page.getByRole('alertdialog');
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(question).toContainText('You may not do this.');
  await expect(question.getByRole('button', { name: 'Delete' })).toHaveAccessibleDescription(why);
  await question.getByRole('button', { name: 'Cancel' }).click();

  await test.step('on the list', async () => {
    await page.getByRole('checkbox', { name: 'Select all' }).check();
    const bar = page.getByRole('region', { name: 'Selected webhooks' });
    for (const control of [
      page.getByRole('button', { name: 'Add new' }),
      page.getByRole('switch'),
      page.getByRole('button', { name: /^Delete https/ }),
      bar.getByRole('button', { name: 'Enable' }),
      bar.getByRole('button', { name: 'Disable' }),
      bar.getByRole('button', { name: 'Delete' }),
    ]) {
      await expect(control).toHaveAttribute('aria-disabled', 'true');
      await expect(control).toHaveAccessibleDescription(why);
      await control.focus();
      await expect(control).toBeFocused();
      await page.keyboard.press('Enter');
    }
    await page.locator('h1').click();
    await page.keyboard.press('n');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.getByRole('alertdialog')).toBeHidden();
    await expect(page.getByRole('switch')).toBeChecked();
    await expectAccessibleInBothThemes(page);
  });

  await test.step('nor again what was refused in bulk', async () => {
    await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
    await failWrites(page, mayNot);
    const bar = page.getByRole('region', { name: 'Selected webhooks' });
    await bar.getByRole('button', { name: 'Disable' }).click();
    await expect(bar).toContainText('Disabled 0 of 1 webhook');
    await expect(bar.getByRole('button', { name: 'Try again' })).toHaveAccessibleDescription(why);
    await bar.getByRole('button', { name: 'Close' }).click();
  });

  await test.step('in the form, where one may still look', async () => {
    await page.getByRole('link', { name: /^Edit/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit webhook' });
    const update = dialog.getByRole('button', { name: 'Update' });
    await expect(update).toHaveAccessibleDescription(why);
    await expect(dialog.getByText(why)).toBeVisible();
    await expectAccessibleInBothThemes(page);
    await dialog.getByRole('textbox', { name: 'Description' }).fill('changed');
    await dialog.getByRole('textbox', { name: 'URL' }).press('Enter');
    await update.press('Enter');
    await expect(update).toBeFocused();
    expect((await api.listWebhooks())[0]?.description).toBe('');
  });

  await test.step('until the session is read again', async () => {
    await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
    const dialog = page.getByRole('dialog', { name: 'Edit webhook' });
    await expect(dialog.getByRole('button', { name: 'Update' })).toBeEnabled();
    await dialog.getByRole('button', { name: 'Update' }).click();
    await expect(dialog).toBeHidden();
    expect((await api.listWebhooks())[0]?.description).toBe('changed');
    await expect(page.getByRole('link', { name: 'Add new' })).toBeVisible();
  });
});

test(
  'an API that cannot say what it can do: the list is there, without health, and says so',
  needs('health'),
  async ({ page, api }) => {
    await api.createWebhook({ target_url: 'https://example.org/x' });
    let status = 500;
    await page.route(`**${capabilitiesPath()}`, (route) =>
      status === 500 ? route.fulfill({ status, json: {} }) : route.fallback(),
    );
    await page.goto('/');
    await expect(page.getByText('Health and past events are left out.')).toBeVisible();
    await expect(page.getByRole('row', { name: /example.org/ })).toBeVisible();
    await expect(page.getByRole('columnheader', { name: 'Health' })).toHaveCount(0);
    await expectAccessibleInBothThemes(page);
    status = 200;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('columnheader', { name: 'Health' })).toBeVisible();
    await expect(page.getByText('Health and past events are left out.')).toBeHidden();
  },
);

test('an API that takes a request and never answers is given up after a minute', async ({
  page,
  api,
}) => {
  await page.clock.install();
  await openList(page, api);
  const asked = deferred();
  await page.route('**/webhook/*', () => asked.resolve());
  await page.getByRole('switch').click();
  await asked.promise;
  await page.clock.fastForward('01:01');
  await expect(toasts(page)).toContainText('The API has not answered for a minute.');
  await expect(page.getByRole('switch')).toBeChecked();
});

test('429: what was wanted waits as long as the API asks, and then goes on by itself', async ({
  page,
  api,
}) => {
  await page.clock.install();
  await openList(page, api);
  const putOff = { status: 429, headers: { 'retry-after': '30' }, json: { title: 'Slow down' } };
  await test.step('a toggle', async () => {
    await failWrites(page, putOff);
    await page.getByRole('switch').click();
    await expect(toasts(page)).toContainText('Waits 30 seconds, then tries again by itself.');
    await expect(page.getByRole('switch')).not.toBeChecked();
    expect((await api.listWebhooks())[0]?.enabled).toBe(true);
    await page.clock.fastForward('00:31');
    await expect.poll(async () => (await api.listWebhooks())[0]?.enabled).toBe(false);
    await expect(toasts(page)).not.toContainText('Waits');
    await expect(page.getByRole('switch')).not.toBeChecked();
  });
  await test.step('the list', async () => {
    const { id } = await api.organization();
    const answers = [putOff];
    await page.route(`**${webhooksPath(id)}`, (route) => {
      const answer = answers.shift();
      return answer ? route.fulfill(answer) : route.fallback();
    });
    await page.reload();
    await expect(page.getByRole('main')).toContainText('Too many requests. Waits 30 seconds');
    await expectAccessibleInBothThemes(page);
    await page.clock.fastForward('00:31');
    await expect(page.getByRole('switch')).toBeVisible();
    await expect(page.getByRole('main')).not.toContainText('Too many requests');
  });
  await test.step('but not for an hour', async () => {
    await failWrites(page, { ...putOff, headers: { 'retry-after': '3600' } });
    await page.getByRole('switch').click();
    await expect(toasts(page)).toContainText('Too many requests. Try again in 60 minutes.');
    await expect(page.getByRole('switch')).not.toBeChecked();
  });
});

test('500: Try again does it again', async ({ page, api }) => {
  await openList(page, api);
  await failWrites(page, { status: 500, json: {} });
  await page.getByRole('switch').click();
  await expect(toasts(page)).toContainText('The server failed (500). Please try again.');
  await expect(page.getByRole('switch')).toBeChecked();
  await toasts(page).getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('switch')).not.toBeChecked();
  await expect.poll(async () => (await api.listWebhooks())[0]?.enabled).toBe(false);
});

test('what does not fit together is told in the form, and what is too large', async ({
  page,
  api,
}) => {
  await openList(page, api);
  await page.getByRole('link', { name: /^Edit/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit webhook' });
  await dialog.getByRole('textbox', { name: 'Description' }).fill('changed');
  await failWrites(
    page,
    { status: 409, json: { title: 'Conflict', detail: 'There is one already.' } },
    { status: 413, json: { title: 'Too large' } },
  );
  const update = dialog.getByRole('button', { name: 'Update' });
  await update.click();
  await expect(dialog.getByRole('alert').first()).toContainText('There is one already.');
  await update.click();
  await expect(dialog).toContainText('This is more than the API takes at once.');
  await update.click();
  await expect(dialog).toBeHidden();
});
