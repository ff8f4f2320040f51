import type { Page } from '@playwright/test';

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

  test('it shows how far it is, and says that a second one has to wait', async ({
    page,
    api,
    receiver,
  }) => {
    receiver.behave({ status: 500 });
    const webhook = await api.createWebhook({ target_url: receiver.url() });
    for (let i = 0; i < 2; i += 1) await api.postEvent({ project: { name: `shop-${i}` } });
    await expect
      .poll(
        async () => (await api.listAttempts(webhook.id)).filter((row) => row.attempt === 2).length,
      )
      .toBe(2);
    receiver.behave(({ body }) => (body.includes('shop-1') ? 'hang' : { status: 204 }));
    const { id } = await api.organization();
    const path = `/organization/${id}/settings/webhook/${webhook.id}`;
    await page.goto(`${path}?dialog=recover`);
    await dialog(page).getByRole('button', { name: 'Send 2 again' }).click();
    await expect(dialog(page)).toContainText('1 of 2 done: 1 arrived.');
    await expect(dialog(page).getByRole('progressbar')).toHaveAttribute('value', '1');
    await api.postEvent({ project: { name: 'later' } });
    await page.goto(`${path}?dialog=recover`);
    // One is on its way, and does not count; a new one would have to fail first.
    await expect(dialog(page)).toContainText('Nothing ended without success since then.');
  });
});

test('a disabled webhook is to be enabled first', async ({ page, api, receiver }) => {
  receiver.behave({ status: 410 });
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  await api.postEvent();
  await expect.poll(async () => (await api.listWebhooks())[0]?.enabled).toBe(false);
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}?dialog=recover`);
  await expect(dialog(page)).toContainText('Enable it first, then recover.');
  await expect(dialog(page).getByRole('button', { name: 'Send 1 again' })).toBeDisabled();
});
