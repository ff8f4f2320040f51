import type { Page, Route } from '@playwright/test';

import type { Api } from './api';
import { deferred } from './deferred';
import { expect, test } from './support';
import { toasts } from './toasts';

test.beforeEach(({ signIn }) => signIn());

const switchOf = (page: Page, name: string) =>
  page.getByRole('switch', { name: `Enable https://example.org/${name}` });

/** Whether the API has a webhook enabled, by the last part of its URL. */
async function isEnabled(api: Api, name: string) {
  const url = `https://example.org/${name}`;
  return (await api.listWebhooks()).find(({ target_url }) => target_url === url)?.enabled;
}

/** Does something with every write to a webhook before it gets through. */
async function onWrite(page: Page, first: (route: Route) => Promise<void> | void) {
  await page.route('**/webhook/*', async (route) => {
    if (route.request().method() === 'PUT') await first(route);
    return route.fallback();
  });
}

test('answers at once, while the API takes its time', async ({ page, api }) => {
  await api.createWebhook({ target_url: 'https://example.org/x' });
  const { promise: released, resolve: release } = deferred();
  await onWrite(page, () => released);
  await page.goto('/');
  await switchOf(page, 'x').click();
  await expect(switchOf(page, 'x')).not.toBeChecked();
  await expect(switchOf(page, 'x')).toBeFocused();
  expect(await isEnabled(api, 'x')).toBe(true);
  await expect(toasts(page)).toBeHidden();
  release();
  await expect.poll(() => isEnabled(api, 'x')).toBe(false);
  await expect(toasts(page)).toContainText('Disabled');
  await expect(switchOf(page, 'x')).not.toBeChecked();
});

test('goes back if the API refuses, with a toast that says why', async ({ page, api }) => {
  await api.createWebhook({ target_url: 'https://example.org/x' });
  const { promise: released, resolve: release } = deferred();
  await page.route('**/webhook/*', async (route) => {
    await released;
    const json = { title: 'Bad request', detail: 'The URL is not allowed any more.' };
    await route.fulfill({ status: 400, json });
  });
  await page.goto('/');
  await switchOf(page, 'x').click();
  await expect(switchOf(page, 'x')).not.toBeChecked();
  release();
  await expect(toasts(page)).toContainText('Could not change the webhook');
  await expect(toasts(page)).toContainText('The URL is not allowed any more.');
  await expect(toasts(page)).not.toContainText('Disabled');
  await expect(switchOf(page, 'x')).toBeChecked();
});

for (const [clicks, ends] of [
  [2, true],
  [5, false],
] as const) {
  test(`${clicks} fast clicks end in the state last wanted`, async ({ page, api }) => {
    await api.createWebhook({ target_url: 'https://example.org/x' });
    const { promise: released, resolve: release } = deferred();
    let writes = 0;
    await onWrite(page, () => {
      writes += 1;
      return released;
    });
    await page.goto('/');
    await switchOf(page, 'x').click({ clickCount: clicks });
    await expect(switchOf(page, 'x')).toBeChecked({ checked: ends });
    await expect.poll(() => writes).toBe(1);
    release();
    await expect.poll(() => writes).toBe(clicks);
    await expect.poll(() => isEnabled(api, 'x')).toBe(ends);
    await expect(switchOf(page, 'x')).toBeChecked({ checked: ends });
    // Only what it has come to is told, not what was on the way.
    await expect(toasts(page).getByRole('listitem')).toHaveCount(ends ? 0 : 1);
  });
}

test('says what disabling means; Undo takes it back', async ({ page, api }) => {
  await api.createWebhook({ target_url: 'https://example.org/x' });
  await page.goto('/');
  await switchOf(page, 'x').click();
  await expect(toasts(page)).toContainText('Disabled');
  await expect(toasts(page)).toContainText('https://example.org/x');
  await expect(toasts(page)).toContainText('Events that happen meanwhile are not kept.');
  await expect.poll(() => isEnabled(api, 'x')).toBe(false);
  await toasts(page).getByRole('button', { name: 'Undo' }).click();
  await expect(switchOf(page, 'x')).toBeChecked();
  await expect.poll(() => isEnabled(api, 'x')).toBe(true);
  await expect(toasts(page)).toBeHidden();
  await expect(switchOf(page, 'x')).toBeChecked();
});

test('Undo goes along with the webhook', async ({ page, api }) => {
  await api.createWebhook({ target_url: 'https://example.org/x' });
  await page.goto('/');
  await switchOf(page, 'x').click();
  await expect(toasts(page).getByRole('button', { name: 'Undo' })).toBeVisible();
  await page.getByRole('button', { name: /^Delete/ }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(toasts(page)).toContainText('Webhook deleted');
  await expect(toasts(page).getByRole('button', { name: 'Undo' })).toHaveCount(0);
});

test('a row stays where it is, in any order and under any filter', async ({ page, api }) => {
  for (const name of ['c', 'a', 'd', 'b']) {
    await api.createWebhook({ target_url: `https://example.org/${name}` });
  }
  const shown = () =>
    page
      .getByRole('table', { name: 'Webhooks' })
      .getByRole('switch')
      .evaluateAll((all) => all.map((each) => each.ariaLabel?.at(-1)).join(''));
  const list = `/organization/${(await api.organization()).id}/settings/webhook`;
  for (const view of [
    '',
    '?sort=url',
    '?sort=updated',
    '?sort=health',
    '?q=example',
    '?health=none',
    '?state=enabled',
    '?kind=STANDARD&state=enabled&sort=updated',
  ]) {
    await test.step(view || 'as it is', async () => {
      await page.goto(list + view);
      await expect.poll(shown).toHaveLength(4);
      const order = await shown();
      // In the order of updates it would become the first.
      const last = order.at(-1) ?? '';
      await switchOf(page, last).click();
      await expect(toasts(page)).toContainText('Disabled');
      expect(await isEnabled(api, last)).toBe(false);
      expect(await shown()).toBe(order);
      await toasts(page).getByRole('button', { name: 'Undo' }).click();
      await expect.poll(() => isEnabled(api, last)).toBe(true);
      expect(await shown()).toBe(order);
    });
  }
  await test.step('until one looks for something else', async () => {
    await switchOf(page, 'b').click();
    await expect.poll(() => isEnabled(api, 'b')).toBe(false);
    await page.getByRole('combobox', { name: 'State' }).selectOption('Disabled');
    await expect.poll(shown).toBe('b');
  });
});

test('a webhook that is gone meanwhile takes its row away, and only that', async ({
  page,
  api,
}) => {
  const { id } = await api.createWebhook({ target_url: 'https://example.org/x' });
  await api.createWebhook({ target_url: 'https://example.org/y' });
  await page.goto('/');
  await expect(switchOf(page, 'y')).toBeVisible();
  await api.deleteWebhook(id);
  await switchOf(page, 'x').click();
  await expect(toasts(page)).toContainText('not any more');
  await expect(switchOf(page, 'x')).toBeHidden();
  await expect(switchOf(page, 'y')).toBeChecked();
});
