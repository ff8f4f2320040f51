import type { Page } from '@playwright/test';

import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from './accessibility';
import { makeDisabledByUs } from './disabled-by-us';
import { expect, test } from './support';

test.use({ settings: { RETRY_SCHEDULE: '10m', DELIVERY_TIMEOUT: '1s' } });
test.beforeEach(({ signIn }) => signIn());

const long = 'a-project-whose-name-is-long'.repeat(8);

for (const width of [360, 1440]) {
  test.describe(`${width} px wide`, () => {
    test.use({ viewport: { width, height: 800 } });

    async function check(page: Page) {
      await expectNoSidewaysScroll(page);
      await expectAccessibleInBothThemes(page);
    }

    test('the page of a webhook, empty, full and with long texts', async ({
      page,
      api,
      receiver,
    }) => {
      receiver.behave(({ body }) =>
        body.includes('DEPLOYMENT_FAILURE')
          ? { status: 503, body: 'x'.repeat(20_000), headers: { 'x-long': 'y'.repeat(500) } }
          : { status: 200, body: '{"ok":true}' },
      );
      const webhook = await api.createWebhook({
        target_url: receiver.url(`/${'path/'.repeat(60)}`),
        target_secret: 'a secret',
        description: 'Unbroken'.repeat(60),
        project_names_filter: [
          `${long}*`,
          'shop',
          ...Array.from({ length: 20 }, (_, i) => `p${i}`),
        ],
      });
      const { id } = await api.organization();
      const path = `/organization/${id}/settings/webhook/${webhook.id}`;
      await page.goto(path);
      await expect(page.getByText('Nothing was sent yet')).toBeVisible();
      await check(page);
      await page.goto(`${path}?tab=events`);
      await expect(page.getByText('No deployment event has come in')).toBeVisible();
      await check(page);

      await api.postEvent();
      await api.postEvent({ project: { name: long }, event_type: 'DEPLOYMENT_FAILURE' });
      await api.postEvent({ project: { name: 'kept-out'.repeat(20) } });
      await receiver.waitForCount(2);
      await page.goto(path);
      const log = page.getByRole('table', { name: 'Deliveries' });
      await expect(log.getByRole('row', { name: /503/ })).toContainText('next in');
      await check(page);
      await log.getByRole('link', { name: /503/ }).click();
      const dialog = page.getByRole('dialog');
      await expect(dialog.getByRole('region', { name: 'Response' })).toContainText(
        'only its beginning',
      );
      await check(page);
      await page.goto(`${path}?tab=events`);
      await expect(page.getByText('kept out: no project pattern')).toBeVisible();
      await check(page);
      await page.goto(`${path}?tab=setup`);
      await expect(page.getByText('Paste the headers.')).toBeVisible();
      await check(page);
      for (const [headers, verdict] of [
        ['host: x', /missing/],
        ['webhook-id: 1\nwebhook-timestamp: 1\nwebhook-signature: v1,', /Paste the body/],
      ] as const) {
        await page.getByRole('textbox', { name: 'Headers' }).fill(headers);
        await expect(page.getByText(verdict)).toBeVisible();
        await check(page);
      }
    });

    test('its dialogs, and what we disabled', async ({ page, api, receiver }) => {
      const webhook = await makeDisabledByUs(api, receiver);
      const { id } = await api.organization();
      const path = `/organization/${id}/settings/webhook/${webhook.id}`;
      await page.goto(path);
      await expect(page.getByRole('region', { name: 'Disabled by us' })).toBeVisible();
      await check(page);
      receiver.behave({ status: 200 });
      await page.goto(`${path}?dialog=test`);
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await expect(page.getByRole('button', { name: 'Enable the webhook' })).toBeVisible();
      await check(page);
      await page.goto(`${path}?dialog=recover`);
      await expect(page.getByText('1 delivery ended without success')).toBeVisible();
      await check(page);
      await page.goto(`${path}?attempt=${id}`);
      await expect(page.getByText('This delivery is not in the log')).toBeVisible();
      await check(page);
    });

    test('all deliveries, while they load and after', async ({ page, api, receiver }) => {
      receiver.behave({ status: 503 });
      await api.createWebhook({ target_url: receiver.url(`/${'path/'.repeat(60)}`) });
      await api.postEvent({ project: { name: long } });
      await receiver.waitFor();
      const { id } = await api.organization();
      let go: () => void = () => undefined;
      const gate = new Promise<void>((resolve) => {
        go = resolve;
      });
      await page.route('**/webhook-event?**', async (route) => {
        await gate;
        await route.fallback();
      });
      await page.goto(`/organization/${id}/settings/webhook/deliveries`);
      await expect(page.getByRole('region', { name: '1 webhook is failing' })).toBeVisible();
      await expect(page.getByRole('row', { name: 'Loading' }).first()).toBeVisible();
      await check(page);
      go();
      await expect(page.getByRole('row', { name: /503/ })).toBeVisible();
      await check(page);
    });
  });
}

test('with large text, rows are as high as their text', async ({ page, api, receiver }) => {
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  for (let i = 0; i < 3; i += 1) await api.postEvent();
  await receiver.waitForCount(3);
  await page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      document.documentElement.style.fontSize = '32px';
    });
  });
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
  const rows = page.getByRole('table', { name: 'Deliveries' }).getByRole('row', { name: /shop/ });
  await expect(rows).toHaveCount(3);
  const overflow = await rows.evaluateAll((elements) =>
    elements.map((element) => element.scrollHeight - element.clientHeight),
  );
  expect(overflow).toEqual([0, 0, 0]);
  await expectNoSidewaysScroll(page);
});
