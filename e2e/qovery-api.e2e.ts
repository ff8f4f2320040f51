import type { Page } from '@playwright/test';

import { expectAccessibleInBothThemes } from './accessibility';
import { expect, test } from './support';
import { toasts } from './toasts';

/* What a Qovery API does that the embedded one does not, and what it cannot do. */

test.beforeEach(({ signIn }) => signIn());

const created_at = '2025-03-01T08:30:00.123456Z';
const url = (name: string) => `https://example.org/${name}`;
const switchOf = (page: Page, name: string) =>
  page.getByRole('switch', { name: `Enable ${url(name)}` });

test('what only the embedded API can do is not there, or says that it is not', async ({
  page,
  api,
}) => {
  const { id: organizationId } = await api.organization();
  await page.goto('/');
  await expect(page.getByText('No webhooks yet')).toBeVisible();
  await expect(page.getByText('Then try it with a deployment event')).toHaveCount(0);
  const { id } = await api.createWebhook({ target_url: url('x') });
  await page.reload();
  await expect(switchOf(page, 'x')).toBeVisible();
  await expect(page.getByText('Qovery API', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Updated' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Health' })).toHaveCount(0);
  await expect(page.getByRole('combobox', { name: 'Health' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: /^Send test event/ })).toHaveCount(0);
  await expect(page.getByRole('link', { name: /^Deliveries/ })).toHaveCount(0);
  await expect(page.getByText('How deployment events get here')).toHaveCount(0);
  await expectAccessibleInBothThemes(page);

  await page.getByRole('link', { name: /^Edit/ }).click();
  const tester = page.getByRole('region', { name: 'What the filters take' });
  await expect(tester).toContainText('No projects yet.');
  await expect(tester).not.toContainText('In the last 7 days');
  const preview = page.getByRole('region', { name: 'Preview' });
  await expect(preview.getByRole('tab')).toHaveText(['Body']);
  await expect(preview).toContainText('As Qovery documents it');
  await expect(page.getByRole('dialog')).not.toContainText(/sign/i);
  await page.keyboard.press('Escape');

  const webhookPage = `/organization/${organizationId}/settings/webhook/${id}`;
  await page.goto(`${webhookPage}?tab=events`);
  await expect(page.getByText('This API does not tell which deployment events')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Send test event' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Recover' })).toHaveCount(0);
  await page.goto(`${webhookPage}?tab=setup`);
  await expect(page.getByRole('region', { name: 'Check the secret' })).toContainText(
    'Qovery documents no signature',
  );
  await expect(page.getByText('Verify the signature')).toHaveCount(0);
  await page.goto(webhookPage);
  await expect(page.getByText('Its API cannot send tests')).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.goto(`/organization/${organizationId}/settings/webhook/deliveries`);
  await expect(page.getByText('the deliveries of one webhook only')).toBeVisible();
});

test('a slow API: what is on its way says so, and the switch answers at once', async ({
  page,
  api,
  upstream,
}) => {
  await api.createWebhook({ target_url: url('x') });
  await upstream.control({
    behaviours: [
      { method: 'GET', path: '/webhook$', after: 2000, times: 1 },
      { method: 'PUT', after: 2000 },
    ],
  });
  await page.goto('/');
  await expect(page.getByRole('status', { name: 'Loading the webhooks' })).toBeVisible();
  await switchOf(page, 'x').click();
  await expect(switchOf(page, 'x')).not.toBeChecked();
  expect(await api.listWebhooks()).toMatchObject([{ enabled: true }]);
  await expect(toasts(page)).toContainText('Disabled');
  expect(await api.listWebhooks()).toMatchObject([{ enabled: false }]);
});

test('an API that asks to be called later: an action on many waits, a few at a time', async ({
  page,
  api,
  upstream,
}) => {
  for (let index = 0; index < 8; index++) await api.createWebhook({ target_url: url(`${index}`) });
  await page.goto('/');
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  const answer = { status: 429, headers: { 'retry-after': '2' }, body: '{"message":"Slow down"}' };
  await upstream.control({ behaviours: [{ method: 'PUT', times: 3, answer }] });
  let underWay = 0;
  let most = 0;
  page.on('request', (request) => {
    if (request.method() === 'PUT') most = Math.max(most, ++underWay);
  });
  page.on('requestfinished', (request) => {
    if (request.method() === 'PUT') underWay -= 1;
  });
  const bar = page.getByRole('region', { name: 'Selected webhooks' });
  await bar.getByRole('button', { name: 'Disable' }).click();
  await expect(bar).toContainText('Too many requests. Waits');
  await expect(toasts(page)).toContainText('Disabled 8 webhooks');
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(4);
  expect((await api.listWebhooks()).filter(({ enabled }) => enabled)).toEqual([]);
});

test('an API that fails: its words, and what was changed at once goes back', async ({
  page,
  api,
  upstream,
}) => {
  await api.createWebhook({ target_url: url('x') });
  await page.goto('/');
  const body = JSON.stringify({ message: 'Closed for maintenance' });
  await upstream.control({ behaviours: [{ method: 'PUT', answer: { status: 503, body } }] });
  await switchOf(page, 'x').click();
  await expect(toasts(page)).toContainText('Could not change the webhook');
  await expect(toasts(page)).toContainText(
    'The Qovery API answered 503 (Service Unavailable): Closed for maintenance',
  );
  await expect(switchOf(page, 'x')).toBeChecked();
  // How much of it was read nobody can tell.
  await upstream.control({ behaviours: [{ method: 'PUT', answer: 'reset' }] });
  await page.getByRole('link', { name: /^Edit/ }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Description' }).fill('mine');
  await page.getByRole('button', { name: 'Update' }).click();
  await expect(
    page.getByRole('dialog').getByText(/gave no answer.* Whether the change was made is not known/),
  ).toBeVisible();
});

test.describe('an API that cannot be reached', () => {
  // Nothing listens there.
  test.use({ settings: { QOVERY_API_URL: 'http://127.0.0.1:9' } });

  test('is said in words, with a way to try again', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'Could not load' })).toBeVisible();
    await expect(page.getByRole('main')).toContainText(
      'The Qovery API (127.0.0.1:9) gave no answer: connection refused.',
    );
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  });
});

test('odd but legal answers are shown as they are, and survive an edit and a toggle', async ({
  page,
  api,
  upstream,
}) => {
  const { id: organizationId } = await api.organization();
  const odd = {
    id: '6b6f9a10-0000-4000-8000-000000000021',
    created_at,
    updated_at: null,
    kind: 'TEAMS',
    target_url: url('odd'),
    target_secret_set: false,
    description: null,
    enabled: true,
    events: ['DEPLOYMENT_QUEUED', 'DEPLOYMENT_FAILURE'],
    environment_types_filter: ['SANDBOX'],
    project_names_filter: null,
    something_new: { of: 'theirs' },
  };
  const bare = { id: '6b6f9a10-0000-4000-8000-000000000022', created_at };
  await upstream.control({
    put: {
      webhooks: { [organizationId]: [odd, bare, { kind: 'STANDARD' }] },
      accepted: {
        kinds: ['STANDARD', 'TEAMS'],
        events: ['DEPLOYMENT_QUEUED', 'DEPLOYMENT_FAILURE'],
        modes: ['SANDBOX'],
      },
    },
  });
  await page.goto('/');
  const row = page.getByRole('row', { name: /example\.org\/odd/ });
  await expect(row).toContainText('TEAMS');
  await expect(row).toContainText(/sandbox/i);
  await expect(page.getByText('One webhook could not be read and is not shown.')).toBeVisible();
  await expect(page.getByRole('switch')).toHaveCount(2);

  await row.getByRole('link', { name: /^Edit/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit webhook' });
  await expect(dialog.getByRole('radio', { name: 'TEAMS' })).toBeChecked();
  await dialog.getByRole('textbox', { name: 'Description' }).fill('mine');
  await dialog.getByRole('button', { name: 'Update' }).click();
  await expect(dialog).toBeHidden();
  await switchOf(page, 'odd').click();
  await expect(toasts(page)).toContainText('Disabled');
  const { contents } = await upstream.control();
  expect(contents.webhooks[organizationId]?.[0]).toMatchObject({
    kind: 'TEAMS',
    events: ['DEPLOYMENT_QUEUED', 'DEPLOYMENT_FAILURE'],
    environment_types_filter: ['SANDBOX'],
    project_names_filter: [],
    description: 'mine',
    enabled: false,
  });

  // What is not known of one is not written as if it were.
  const notOdd = page.getByRole('row').filter({ hasNotText: 'odd' });
  await notOdd.getByRole('switch').click();
  const question = page.getByRole('dialog', { name: 'Enable webhook' });
  await question.getByRole('button', { name: 'Enable without the secret' }).click();
  await expect(question).toContainText(
    'The API did not say what it has stored as: Kind, URL, Events. Edit the webhook instead',
  );
  expect((await upstream.control()).contents.webhooks[organizationId]?.[1]).toEqual(bare);
  await page.keyboard.press('Escape');
  await notOdd.getByRole('link', { name: /^Edit/ }).click();
  await expect(page.getByRole('dialog')).toContainText(
    'The API did not say what it has stored as: Kind, URL, Events, Enabled.',
  );
});

test('several organizations: the switcher leads to the webhooks of each', async ({
  page,
  upstream,
}) => {
  const [first, second] = ['1', '2'].map((last) => `6b6f9a10-0000-4000-8000-00000000000${last}`);
  if (!first || !second) throw new Error('There are two.');
  const webhook = (name: string) => ({
    id: `6b6f9a10-0000-4000-8000-0000000000${name}`,
    created_at,
    target_url: url(name),
    kind: 'STANDARD',
    target_secret_set: false,
    enabled: true,
    events: ['DEPLOYMENT_FAILURE'],
  });
  await upstream.control({
    put: {
      organizations: [
        { id: first, created_at, name: 'Acme' },
        { id: second, created_at, name: 'Globex' },
      ],
      webhooks: { [first]: [webhook('21')], [second]: [webhook('22')] },
    },
  });
  await page.goto('/');
  await expect(switchOf(page, '21')).toBeVisible();
  await page.getByRole('button', { name: 'Organization: Acme' }).click();
  await page.getByRole('link', { name: 'Globex' }).click();
  await switchOf(page, '22').click();
  await expect(toasts(page)).toContainText('Disabled');
  await expect(switchOf(page, '21')).toHaveCount(0);
  const { contents } = await upstream.control();
  expect(contents.webhooks).toMatchObject({
    [first]: [{ enabled: true }],
    [second]: [{ enabled: false }],
  });
});

test('the deliveries of a webhook, from the plain list: new ones come, and each opens in full', async ({
  page,
  api,
  upstream,
}) => {
  const { id: organizationId } = await api.organization();
  const { id } = await api.createWebhook({ target_url: url('x') });
  const event = (last: string, status: number, more = {}) => ({
    id: `6b6f9a10-0000-4000-8000-0000000000${last}`,
    created_at,
    kind: 'STANDARD',
    matched_event: 'DEPLOYMENT_FAILURE',
    target_url_used: url('x'),
    request: { event_type: 'DEPLOYMENT_FAILURE', number: last },
    target_response_status_code: status,
    target_response_body: `answer ${last}`,
    ...more,
  });
  const rows = [event('52', 500), event('51', 200)];
  await upstream.control({ put: { events: { [id]: rows } } });
  await page.goto(`/organization/${organizationId}/settings/webhook/${id}`);
  const log = page.getByRole('table', { name: /deliveries/i }).getByRole('link');
  await expect(log).toHaveCount(2);
  await expect(log.first()).toHaveAccessibleName(/500/);
  const queued = event('53', 204, { matched_event: 'DEPLOYMENT_QUEUED', request: {} });
  await upstream.control({ put: { events: { [id]: [queued, ...rows] } } });
  await expect(log).toHaveCount(3);
  await expect(log.first()).toHaveAccessibleName(/queued/i);

  await log.nth(1).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('answer 52');
  await expect(dialog).toContainText('"number": "52"');
  await expect(dialog.getByRole('button', { name: 'Redeliver' })).toHaveCount(0);
  await expectAccessibleInBothThemes(page);
  await page.reload();
  await expect(dialog).toContainText('answer 52');
  await page.goto(`${page.url().replace(/attempt=[^&]*/, 'attempt=none')}`);
  await expect(dialog).toContainText('This delivery is not in the log');
});
