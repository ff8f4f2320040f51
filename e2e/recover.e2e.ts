import type { Page } from '@playwright/test';

import { makeDisabledByUs } from './disabled-by-us';
import { expect, test } from './support';

test.use({ settings: { RETRY_SCHEDULE: '50ms', DELIVERY_TIMEOUT: '1s' } });
test.beforeEach(({ signIn }) => signIn());

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Recover failed deliveries' });

test('all that failed is counted, sent again, and followed to its end', async ({
  page,
  api,
  receiver,
}) => {
  receiver.behave({ status: 500 });
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  for (let i = 0; i < 6; i += 1) await api.postEvent({ project: { name: `shop-${i}` } });
  // Each is tried twice, and then it has ended.
  await expect
    .poll(
      async () => (await api.listAttempts(webhook.id)).filter((row) => row.attempt === 2).length,
    )
    .toBe(6);
  receiver.behave(({ body }) => ({ status: body.includes('shop-3') ? 500 : 204 }));

  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
  await page.getByRole('link', { name: 'Recover' }).click();
  await expect(dialog(page)).toContainText('6 deliveries ended without success since then.');
  const span = dialog(page).getByRole('combobox', { name: 'Accepted within' });
  await span.selectOption('Since …');
  const since = dialog(page).getByLabel('Since', { exact: true });
  for (const wrong of ['2199-01-01T00:00', '']) {
    await since.fill(wrong);
    await expect(dialog(page)).toContainText('Choose a day and a time that are past.');
    await expect(dialog(page).getByRole('button', { name: 'Send again' })).toBeDisabled();
  }
  await since.fill('2020-01-01T00:00');
  await expect(dialog(page)).toContainText('6 deliveries ended without success since then.');
  await span.selectOption('The last hour');
  const before = receiver.requests.length;
  await dialog(page).getByRole('button', { name: 'Send 6 again' }).click();
  await expect(dialog(page)).toContainText('Ended, 6 of 6: 5 arrived, 1 failed again.');
  expect(receiver.requests.length).toBe(before + 7);

  // It has an address: a reload goes on to show it.
  await page.reload();
  await expect(dialog(page)).toContainText('Ended, 6 of 6: 5 arrived, 1 failed again.');
  await dialog(page).getByRole('button', { name: 'Recover again' }).click();
  await expect(dialog(page)).toContainText('1 delivery ended without success since then.');
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(page).toHaveURL(new RegExp(`${webhook.id}$`));
  await expect(page.getByRole('table', { name: 'Deliveries' })).toContainText('Recovered');
});

test.describe('while it goes on', () => {
  test.use({ settings: { RETRY_SCHEDULE: '50ms', DELIVERY_TIMEOUT: '20s' } });

  test('it shows how far it is, is found again, and a second one leads to it', async ({
    page,
    api,
    receiver,
  }) => {
    receiver.behave({ status: 500 });
    const webhook = await api.createWebhook({ target_url: receiver.url() });
    const haveEnded = (ended: number) =>
      expect
        .poll(
          async () =>
            (await api.listAttempts(webhook.id)).filter((row) => row.attempt === 2).length,
        )
        .toBe(ended);
    for (let i = 0; i < 2; i += 1) await api.postEvent({ project: { name: `shop-${i}` } });
    await haveEnded(2);
    receiver.behave(({ body }) =>
      body.includes('shop-1') ? 'hang' : { status: body.includes('later') ? 500 : 204 },
    );
    const { id } = await api.organization();
    const path = `/organization/${id}/settings/webhook/${webhook.id}`;
    await page.goto(`${path}?dialog=recover`);
    await dialog(page).getByRole('button', { name: 'Send 2 again' }).click();
    await expect(dialog(page)).toContainText('1 of 2 done: 1 arrived.');
    await expect(dialog(page).getByRole('progressbar')).toHaveAttribute('value', '1');
    const recovery = new URL(page.url()).searchParams.get('recovery') ?? '';

    // Opened by its address: what it shows does not stay behind when it is closed.
    await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click();
    await expect(page).toHaveURL(path);
    await page.getByRole('link', { name: 'Recover' }).click();
    // One is on its way, and does not count.
    await expect(dialog(page)).toContainText('Nothing ended without success since then.');
    await dialog(page).getByRole('button', { name: 'See how far it is' }).click();
    await expect(dialog(page)).toContainText('1 of 2 done: 1 arrived.');

    // Begun elsewhere, it is known only by the refusal, which comes while a recovery is being made due.
    await api.postEvent({ project: { name: 'later' } });
    await haveEnded(3);
    const body = { status: 409, detail: 'Still at work.', recovery_id: recovery };
    await page.route('**/recover', (route) =>
      route.request().postDataJSON().dry_run
        ? route.continue()
        : route.fulfill({ status: 409, json: body }),
    );
    await page.goto(`${path}?dialog=recover`);
    await dialog(page).getByRole('button', { name: 'Send 1 again' }).click();
    await expect(dialog(page)).toContainText('a webhook has one at a time');
    await expect(dialog(page)).toContainText('1 of 2 done: 1 arrived.');
  });
});

test('one that is not there is not asked for again and again', async ({ page, api }) => {
  const webhook = await api.createWebhook({ target_url: 'https://example.org/x' });
  const { id } = await api.organization();
  const asked: string[] = [];
  page.on('request', (request) => {
    if (/recover\/./.test(request.url())) asked.push(request.url());
  });
  await page.clock.install();
  const missing = '99999999-9999-4999-8999-999999999999';
  const path = `/organization/${id}/settings/webhook/${webhook.id}`;
  await page.goto(`${path}?dialog=recover&recovery=${missing}`);
  await expect(dialog(page)).toContainText('It does not exist, or not any more');
  await page.clock.runFor(10_000);
  expect(asked).toHaveLength(1);
  await dialog(page).getByRole('button', { name: 'Recover again' }).click();
  await expect(dialog(page)).toContainText('Nothing ended without success since then.');
  await page.route('**/recover', (route) =>
    route.fulfill({ status: 400, json: { detail: 'Not so.' } }),
  );
  await dialog(page).getByRole('combobox').selectOption('The last hour');
  await expect(dialog(page)).toContainText('Not so.');
  await expect(dialog(page)).not.toContainText('Counting');
});

test('a disabled webhook is to be enabled first', async ({ page, api, receiver }) => {
  const webhook = await makeDisabledByUs(api, receiver);
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}?dialog=recover`);
  await expect(dialog(page)).toContainText('Enable it first, then recover.');
  await expect(dialog(page).getByRole('button', { name: 'Send 1 again' })).toBeDisabled();
});
