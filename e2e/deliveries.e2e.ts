import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';

import type { Page } from '@playwright/test';

import { testCertificate, testKey } from '../src/server/delivery/test-certificates';
import type { Behaviour } from './receiver';
import { expect, test } from './support';

// What failed waits long enough to be looked at.
test.use({ settings: { RETRY_SCHEDULE: '10m,20m', DELIVERY_TIMEOUT: '1s' } });
test.beforeEach(({ signIn }) => signIn());

const log = (page: Page) => page.getByRole('table', { name: 'Deliveries' });
const dialog = (page: Page) => page.getByRole('dialog');

const html = '<script>document.title = "hacked"</script><img src=x onerror="document.title = 1">';

const ofReceiver: [behaviour: Behaviour, result: string, advice: RegExp][] = [
  [{ status: 503, body: html, headers: { 'content-type': 'text/html' } }, '503', /overloaded/],
  ['hang', 'timed out after 1 s', /answer 2xx at once/],
  ['reset', 'connection reset', /hung up/],
  [{ status: 307, headers: { location: '/moved?to=here' } }, '307', /that URL: .*\/moved\?to=here/],
  [{ status: 401 }, '401', /same secret/],
  [{ status: 404 }, '404', /Check its path/],
  [{ status: 413 }, '413', /limit for request bodies/],
  [{ status: 429 }, '429', /rate limit/],
];

for (const [behaviour, result, advice] of ofReceiver) {
  test(`says what is wrong, and how to mend it: ${result}`, async ({ page, api, receiver }) => {
    receiver.behave(behaviour);
    const webhook = await api.createWebhook({ target_url: receiver.url() });
    await api.postEvent();
    const { id } = await api.organization();
    await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
    const row = log(page).getByRole('row', { name: /shop/ }).first();
    await expect(row).toContainText(result);
    await expect(row).toContainText(/1 of 3, next in ([7-9]|1[0-2]) min/);
    await row.getByRole('link').click();
    await expect(dialog(page)).toContainText(advice);
    if (typeof behaviour === 'object' && behaviour.body !== undefined) {
      await expect(dialog(page).getByLabel('Body of the response', { exact: true })).toHaveText(
        html,
      );
      await expect(page).toHaveTitle('Deployment succeeded · Webhook console');
    }
  });
}

test('says what is wrong with an address that cannot be reached at all', async ({
  page,
  api,
  receiver,
}) => {
  const url = receiver.url();
  await receiver.goDown();
  const { id } = await api.organization();
  for (const [target_url, result, advice] of [
    [url, 'connection refused', /Nothing listens there/],
    ['http://10.1.2.3/hook', 'refused: private address', /ALLOWED_PRIVATE_TARGETS/],
    ['http://no-such-host.invalid/hook', 'name ', /name/],
    [url.replace('http:', 'https:'), 'connection refused', /Nothing listens there/],
  ] as const) {
    const webhook = await api.createWebhook({ target_url });
    await api.postEvent();
    await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
    const row = log(page).getByRole('row', { name: /shop/ }).first();
    await expect(row).toContainText(result);
    await row.getByRole('link').click();
    await expect(dialog(page)).toContainText(advice);
  }
});

test('what Slack answers is put in words', async ({ page, api, receiver }) => {
  const { id } = await api.organization();
  for (const [status, body, advice] of [
    [400, 'invalid_payload', /whole URL was copied from Slack/],
    [404, 'no_service', /Create a new one there/],
    [403, 'invalid_token', /Create a new incoming webhook/],
  ] as const) {
    receiver.behave({ status, body });
    const webhook = await api.createWebhook({ target_url: receiver.url(), kind: 'SLACK' });
    await page.goto(`/organization/${id}/settings/webhook/${webhook.id}?dialog=test`);
    await dialog(page).getByRole('button', { name: 'Send', exact: true }).click();
    await expect(dialog(page)).toContainText(advice);
  }
});

test('a certificate that nobody has signed is put in words', async ({ page, api }) => {
  const server = createServer({ key: testKey, cert: testCertificate }, (_, response) =>
    response.end(),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const webhook = await api.createWebhook({ target_url: `https://127.0.0.1:${port}/hook` });
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}?dialog=test`);
  await dialog(page).getByRole('button', { name: 'Send', exact: true }).click();
  await expect(dialog(page)).toContainText('certificate is self-signed');
  await expect(dialog(page)).toContainText('Use a certificate of a public authority');
  server.close();
});

test('a delivery in full, with secrets masked, as text only, and as a curl command that works', async ({
  page,
  api,
  receiver,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  receiver.behave({ status: 200, body: 'thanks', headers: { 'x-served-by': 'a "receiver"' } });
  const secret = 'the secret of this webhook';
  const webhook = await api.createWebhook({
    target_url: receiver.url('/hook?a=[1]&b=it’s'),
    target_secret: secret,
  });
  await api.postEvent({ project: { name: "it's <b>shop</b>" } });
  const sent = await receiver.waitFor();
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
  await log(page)
    .getByRole('link', { name: /it's <b>shop<\/b>/ })
    .click();
  const request = dialog(page).getByRole('region', { name: 'Request' });
  await expect(request).toContainText('POST http://127.0.0.1');
  await expect(request).toContainText('qovery-secret: ••••••••');
  await expect(request).toContainText(`webhook-id: ${String(sent.headers['webhook-id'])}`);
  await expect(request).toContainText(`"name": "it's <b>shop</b>"`);
  const response = dialog(page).getByRole('region', { name: 'Response' });
  await expect(response).toContainText('200');
  await expect(response).toContainText('x-served-by: a "receiver"');
  await expect(response.getByLabel('Body of the response', { exact: true })).toHaveText('thanks');
  await expect(response).toContainText('Body, 6 bytes');
  expect(await page.content()).not.toContain(secret);

  await dialog(page).getByRole('button', { name: 'Copy as curl' }).click();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).not.toContain(secret);
  await promisify(execFile)('sh', ['-c', command], {
    env: { ...process.env, WEBHOOK_SECRET: secret },
  });
  const [, again] = await receiver.waitForCount(2);
  expect(again?.path).toBe(sent.path);
  expect(again?.body.equals(sent.body)).toBe(true);
  for (const name of ['webhook-id', 'qovery-secret', 'content-type', 'user-agent']) {
    expect(again?.headers[name], name).toBe(sent.headers[name]);
  }
});

test('a long answer says that it is only its beginning', async ({ page, api, receiver }) => {
  receiver.behave({ status: 500, body: 'é'.repeat(20_000) });
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  await api.postEvent();
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
  await log(page)
    .getByRole('link', { name: /shop.* 500/ })
    .click();
  await expect(dialog(page)).toContainText('Body, 16.4 kB: only its beginning is kept');
});

test('what failed is sent again by hand, and all its attempts stand together', async ({
  page,
  api,
  receiver,
}) => {
  receiver.behave({ status: 500 });
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  await api.postEvent();
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
  await expect(log(page)).toContainText('next in');
  await log(page)
    .getByRole('link', { name: /shop.* 500/ })
    .click();
  receiver.behave({ status: 204 });
  await dialog(page).getByRole('button', { name: 'Redeliver' }).click();
  await expect(dialog(page)).toContainText('It is sent again');
  const attempts = dialog(page).getByRole('navigation', { name: 'Attempts of this delivery' });
  await expect(attempts.getByRole('link')).toHaveCount(2);
  await expect(attempts).not.toContainText('next in');
  await attempts.getByRole('link', { name: /204/ }).click();
  await expect(dialog(page).getByRole('region', { name: 'Response' })).toContainText('204');
  const ids = receiver.requests.map(({ headers }) => headers['webhook-id']);
  expect(ids[1]).toBe(ids[0]);

  // One step back, however many attempts were looked at.
  await page.goBack();
  await expect(dialog(page)).toBeHidden();
  await expect(log(page)).toContainText('Redelivered · Attempt 1 of 3');
  await expect(log(page)).not.toContainText('next in');
});

test('a redelivery that is refused says why', async ({ page, api, receiver }) => {
  receiver.behave({ status: 500 });
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  await api.postEvent();
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
  await log(page)
    .getByRole('link', { name: /shop.* 500/ })
    .click();
  await api.editWebhook(webhook.id, { ...webhook, kind: 'SLACK' });
  await dialog(page).getByRole('button', { name: 'Redeliver' }).click();
  await expect(dialog(page)).toContainText('The kind of the webhook has changed');
});

test('new deliveries come by themselves, and wait while one reads further down', async ({
  page,
  api,
  receiver,
}) => {
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
  await expect(page.getByText('Nothing was sent yet')).toBeVisible();
  for (let i = 0; i < 40; i += 1) await api.postEvent({ project: { name: `shop-${i}` } });
  await expect(
    log(page)
      .getByRole('link', { name: /shop-39,|shop-39 / })
      .first(),
  ).toBeVisible();
  await receiver.waitForCount(40);
  await expect(log(page)).not.toContainText('waiting to be sent');

  await page.mouse.move(640, 500);
  await page.mouse.wheel(0, 1500);
  const row = log(page)
    .getByRole('row', { name: /shop-20 / })
    .last();
  await expect(row).toBeInViewport();
  const before = await row.boundingBox();
  await api.postEvent({ project: { name: 'newest' } });
  const show = page.getByRole('button', { name: /^Show \d new rows?$/ });
  await expect(show).toBeVisible();
  expect(await row.boundingBox()).toEqual(before);
  await show.click();
  await expect(
    log(page)
      .getByRole('link', { name: /newest/ })
      .first(),
  ).toBeInViewport();
  await expect(show).toBeHidden();
});

test('the log goes on as one scrolls, to its end', async ({ page, api, receiver }) => {
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  for (let i = 0; i < 130; i += 1) await api.postEvent({ project: { name: `shop-${i}` } });
  await receiver.waitForCount(130);
  await expect
    .poll(
      async () => (await api.listAttempts(webhook.id)).filter((row) => row.attempt === 0).length,
    )
    .toBe(0);
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
  await expect(log(page).getByRole('row').nth(1)).toContainText('204');
  expect(await log(page).getByRole('row').count()).toBeLessThan(40);
  await expect(async () => {
    await page.keyboard.press('End');
    await expect(page.getByText('That is all there is.')).toBeInViewport({ timeout: 500 });
  }).toPass();
  await expect(log(page).getByRole('link', { name: /shop-0 / })).toBeVisible();
  await expect(log(page)).toHaveAttribute('aria-rowcount', '131');
});

test('filters are part of the address, and so is what is open', async ({ page, api, receiver }) => {
  receiver.behave(({ body }) => ({ status: body.includes('DEPLOYMENT_FAILURE') ? 500 : 204 }));
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  await api.postEvent({ project: { name: 'good' } });
  await api.postEvent({ project: { name: 'bad' }, event_type: 'DEPLOYMENT_FAILURE' });
  await receiver.waitForCount(2);
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
  await expect(log(page).getByRole('link')).toHaveCount(2);
  await page.getByRole('combobox', { name: 'Result' }).selectOption('Failed');
  await expect(log(page).getByRole('link')).toHaveCount(1);
  await expect(page).toHaveURL(/status=failed/);
  await page.getByRole('combobox', { name: 'Event' }).selectOption('Deployment succeeded');
  await expect(page.getByText('No delivery is like that')).toBeVisible();
  await page.getByRole('combobox', { name: 'Event' }).selectOption('Deployment failed');
  await log(page).getByRole('link', { name: /bad/ }).click();
  await expect(dialog(page)).toContainText('own log');
  await page.reload();
  await expect(dialog(page)).toContainText('own log');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await expect(page).toHaveURL(/\?status=failed&event=DEPLOYMENT_FAILURE$/);
  await expect(log(page).getByRole('link')).toHaveCount(1);
});

test('by keyboard: to a row, into it, and back to it', async ({ page, api, receiver }) => {
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  await api.postEvent();
  await receiver.waitFor();
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
  const row = log(page).getByRole('link', { name: /204/ });
  await page.getByRole('combobox', { name: 'Event' }).focus();
  await page.keyboard.press('Tab');
  await expect(row).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await expect(row).toBeFocused();
});

test('the row that has the focus stays in the document, wherever one scrolls', async ({
  page,
  api,
  receiver,
}) => {
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  for (let i = 0; i < 60; i += 1) await api.postEvent({ project: { name: `shop-${i}` } });
  await receiver.waitForCount(60);
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
  const first = log(page).getByRole('link').first();
  const name = await first.getAttribute('aria-label');
  await first.focus();
  await page.mouse.move(640, 500);
  await page.mouse.wheel(0, 3000);
  await expect(
    log(page).getByRole('link', { name: String(name), exact: true }),
  ).not.toBeInViewport();
  await expect(log(page).getByRole('link', { name: String(name), exact: true })).toBeFocused();
});

test('over an API that has no more than Qovery’s, the log is what that lists', async ({
  page,
  api,
  receiver,
}) => {
  await page.route('**/api/capabilities', (route) => route.fulfill({ status: 404, json: {} }));
  let looks = 0;
  await page.route('**/event?**', (route) => {
    looks += 1;
    return route.fallback({ url: route.request().url().replace(/\?.*/, '') });
  });
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  const tried = () =>
    api.listAttempts(webhook.id).then((rows) => rows.filter(({ attempt }) => attempt === 1).length);
  await api.postEvent({ project: { name: 'one' } });
  await expect.poll(tried).toBe(1);
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
  await expect(log(page).getByRole('link')).toHaveCount(1);
  await expect(page.getByText('That is all there is.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Send test event' })).toBeHidden();
  await expect(page.getByRole('combobox', { name: 'Result' })).toBeHidden();
  await api.postEvent({ project: { name: 'two' } });
  await expect.poll(tried).toBe(2);
  await expect(log(page).getByRole('link', { name: /two/ })).toBeVisible();
  const before = looks;
  await expect.poll(() => looks, { timeout: 15_000 }).toBeGreaterThan(before + 1);
  await expect(log(page).getByRole('link')).toHaveCount(2);
});

test('a row that is gone, and a webhook that is, say so', async ({ page, api, receiver }) => {
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}?attempt=${id}`);
  await expect(dialog(page)).toContainText('This delivery is not in the log');
  await dialog(page).getByRole('button', { name: 'Back to the deliveries' }).click();
  await expect(dialog(page)).toBeHidden();
  await page.goto(`/organization/${id}/settings/webhook/${id}`);
  await expect(page.getByRole('heading', { name: 'This webhook does not exist' })).toBeVisible();
});

test('a log that cannot be loaded says so, and can be tried again', async ({
  page,
  api,
  receiver,
}) => {
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  await api.postEvent();
  await receiver.waitFor();
  let isBroken = true;
  await page.route('**/event?**', (route) =>
    isBroken ? route.fulfill({ status: 500, json: {} }) : route.fallback(),
  );
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
  await expect(page.getByRole('heading', { name: 'Could not load the deliveries' })).toBeVisible();
  isBroken = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(log(page).getByRole('link', { name: /shop/ })).toBeVisible();
  isBroken = true;
  await expect(page.getByText('What you see may be out of date.')).toBeVisible();
  await expect(log(page).getByRole('link', { name: /shop/ })).toBeVisible();
  isBroken = false;
  await expect(page.getByText('What you see may be out of date.')).toBeHidden();
});
