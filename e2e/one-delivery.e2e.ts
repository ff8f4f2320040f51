import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';

import type { Page } from '@playwright/test';

import type { Webhook } from '../src/contract/webhook';
import { testCertificate, testKey } from '../src/server/delivery/test-certificates';
import type { Api } from './api';
import { deferred } from './deferred';
import { holdBack } from './hold-back';
import type { Behaviour, Receiver } from './receiver';
import { expect, test } from './support';

// What failed waits long enough to be looked at.
test.use({ settings: { RETRY_SCHEDULE: '10m,20m', DELIVERY_TIMEOUT: '1s' } });
test.beforeEach(({ signIn }) => signIn());

const log = (page: Page) => page.getByRole('table', { name: 'Deliveries' });
const dialog = (page: Page) => page.getByRole('dialog');

interface World {
  page: Page;
  api: Api;
  receiver: Receiver;
}

/** Opens the page of a webhook whose receiver was sent one event, to which it does this. */
async function openTried({ page, api, receiver }: World, behaviour: Behaviour): Promise<Webhook> {
  receiver.behave(behaviour);
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  await api.postEvent();
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
  return webhook;
}

const html = '<script>document.title = "hacked"</script><img src=x onerror="document.title = 1">';

const ofReceiver: [behaviour: Behaviour, result: string, advice: RegExp][] = [
  [{ status: 503, body: html, headers: { 'content-type': 'text/html' } }, '503', /overloaded/],
  ['hang', 'timed out after 1 s', /answer 2xx at once/],
  ['reset', 'connection reset', /hung up/],
  [{ status: 307, headers: { location: '/moved?to=here' } }, '307', /that URL: .*\/moved\?to=here/],
  [{ status: 302 }, '302', /the URL that it ends up at/],
  [{ status: 401 }, '401', /same secret/],
  [{ status: 403 }, '403', /firewall or access rules/],
  [{ status: 404 }, '404', /Check its path/],
  [{ status: 413 }, '413', /limit for request bodies/],
  [{ status: 429 }, '429', /rate limit/],
  [{ status: 500 }, '500', /Its own log says why/],
];

for (const [behaviour, result, advice] of ofReceiver) {
  test(`says what is wrong, and how to mend it: ${result}`, async ({ page, api, receiver }) => {
    await openTried({ page, api, receiver }, behaviour);
    const row = log(page).getByRole('row', { name: /shop/ }).first();
    await expect(row).toContainText(result);
    await expect(row).toContainText(/1 of 3, next in ([7-9]|1[0-2]) min/);
    await row.getByRole('link').click();
    await expect(dialog(page)).toContainText(advice);
    if (typeof behaviour === 'object' && behaviour.body !== undefined) {
      await expect(dialog(page).getByLabel('Body of the response', { exact: true })).toHaveText(
        html,
      );
      await expect(page).toHaveTitle('Delivery: Deployment succeeded · Webhook console');
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
    [
      'http://no-such-host.invalid/hook',
      /name (not found|look-up failed)/,
      /No host has this name|could not be looked up/,
    ],
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

test('a receiver that is gone for good: it is not tried again, and what to do is said', async ({
  page,
  api,
  receiver,
}) => {
  await openTried({ page, api, receiver }, { status: 410 });
  const row = log(page).getByRole('row', { name: /shop/ }).first();
  await expect(row).toContainText('410');
  await expect(row).not.toContainText('next in');
  await row.getByRole('link').click();
  await expect(dialog(page)).toContainText('gone for good, which disables the webhook');
});

test('what Slack answers is put in words', async ({ page, api, receiver }) => {
  const { id } = await api.organization();
  for (const [status, body, advice] of [
    [400, 'invalid_payload', /choose the kind Standard/],
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
  await openTried({ page, api, receiver }, { status: 500, body: 'é'.repeat(20_000) });
  await log(page)
    .getByRole('link', { name: /shop.* 500/ })
    .click();
  await expect(dialog(page)).toContainText('Body, 16.4 kB: only its beginning is kept');
});

test.describe('while it is sent', () => {
  test.use({ settings: { RETRY_SCHEDULE: '10m,20m' } });

  test('what failed is sent again by hand, and all its attempts stand together', async ({
    page,
    api,
    receiver,
  }) => {
    await openTried({ page, api, receiver }, { status: 500 });
    await expect(log(page)).toContainText('next in');
    const sendAttempts = await holdBack(page, '**delivery_id=**');
    const attempts = dialog(page).getByRole('navigation', { name: 'Attempts of this delivery' });
    await log(page)
      .getByRole('link', { name: /shop.* 500/ })
      .click();
    const [first, second] = [deferred(), deferred()];
    receiver.behave({ status: 204, after: first.promise });
    await dialog(page).getByRole('button', { name: 'Redeliver' }).click();
    // Said also where its attempts were not there yet.
    sendAttempts();
    await expect(dialog(page)).toContainText('It is sent again');
    await expect(attempts).toContainText('500');
    first.resolve();
    await expect(attempts.getByRole('link')).toHaveCount(2);
    await expect(attempts).not.toContainText('next in');
    const since = dialog(page).getByText('Delivered since: a later attempt was answered 204.');
    await expect(since).toBeVisible();
    await expect(dialog(page)).not.toContainText('It is sent again');
    await since.getByRole('link', { name: 'a later attempt' }).click();
    await expect(dialog(page).getByRole('region', { name: 'Response' })).toContainText('204');
    await expect(since).toBeHidden();
    receiver.behave({ status: 204, after: second.promise });
    await dialog(page).getByRole('button', { name: 'Redeliver' }).click();
    await expect(dialog(page)).toContainText('It is sent again');
    // That was said of this one.
    await attempts.getByRole('link', { name: /500/ }).click();
    await expect(dialog(page).getByRole('region', { name: 'Response' })).toContainText('500');
    await expect(dialog(page)).not.toContainText('It is sent again');
    second.resolve();
    const ids = receiver.requests.map(({ headers }) => headers['webhook-id']);
    expect(ids[1]).toBe(ids[0]);

    // One step back, however many attempts were looked at.
    await page.goBack();
    await expect(dialog(page)).toBeHidden();
    await expect(log(page)).toContainText('Redelivered · Attempt 1 of 3');
    await expect(log(page)).not.toContainText('next in');
  });
});

test('to a webhook that is disabled nothing is sent again, and it says why', async ({
  page,
  api,
  receiver,
}) => {
  receiver.behave({ status: 500 });
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  await api.postEvent();
  await receiver.waitFor();
  await api.editWebhook(webhook.id, { ...webhook, enabled: false });
  const { id } = await api.organization();
  for (const path of [webhook.id, 'deliveries']) {
    await page.goto(`/organization/${id}/settings/webhook/${path}`);
    await log(page)
      .getByRole('link', { name: /shop.* 500/ })
      .click();
    const redeliver = dialog(page).getByRole('button', { name: 'Redeliver' });
    await expect(redeliver).toHaveAttribute('aria-disabled', 'true');
    await expect(redeliver).toHaveAttribute('title', 'The webhook is disabled: enable it first.');
  }
});

test('a redelivery that is refused says why', async ({ page, api, receiver }) => {
  const webhook = await openTried({ page, api, receiver }, { status: 500 });
  await log(page)
    .getByRole('link', { name: /shop.* 500/ })
    .click();
  await api.editWebhook(webhook.id, { ...webhook, kind: 'SLACK' });
  await dialog(page).getByRole('button', { name: 'Redeliver' }).click();
  await expect(dialog(page)).toContainText('The kind of the webhook has changed');
});

test('says that the other attempts could not be loaded', async ({ page, api, receiver }) => {
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  await api.postEvent();
  await receiver.waitFor();
  await page.route('**/event?**delivery_id=**', (route) =>
    route.fulfill({ status: 400, json: { title: 'Not today' } }),
  );
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
  await log(page).getByRole('link', { name: /204/ }).click();
  await expect(dialog(page)).toContainText(
    'Could not load all attempts of this delivery. Not today',
  );
  await page.unroute('**/event?**delivery_id=**');
  await expect(dialog(page).getByRole('navigation')).toContainText('204');
});
