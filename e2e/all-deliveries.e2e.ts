import { expect, test } from './support';

test.use({ settings: { RETRY_SCHEDULE: '10m', DELIVERY_TIMEOUT: '1s' } });
test.beforeEach(({ signIn }) => signIn());

test('the list says how many are failing, and leads to all deliveries', async ({
  page,
  api,
  receiver,
}) => {
  receiver.behave(({ path }) => ({ status: path === '/bad' ? 503 : 204 }));
  await api.createWebhook({ target_url: receiver.url('/good') });
  const bad = await api.createWebhook({ target_url: receiver.url('/bad') });
  await api.postEvent();
  await receiver.waitForCount(2);
  await expect.poll(async () => (await api.listAttempts(bad.id))[0]?.attempt).toBe(1);
  await page.goto('/');
  await page.getByRole('link', { name: 'Deliveries 1 failing' }).click();
  await expect(page.getByRole('heading', { name: 'Deliveries' })).toBeVisible();
  const failing = page.getByRole('region', { name: '1 webhook is failing' });
  await expect(failing).toContainText('503');
  const log = page.getByRole('table', { name: 'Deliveries' });
  await expect(log.getByRole('link')).toHaveCount(2);
  await expect(log.getByRole('row', { name: /good/ })).toContainText('204');

  await log.getByRole('link', { name: /bad/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('overloaded');
  await dialog.getByRole('link', { name: 'Open the webhook' }).click();
  await expect(page.getByRole('heading', { name: receiver.url('/bad') })).toBeVisible();
  await page.goBack();
  await expect(dialog).toContainText('overloaded');
  await page.goBack();
  await expect(dialog).toBeHidden();
  await failing.getByRole('link').click();
  await expect(page.getByRole('heading', { name: receiver.url('/bad') })).toBeVisible();
});

test('one that was switched off by hand is not failing: nobody waits for it', async ({
  page,
  api,
  receiver,
}) => {
  receiver.behave(() => ({ status: 503 }));
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  await api.postEvent();
  await expect.poll(async () => (await api.listAttempts(webhook.id))[0]?.attempt).toBe(1);
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Deliveries 1 failing' })).toBeVisible();
  await page.getByRole('switch', { name: `Enable ${receiver.url()}` }).click();
  const deliveries = page.getByRole('link', { name: 'Deliveries', exact: true });
  await deliveries.click();
  await expect(page.getByRole('table', { name: 'Deliveries' })).toContainText('503');
  await expect(page.getByRole('region', { name: /failing/ })).toBeHidden();
});

test('what was sent to a webhook that is gone is still there', async ({ page, api, receiver }) => {
  const webhook = await api.createWebhook({ target_url: receiver.url('/gone') });
  await api.postEvent();
  await expect.poll(async () => (await api.listAttempts(webhook.id))[0]?.attempt).toBe(1);
  await api.deleteWebhook(webhook.id);
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/deliveries?status=succeeded`);
  const log = page.getByRole('table', { name: 'Deliveries' });
  await log.getByRole('link', { name: /gone/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('region', { name: 'Request' })).toContainText('/gone');
  await expect(dialog).toContainText('The webhook was deleted.');
  await expect(dialog.getByRole('button', { name: 'Redeliver' })).toBeHidden();
  await expect(dialog.getByRole('link', { name: 'Open the webhook' })).toBeHidden();
});

test('a delivery to a webhook that was added elsewhere just now leads to it', async ({
  page,
  api,
  receiver,
}) => {
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/deliveries`);
  await expect(page.getByText('Nothing was sent yet')).toBeVisible();
  const webhook = await api.createWebhook({ target_url: receiver.url('/new') });
  await api.postEvent();
  await expect.poll(async () => (await api.listAttempts(webhook.id))[0]?.attempt).toBe(1);
  const lists: string[] = [];
  page.on('request', (request) => {
    if (/\/webhook(\?|$)/.test(request.url())) lists.push(request.url());
  });
  const row = page.getByRole('table', { name: 'Deliveries' }).getByRole('link', { name: /204/ });
  const asked = page.waitForResponse((answer) => answer.url().endsWith(`/webhook/${webhook.id}`));
  await row.click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('link', { name: 'Open the webhook' })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Redeliver' })).toBeVisible();
  await asked;
  await expect(dialog).not.toContainText('The webhook was deleted.');
  // Ten thousand webhooks are not asked for to know of one.
  expect(lists).toEqual([]);
});

test('what the API can do is not known, or less: both are said', async ({ page, api }) => {
  const { id } = await api.organization();
  let status = 500;
  await page.route('**/api/capabilities', (route) => route.fulfill({ status, json: {} }));
  await page.goto(`/organization/${id}/settings/webhook/deliveries`);
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  status = 404;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('the deliveries of one webhook only')).toBeVisible();
});

test('a Slack URL is masked in the log, too', async ({ page, api }) => {
  await api.createWebhook({
    target_url: 'http://127.0.0.1:9/services/T0123/B0123/abcdefghwxyz',
    kind: 'SLACK',
  });
  await api.postEvent();
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/deliveries`);
  const log = page.getByRole('table', { name: 'Deliveries' });
  await log.getByRole('link', { name: /…wxyz.*connection refused/ }).click();
  await expect(page.getByRole('dialog')).toContainText('POST 127.0.0.1:9/services/…wxyz');
  expect(await page.content()).not.toContain('abcdefgh');
});
