import type { Page, Route } from '@playwright/test';

import { webhookPath, webhooksPath } from '../src/contract/api-paths';
import type { Api } from './api';
import { deferred } from './deferred';
import { holdBack, isWrite } from './hold-back';
import { expect, test } from './support';

test.beforeEach(({ signIn }) => signIn());

const editDialog = (page: Page) => page.getByRole('dialog', { name: 'Edit webhook' });

/** Makes the page look again, as it does when one comes back to its window. */
async function comeBack(page: Page) {
  await page.clock.fastForward('01:00');
  await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
}

/** Holds back the next load of the list, whose answer is taken now; gives what lets it through. */
async function holdNextList(page: Page, api: Api) {
  const { id } = await api.organization();
  const { promise: asked, resolve: isAsked } = deferred();
  const { promise: released, resolve: release } = deferred();
  const path = `**${webhooksPath(id)}`;
  let held = false;
  await page.route(path, async (route: Route) => {
    if (held || route.request().method() !== 'GET') return route.fallback();
    held = true;
    const response = await route.fetch({ maxRetries: 2 });
    isAsked();
    await released;
    return route.fulfill({ response }).catch(() => undefined);
  });
  return { asked, release };
}

test('a list that was loading before a save does not undo it', async ({ page, api }) => {
  await api.createWebhook({ target_url: 'https://example.org/old' });
  await page.clock.install();
  await page.goto('/');
  await page.getByRole('link', { name: 'Add new' }).click();
  await page.getByRole('textbox', { name: 'URL' }).fill('https://example.org/new');
  const { asked, release } = await holdNextList(page, api);
  await comeBack(page);
  await asked;
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('row', { name: /new/ })).toBeVisible();
  release();
  await page.getByRole('button', { name: /^Delete .*old/ }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByRole('row', { name: /example.org/ })).toHaveCount(1);
  await expect(page.getByRole('row', { name: /new/ })).toBeVisible();
});

test('a toggle while the list is loading shows what others have added all the same', async ({
  page,
  api,
}) => {
  await api.createWebhook({ target_url: 'https://example.org/mine' });
  await page.clock.install();
  await page.goto('/');
  await expect(page.getByRole('row', { name: /mine/ })).toBeVisible();
  await api.createWebhook({ target_url: 'https://example.org/theirs' });
  const { asked, release } = await holdNextList(page, api);
  await comeBack(page);
  await asked;
  await page.getByRole('switch').click();
  release();
  await expect(page.getByRole('row', { name: /theirs/ })).toBeVisible();
  await expect(page.getByRole('switch', { name: /mine/ })).not.toBeChecked();
});

test('a toggle on its way is not mistaken for somebody else', async ({ page, api }) => {
  const { id } = await api.createWebhook({ target_url: 'https://example.org/x' });
  const organization = await api.organization();
  const release = await holdBack(page, `**${webhookPath(organization.id, id)}`, isWrite);
  await page.goto('/');
  await page.getByRole('switch').click();
  await page.getByRole('link', { name: /^Edit/ }).click();
  await expect(page.getByRole('status', { name: 'Loading' })).toBeVisible();
  release();
  const dialog = editDialog(page);
  await dialog.getByRole('textbox', { name: 'Description' }).fill('after the toggle');
  await dialog.getByRole('button', { name: 'Update' }).click();
  await expect(dialog).toBeHidden();
  expect(await api.listWebhooks()).toMatchObject([
    { description: 'after the toggle', enabled: false },
  ]);
});

test('kinds and events that a newer API knows survive an edit', async ({ page, api }) => {
  const { id } = await api.organization();
  const newer = {
    id: '11111111-1111-4111-8111-111111111111',
    created_at: '2026-01-01T00:00:00Z',
    kind: 'TEAMS',
    target_url: 'https://example.org/x',
    enabled: true,
    events: ['DEPLOYMENT_FAILURE', 'ROLLBACK'],
    environment_types_filter: ['QA'],
    version: 1,
  };
  const saved: unknown[] = [];
  await page.route(`**${webhooksPath(id)}`, (route) =>
    route.fulfill({ json: { results: [newer] } }),
  );
  await page.route(`**${webhookPath(id, newer.id)}`, (route) => {
    saved.push(route.request().postDataJSON());
    return route.fulfill({ json: { ...newer, version: 2 } });
  });
  await page.goto('/');
  await page.getByRole('link', { name: /^Edit/ }).click();
  const dialog = editDialog(page);
  await dialog.getByRole('textbox', { name: 'Description' }).fill('changed');
  await dialog.getByRole('checkbox', { name: 'All', exact: true }).check();
  await dialog.getByRole('button', { name: 'Update' }).click();
  await expect(dialog).toBeHidden();
  expect(saved).toMatchObject([
    { kind: 'TEAMS', environment_types_filter: ['QA'], description: 'changed' },
  ]);
  expect(JSON.stringify(saved)).toContain('ROLLBACK');
});
