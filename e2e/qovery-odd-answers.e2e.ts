import type { Page } from '@playwright/test';

import { organizationsPath } from '../src/contract/api-paths';
import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from './accessibility';
import { expect, test } from './support';
import { toasts } from './toasts';

/* What of a Qovery API's answers is missing or cannot be read is said, and not passed over. */

test.beforeEach(({ signIn }) => signIn());

const created_at = '2025-03-01T08:30:00.123456Z';
const idOf = (last: string) => `6b6f9a10-0000-4000-8000-0000000000${last}`;

const delivery = (last: string, more: object = {}) => ({
  id: idOf(last),
  created_at,
  kind: 'SLACK',
  matched_event: 'DEPLOYMENT_FAILURE',
  target_url_used: 'https://hooks.slack.com/services/T0/B0/abcdwxyz',
  request: { text: 'Deployment failed' },
  target_response_status_code: 200,
  ...more,
});
const place = {
  payload: {
    project: { name: 'shop' },
    environment: { name: 'live', mode: 'PRODUCTION' },
  },
};

const rowHeights = (page: Page) =>
  page
    .getByRole('table', { name: 'Deliveries' })
    .getByRole('row')
    .evaluateAll((rows) => [
      ...new Set(rows.map((row) => row.getBoundingClientRect().height).filter((each) => each > 0)),
    ]);

test.describe('the log', () => {
  test('tells of a delivery what is known of it, and of what cannot be shown', async ({
    page,
    api,
    upstream,
  }) => {
    const { id: organizationId } = await api.organization();
    const { id } = await api.createWebhook({ target_url: 'https://example.org/x' });
    const nulls = Object.fromEntries(Object.keys(delivery('51')).map((name) => [name, null]));
    const odd = { ...nulls, id: idOf('52') };
    const rows = [{ ...delivery('51'), request: '<sent/>' }, odd, nulls];
    await upstream.control({ put: { events: { [id]: rows } } });
    await page.goto(`/organization/${organizationId}/settings/webhook/${id}`);
    const log = page.getByRole('table', { name: 'Deliveries' });
    await expect(log.getByRole('link')).toHaveCount(2);
    await expect(page.getByText('One delivery could not be read and is not shown.')).toBeVisible();
    await expect(log.getByRole('columnheader')).toHaveText(['Event and place', 'Result', 'Time']);
    await expect(log.getByRole('row', { name: 'Event not told' })).toContainText('Time not told');
    await expectAccessibleInBothThemes(page);

    await log.getByRole('link', { name: /failed/ }).click();
    await expect(page.getByRole('dialog')).toContainText('<sent/>');
    await page.keyboard.press('Escape');
    await log.getByRole('link', { name: /^Event not told/ }).click();
    await expect(page.getByRole('dialog', { name: 'Delivery: Event not told' })).toContainText(
      '(URL not told)',
    );
    await expectAccessibleInBothThemes(page);

    await upstream.control({ put: { events: { [id]: [nulls] } } });
    await page.goto(`/organization/${organizationId}/settings/webhook/${id}`);
    await expect(page.getByText('There is no other delivery')).toBeVisible();
    await expect(page.getByText('Nothing was sent yet')).toHaveCount(0);
  });

  test('on a phone: no line for places where no row has one, else one in all', async ({
    page,
    api,
    upstream,
  }) => {
    await page.setViewportSize({ width: 360, height: 780 });
    const { id: organizationId } = await api.organization();
    const { id } = await api.createWebhook({ target_url: 'https://example.org/x' });
    await upstream.control({ put: { events: { [id]: [delivery('51'), delivery('52')] } } });
    await page.goto(`/organization/${organizationId}/settings/webhook/${id}`);
    const log = page.getByRole('table', { name: 'Deliveries' });
    await expect(log.getByRole('link')).toHaveCount(2);
    expect(await rowHeights(page)).toEqual([68]);
    const withPlace = delivery('53', { kind: 'STANDARD', request: place });
    await upstream.control({ put: { events: { [id]: [withPlace, delivery('51')] } } });
    await expect(log).toContainText('shop / live (Production)');
    await expect(log).toContainText('Place not told');
    expect(await rowHeights(page)).toEqual([88]);
    await expectNoSidewaysScroll(page);
  });
});

test('a webhook that cannot be read is named in the list, and said to be there', async ({
  page,
  api,
  upstream,
}) => {
  const { id: organizationId } = await api.organization();
  const { id } = await api.createWebhook({ target_url: 'https://example.org/x' });
  const { contents } = await upstream.control();
  const rows = contents.webhooks[organizationId] ?? [];
  const odd = { ...rows[0], id: idOf('29'), events: 'all of them' };
  await upstream.control({ put: { webhooks: { [organizationId]: [...rows, odd] } } });
  const list = `/organization/${organizationId}/settings/webhook`;
  await page.goto(list);
  await expect(
    page.getByText(`One webhook could not be read and is not shown: ${odd.id}.`),
  ).toBeVisible();
  await page.goto(`${list}/${odd.id}`);
  const heading = page.getByRole('heading', { name: 'This webhook cannot be shown' });
  await expect(heading).toBeVisible();
  await expect(page.getByText('It was deleted')).toHaveCount(0);
  await page.goto(`${list}/${odd.id}/edit`);
  await expect(page.getByRole('dialog').and(page.getByLabel('Edit webhook'))).toContainText(
    'The API has it',
  );
  await page.goto(`${list}/${id.replace(/.$/, (last) => (last === '0' ? '1' : '0'))}`);
  await expect(page.getByText('It was deleted, or the address is mistyped.')).toBeVisible();
});

test('an organization without a name goes by its id', async ({ page, upstream }) => {
  const [first, second, third] = [idOf('01'), idOf('02'), idOf('03')];
  await upstream.control({
    put: {
      organizations: [
        { id: first, created_at, name: 'Acme' },
        { id: second, created_at, name: null },
        { id: third, created_at },
      ],
    },
  });
  await page.goto('/');
  await page.getByRole('button', { name: 'Organization: Acme' }).click();
  await expect(page.getByRole('link', { name: third })).toBeVisible();
  await page.getByRole('link', { name: second }).click();
  await expect(page.getByRole('button', { name: `Organization: ${second}` })).toBeVisible();
});

test('organizations that cannot be loaded leave a way to try again', async ({ page, api }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  const { id, name } = await api.organization();
  await page.route(`**${organizationsPath()}`, (route) => route.fulfill({ status: 400, json: {} }));
  await page.goto(`/organization/${id}/settings/webhook`);
  await expect(page.getByText('No webhooks yet')).toBeVisible();
  const again = page.getByRole('button', { name: 'Organizations: try again' });
  await expect(again).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessibleInBothThemes(page);
  const before = await page.getByRole('heading', { name: 'Webhook', exact: true }).boundingBox();
  await again.press('Enter');
  await expect(toasts(page)).toContainText('Could not load your organizations');
  await expect(toasts(page)).toContainText('The API refused this (400).');
  await page.unroute(`**${organizationsPath()}`);
  await again.click();
  await expect(page.getByRole('banner').getByText(name)).toBeVisible();
  expect(await page.getByRole('heading', { name: 'Webhook', exact: true }).boundingBox()).toEqual(
    before,
  );
});

test('a token of no organization is said to be the server’s', async ({ page, upstream }) => {
  await upstream.control({ put: { organizations: [] } });
  await page.goto('/');
  await expect(
    page.getByText('This server’s token for the Qovery API belongs to no'),
  ).toBeVisible();
});
