import type { Page } from '@playwright/test';

import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from './accessibility';
import type { Api } from './api';
import { deferred } from './deferred';
import { holdBack } from './hold-back';
import { needs } from './needs';
import { expect, test } from './support';
import { toasts } from './toasts';

test.beforeEach(({ signIn }) => signIn());

const bar = (page: Page) => page.getByRole('region', { name: 'Selected webhooks' });
const url = (name: string) => `https://example.org/${name}`;
const box = (page: Page, name: string) =>
  page.getByRole('checkbox', { name: `Select ${url(name)}` });

/** Makes these webhooks and opens the list, which shows them in the opposite order. */
async function openList(page: Page, api: Api, ...names: string[]): Promise<void> {
  for (const name of names) await api.createWebhook({ target_url: url(name) });
  await page.goto('/');
  // The newest stands first: on a phone the others may be out of sight.
  await expect(box(page, names.at(-1) ?? '')).toBeVisible();
}

/** Which webhooks are enabled, by the last part of their URLs. */
async function enabled(api: Api): Promise<string> {
  const webhooks = await api.listWebhooks();
  const names = webhooks.filter((each) => each.enabled).map((each) => each.target_url.slice(-1));
  return names.toSorted().join('');
}

/** Lets writes to one webhook fail until it is called. */
async function failWritesTo(page: Page, api: Api, name: string): Promise<() => Promise<void>> {
  const webhook = (await api.listWebhooks()).find((each) => each.target_url === url(name));
  const path = `**/webhook/${webhook?.id}`;
  await page.route(path, (route) => route.fulfill({ status: 500, json: {} }));
  return () => page.unroute(path);
}

test('a range with Shift is disabled at once, told by one toast, and taken back', async ({
  page,
  api,
}) => {
  await openList(page, api, 'a', 'b', 'c', 'd', 'e');
  await box(page, 'd').click();
  await box(page, 'b').click({ modifiers: ['Shift'] });
  await expect(bar(page)).toContainText('3 selected');
  await expect(page.getByRole('checkbox', { name: 'Select all' })).toHaveJSProperty(
    'indeterminate',
    true,
  );
  await bar(page).getByRole('button', { name: 'Disable' }).click();
  await expect(toasts(page)).toContainText('Disabled 3 webhooks');
  await expect(toasts(page)).toContainText('Events that happen meanwhile are not kept.');
  await expect(toasts(page).getByRole('button', { name: 'Undo' })).toHaveCount(1);
  await expect(bar(page)).toBeHidden();
  await expect(box(page, 'c')).not.toBeChecked();
  expect(await enabled(api)).toBe('ae');
  await toasts(page).getByRole('button', { name: 'Undo' }).click();
  await expect(toasts(page)).toContainText('Enabled 3 webhooks');
  expect(await enabled(api)).toBe('abcde');
});

test('by keys alone: a range, the question, and on from where one was', async ({ page, api }) => {
  await openList(page, api, 'a', 'b', 'c', 'd');
  await box(page, 'd').focus();
  await page.keyboard.press('ArrowDown');
  await expect(box(page, 'c')).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+Space');
  await expect(bar(page)).toContainText('3 selected');
  await page.keyboard.press('Enter');
  await expect(bar(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(bar(page)).toBeHidden();
  await expect(box(page, 'a')).toBeFocused();

  await page.getByRole('checkbox', { name: 'Select all' }).press('Space');
  await box(page, 'b').press('Space');
  await page.keyboard.press('Enter');
  await bar(page).getByRole('button', { name: 'Delete' }).press('Enter');
  const question = page.getByRole('alertdialog', { name: 'Delete 3 webhooks?' });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(question.getByRole('listitem')).toHaveText([url('d'), url('c'), url('a')]);
  await page.goBack();
  await expect(question).toBeHidden();
  await expect(bar(page)).toContainText('3 selected');
  await bar(page).getByRole('button', { name: 'Delete' }).press('Enter');
  await question.getByRole('button', { name: 'Delete 3 webhooks' }).press('Enter');
  await expect(toasts(page)).toContainText('Deleted 3 webhooks');
  await expect(box(page, 'b')).toBeVisible();
  expect(await enabled(api)).toBe('b');
});

test('what failed is named with its reason and can be tried again', async ({ page, api }) => {
  await openList(page, api, 'a', 'b', 'c');
  const mend = await failWritesTo(page, api, 'b');
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await bar(page).getByRole('button', { name: 'Disable' }).click();
  await expect(bar(page)).toContainText('Disabled 2 of 3 webhooks');
  const failed = bar(page).getByRole('list', { name: 'What failed' }).getByRole('listitem');
  await expect(failed).toHaveCount(1);
  await expect(failed).toContainText(`${url('b')}The server failed (500)`);
  await expect(page.getByRole('switch', { name: `Enable ${url('b')}` })).toBeChecked();
  await expect(box(page, 'b')).toBeChecked();
  await expect(box(page, 'a')).not.toBeChecked();
  await mend();
  await bar(page).getByRole('button', { name: 'Try again' }).click();
  await expect(toasts(page)).toContainText('Disabled 1 webhook');
  await expect(bar(page)).toBeHidden();
  expect(await enabled(api)).toBe('');
});

test('progress is told, and a stop leaves the rest as it is', async ({ page, api }) => {
  await openList(page, api, 'a', 'b', 'c', 'd', 'e', 'f', 'g');
  const { promise: released, resolve: release } = deferred();
  let held = 0;
  await page.route('**/webhook/*', async (route) => {
    if (route.request().method() === 'PUT') held += 1;
    if (held > 2) await released;
    return route.fallback();
  });
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await bar(page).getByRole('button', { name: 'Disable' }).click();
  const progress = bar(page).getByRole('progressbar', { name: 'Disabling webhooks' });
  await expect(bar(page)).toContainText('Disabling 2 of 7 …');
  await expect(progress).toHaveAttribute('value', '2');
  await bar(page).getByRole('button', { name: 'Stop' }).click();
  await expect(bar(page)).toContainText('Stopping after what is under way.');
  release();
  await expect(bar(page)).toContainText('Disabled 6 of 7 webhooks');
  await expect(bar(page)).toContainText('1 was not started.');
  expect(await enabled(api)).toBe('a');
  await bar(page).getByRole('button', { name: 'Close' }).click();
  await expect(bar(page)).toContainText('1 selected');
});

test(
  'progress stays while the list waits for the health that it is to go by',
  needs('health'),
  async ({ page, api }) => {
    const sendHealth = await holdBack(page, '**/webhook-health');
    const sendWrites = await holdBack(page, '**/webhook/*');
    await openList(page, api, 'a', 'b', 'c', 'd', 'e');
    await page.getByRole('checkbox', { name: 'Select all' }).check();
    await bar(page).getByRole('button', { name: 'Disable' }).click();
    const progress = bar(page).getByRole('progressbar', { name: 'Disabling webhooks' });
    await expect(progress).toBeVisible();
    await page.getByRole('combobox', { name: 'Order' }).selectOption('Worst health first');
    await expect(page.getByRole('status', { name: 'Loading the webhooks' })).toBeVisible();
    await expect(progress).toBeVisible();
    sendHealth();
    await expect(page.getByRole('table', { name: 'Webhooks' })).toBeVisible();
    await expect(progress).toBeVisible();
    await bar(page).getByRole('button', { name: 'Stop' }).click();
    sendWrites();
    await expect(bar(page)).toContainText('Disabled 4 of 5 webhooks');
    await expect(bar(page)).toContainText('1 was not started.');
  },
);

test('what is selected and not shown is counted, and what is gone is not', async ({
  page,
  api,
}) => {
  await openList(page, api, 'a', 'b', 'c');
  const [first] = await api.listWebhooks();
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await page.getByRole('searchbox').fill('example.org/b');
  await expect(bar(page)).toContainText('3 selected · 2 not shown');
  await bar(page).getByRole('button', { name: 'Delete' }).click();
  const question = page.getByRole('alertdialog', { name: 'Delete 3 webhooks?' });
  await expect(question).toContainText('2 of them are not shown in the list now.');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await api.deleteWebhook(first?.id ?? '');
  await bar(page).getByRole('button', { name: 'Disable' }).click();
  await expect(toasts(page)).toContainText('Disabled 2 webhooks');
  await expect(toasts(page)).toContainText('1 does not exist any more.');
  await expect(bar(page)).toBeHidden();
});

for (const width of [360, 1440]) {
  test.describe(`${width} px wide`, needs('looks'), () => {
    test.use({ viewport: { width, height: 800 } });

    test('the bar, the question and the failures can be used by all', async ({ page, api }) => {
      const long = `${'deployments/'.repeat(20)}z`;
      await openList(page, api, 'a', long);
      await failWritesTo(page, api, long);
      await page.getByRole('checkbox', { name: 'Select all' }).check();
      await expect(bar(page)).toContainText('2 selected');
      await expectNoSidewaysScroll(page);
      await expectAccessibleInBothThemes(page);
      await bar(page).getByRole('button', { name: 'Delete' }).click();
      await expect(page.getByRole('alertdialog')).toBeVisible();
      await expectAccessibleInBothThemes(page);
      await page.getByRole('button', { name: 'Delete 2 webhooks' }).click();
      await expect(bar(page)).toContainText('Deleted 1 of 2 webhooks');
      await expectNoSidewaysScroll(page);
      await expectAccessibleInBothThemes(page);
    });

    test('so can what is under way, with something failed already', async ({ page, api }) => {
      await openList(page, api, 'a', 'b', 'c', 'd', 'e', 'f');
      const sendWrites = await holdBack(page, '**/webhook/*');
      await failWritesTo(page, api, 'e');
      await page.getByRole('checkbox', { name: 'Select all' }).check();
      await bar(page).getByRole('button', { name: 'Disable' }).click();
      await expect(bar(page)).toContainText('Disabling 1 of 6 … 1 failed');
      await expectNoSidewaysScroll(page);
      await expectAccessibleInBothThemes(page);
      await bar(page).getByRole('button', { name: 'Stop' }).click();
      await expect(bar(page)).toContainText('Stopping after what is under way.');
      await expectNoSidewaysScroll(page);
      await expectAccessibleInBothThemes(page);
      sendWrites();
      await expect(bar(page)).toContainText('Disabled 4 of 6 webhooks');
    });
  });
}
