import type { Page } from '@playwright/test';

import { capabilitiesPath, webhookHealthPath, webhooksPath } from '../src/contract/api-paths';
import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from './accessibility';
import type { Api } from './api';
import { needs } from './needs';
import { expect, test } from './support';

test.beforeEach(({ signIn }) => signIn());

const table = (page: Page) => page.getByRole('table', { name: 'Webhooks' });
const searchField = (page: Page) => page.getByRole('searchbox', { name: 'Search' });

/** The webhooks that are shown, from top to bottom, by the ends of their URLs. */
const shown = (page: Page) =>
  table(page)
    .getByRole('switch')
    .evaluateAll((switches) =>
      switches.map((each) => each.getAttribute('aria-label')?.split('/').at(-1)).join(' '),
    );

async function createFour(api: Api) {
  await api.createWebhook({ target_url: 'https://example.org/d', description: 'Status page' });
  await api.createWebhook({
    target_url: 'https://example.org/c',
    enabled: false,
    project_names_filter: ['checkout*'],
  });
  await api.createWebhook({
    target_url: 'https://hooks.slack.com/services/T01/B01/secretsecretwxyz',
    kind: 'SLACK',
  });
  await api.createWebhook({ target_url: 'https://example.org/a' });
}

test('search, filters and order stand in the address, and stay there', async ({ page, api }) => {
  await createFour(api);
  await page.goto('/');
  await expect.poll(() => shown(page)).toBe('a …wxyz c d');

  await test.step('typing replaces the address', async () => {
    const length = await page.evaluate(() => history.length);
    await searchField(page).pressSequentially('status');
    await expect.poll(() => shown(page)).toBe('d');
    await expect(page).toHaveURL(/\?q=status$/);
    expect(await page.evaluate(() => history.length)).toBe(length);
    await searchField(page).fill('CHECKOUT');
    await expect.poll(() => shown(page)).toBe('c');
    await searchField(page).fill('https://hooks.slack.com/services/T01/B01/secretsecretwxyz');
    await expect.poll(() => shown(page)).toBe('…wxyz');
    await expect(page, 'a URL that is a secret stands in no address').toHaveURL(/\/webhook$/);
    await searchField(page).fill('hooks.slack.com/services/T01/B01/another-secret');
    await expect(
      page.getByText('No webhook matches "hooks.slack.com/services/…cret"'),
    ).toBeVisible();
    await searchField(page).blur();
    await expect(page).toHaveURL(/\/webhook$/);
    await searchField(page).press('Escape');
    await expect(searchField(page)).toHaveValue('');
    await expect(page).toHaveURL(/\/webhook$/);
  });

  await test.step('so do filters and order, and a reload keeps them', async () => {
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('Standard');
    await page.getByRole('combobox', { name: 'State' }).selectOption('Enabled');
    await page.getByRole('combobox', { name: 'Order' }).selectOption('By URL');
    await searchField(page).fill('example');
    await expect(page).toHaveURL(/\?kind=STANDARD&state=enabled&sort=url&q=example$/);
    await expect.poll(() => shown(page)).toBe('a d');
    await page.reload();
    await expect.poll(() => shown(page)).toBe('a d');
    await expect(searchField(page)).toHaveValue('example');
    await expect(page.getByRole('combobox', { name: 'Kind' })).toHaveValue('STANDARD');
    await expect(page.getByText('2 of 4', { exact: true })).toBeVisible();
  });

  await test.step('a dialog over the list keeps them, also over a reload, and so does Back', async () => {
    await page.getByRole('link', { name: 'Edit https://example.org/d' }).click();
    await expect(page).toHaveURL(/\/edit\?kind=STANDARD&state=enabled&sort=url&q=example$/);
    await page.reload();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page).toHaveURL(/\/webhook\?kind=STANDARD&state=enabled&sort=url&q=example$/);
    await page.getByRole('button', { name: 'Delete https://example.org/d' }).click();
    await expect(page).toHaveURL(/\/delete\?.*q=example$/);
    await page.goBack();
    await page.getByRole('link', { name: 'Add new' }).click();
    await expect(page).toHaveURL(/\/new\?.*q=example$/);
    await page.goBack();
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect.poll(() => shown(page)).toBe('a d');
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect(searchField(page)).toBeFocused();
    await expect(page).toHaveURL(/\/webhook\?sort=url$/);
    await expect.poll(() => shown(page)).toBe('a c d …wxyz');
  });

  await test.step('what does not exist is passed over', async () => {
    await page.goto(`${new URL(page.url()).pathname}?kind=TEAMS&state=odd&sort=up&health=ill`);
    await expect.poll(() => shown(page)).toBe('a …wxyz c d');
  });
});

test('what was just typed goes along when something is opened at once', async ({ page, api }) => {
  await createFour(api);
  await page.goto('/');
  await searchField(page).fill('status');
  await page.getByRole('link', { name: 'Edit https://example.org/d' }).click();
  await expect(page).toHaveURL(/\/edit\?q=status$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/webhook\?q=status$/);
  await expect.poll(() => shown(page)).toBe('d');
});

test(
  'the health of each webhook, kept current, and the list by it',
  needs('health'),
  async ({ page, api, receiver }) => {
    const { id } = await api.organization();
    await api.createWebhook({ target_url: receiver.url('/good') });
    await api.createWebhook({ target_url: receiver.url('/bad') });
    await api.createWebhook({ target_url: receiver.url('/never'), enabled: false });
    await api.createWebhook({ target_url: receiver.url('/gone') });
    receiver.behave(({ path }) => ({
      status: path === '/bad' ? 503 : path === '/gone' ? 410 : 204,
    }));
    await api.postEvent();
    const healthOf = async () => JSON.stringify(await api.call('GET', webhookHealthPath(id)));
    await expect.poll(healthOf).toMatch(/503.*410|410.*503/);
    await page.clock.install();
    await page.goto('/');
    const row = (name: string) => page.getByRole('row', { name: `/${name} ` });

    await test.step('in words beside the bars', async () => {
      await expect(row('good')).toContainText('100 % of 1 in 24 h');
      await expect(row('good').getByRole('img')).toHaveAccessibleName('Last attempt: 1 succeeded');
      await expect(row('bad')).toContainText(/Last failure just now: 503/);
      await expect(row('never')).toContainText('No deliveries yet');
      await expect(row('gone')).toContainText('Disabled by us: the receiver answered 410');
      await row('gone').getByRole('link', { name: /^Edit/ }).click();
      const form = page.getByRole('dialog', { name: 'Edit webhook' });
      await expect(form).toContainText('Disabled by us: the receiver answered 410');
      await form.getByRole('switch', { name: 'Enabled' }).click();
      await expect(form).not.toContainText('Disabled by us');
      await form.getByRole('switch', { name: 'Enabled' }).click();
      await form.getByRole('button', { name: 'Close' }).click();
      await expect(form).toBeHidden();
      await expectAccessibleInBothThemes(page);
    });

    await test.step('by filter and order', async () => {
      await page.getByRole('combobox', { name: 'Health' }).selectOption('Failing');
      await expect.poll(() => shown(page)).toBe('gone bad');
      await page.getByRole('combobox', { name: 'Health' }).selectOption('No deliveries');
      await expect.poll(() => shown(page)).toBe('never');
      await page.getByRole('button', { name: 'Clear' }).click();
      await page.getByRole('combobox', { name: 'Order' }).selectOption('Worst health first');
      await expect(page).toHaveURL(/\?sort=health$/);
      await expect.poll(() => shown(page)).toBe('gone bad good never');
    });

    await test.step('current, without moving a row', async () => {
      const lists: string[] = [];
      page.on('request', (request) => {
        if (request.url().endsWith(webhooksPath(id))) lists.push(request.url());
      });
      await page.route(`**${webhookHealthPath(id)}`, async (route) => {
        // The server may just be closing the connection that is taken for it.
        const response = await route.fetch({ maxRetries: 2 });
        const answer = (await response.json()) as { results: { last: number[] }[] };
        for (const each of answer.results) Object.assign(each, { last: [500], failed_24h: 7 });
        await route.fulfill({ json: answer });
      });
      await page.clock.runFor(16_000);
      await expect(row('good')).toContainText('13 % of 8 in 24 h');
      expect(await shown(page)).toBe('gone bad good never');
      expect(lists).toEqual([]);
    });
  },
);

test('an API that tells no health shows none, and is not asked', async ({ page, api }) => {
  await createFour(api);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.route(`**${capabilitiesPath()}`, (route) => route.fulfill({ status: 404, json: {} }));
  await page.goto('/');
  await expect.poll(() => shown(page)).toBe('a …wxyz c d');
  await expect(page.getByRole('columnheader', { name: 'Scope' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Health' })).toBeHidden();
  await expect(page.getByRole('combobox', { name: 'Health' })).toBeHidden();
  expect(asked).toContain(capabilitiesPath());

  await test.step('nor does an address that asks for it leave anything out', async () => {
    await page.goto(`${new URL(page.url()).pathname}?health=failing&sort=health`);
    await expect.poll(() => shown(page)).toBe('a …wxyz c d');
    await expect(page.getByText('4 webhooks', { exact: true }).first()).toBeVisible();
    await expect(page.getByText('4 of 4')).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Clear' })).toBeHidden();
    await expect(page.getByRole('combobox', { name: 'Order' })).toHaveValue('newest');
    await searchField(page).fill('foo');
    await expect(page.getByRole('main')).toContainText('URLs, descriptions and project names');
  });
  expect(asked).not.toContain(webhookHealthPath((await api.organization()).id));
});

test(
  'health that cannot be loaded is said, and the list is there',
  needs('health'),
  async ({ page, api }) => {
    await createFour(api);
    const { id } = await api.organization();
    await page.route(`**${webhookHealthPath(id)}`, (route) =>
      route.fulfill({ status: 400, json: {} }),
    );
    await page.goto(`/organization/${id}/settings/webhook?health=failing`);
    await expect(page.getByText('so the list does not go by it')).toBeVisible();
    await expect(page.getByText('4 webhooks', { exact: true }).first()).toBeVisible();
    await expect.poll(() => shown(page)).toBe('a …wxyz c d');
    await expect(page.getByText('Health could not be loaded')).toHaveCount(4);
  },
);

test('what others have changed shows up when one comes back', async ({ page, api, context }) => {
  const webhook = await api.createWebhook({ target_url: 'https://example.org/a' });
  await page.clock.install();
  await page.goto('/');
  await expect.poll(() => shown(page)).toBe('a');
  const other = await context.newPage();
  await other.goto('/');
  await other.getByRole('switch').click();
  await expect.poll(async () => (await api.listWebhooks())[0]?.enabled).toBe(false);
  await api.createWebhook({ target_url: 'https://example.org/b' });
  await page.clock.fastForward('00:10');
  await expect(page.getByRole('switch')).toBeChecked();
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect.poll(() => shown(page)).toBe('b a');
  await expect(
    page.getByRole('switch', { name: `Enable ${webhook.target_url}` }),
  ).not.toBeChecked();
});

for (const width of [360, 1440]) {
  test(`nothing found, ${width} px wide`, needs('looks'), async ({ page, api }) => {
    await page.setViewportSize({ width, height: 800 });
    await createFour(api);
    await page.goto('/');
    await searchField(page).fill('foo');
    const nothing = page.getByRole('heading', { name: 'No webhook matches "foo"' });
    await expect(nothing).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: '0 of 4 webhooks' })).toBeAttached();
    await expectNoSidewaysScroll(page);
    await expectAccessibleInBothThemes(page);
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(() => shown(page)).toBe('a …wxyz c d');
    await expectNoSidewaysScroll(page);
    await expectAccessibleInBothThemes(page);
  });
}

test('10,000 webhooks are searched like three', async ({ page, api, backEnd }) => {
  const { id } = await api.organization();
  const first = await api.createWebhook({ target_url: 'https://example.org/a' });
  const results = Array.from({ length: 10_000 }, (_, index) => ({
    ...first,
    id: String(index).padStart(5, '0'),
    target_url: `https://example.org/hooks/${index}`,
    description: index % 1000 === 7 ? 'Needle' : '',
  }));
  const health = results.map((webhook) => ({
    webhook_id: webhook.id,
    last: Array.from({ length: 20 }, (_, index) => (index % 4 === 0 ? 503 : 200)),
    succeeded_24h: 15,
    failed_24h: 5,
    last_failure: { at: first.created_at, status: 503, error: '' },
  }));
  await page.route(`**${webhooksPath(id)}`, (route) => route.fulfill({ json: { results } }));
  await page.route(`**${webhookHealthPath(id)}`, (route) =>
    route.fulfill({ json: { results: health } }),
  );
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('/');
  const told = backEnd === 'embedded' ? '75 % of 20 in 24 h' : 'https://example.org/hooks/9999';
  await expect(page.getByText(told).first()).toBeVisible();
  expect(await page.locator('*').count()).toBeLessThan(1500);
  await searchField(page).pressSequentially('needle');
  await expect(
    page.getByRole('status').filter({ hasText: '10 of 10,000 webhooks' }),
  ).toBeAttached();
  await expect.poll(() => shown(page)).toMatch(/^9007 8007 .* 7$/);

  // On a phone, too, a search moves nothing.
  await page.setViewportSize({ width: 360, height: 780 });
  const top = async () => (await page.getByRole('table').boundingBox())?.y;
  const searched = await top();
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.getByText('10,000 webhooks', { exact: true }).first()).toBeVisible();
  expect(await top()).toBe(searched);
});
