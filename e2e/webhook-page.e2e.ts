import type { Page } from '@playwright/test';

import { toWebhookRequest } from '../src/contract/webhook';
import { makeDisabledByUs } from './disabled-by-us';
import { holdBack } from './hold-back';
import { needs } from './needs';
import { expect, test } from './support';
import { toasts } from './toasts';

test.use({ settings: { RETRY_SCHEDULE: '100ms', DELIVERY_TIMEOUT: '1s' } });
test.beforeEach(({ signIn }) => signIn());

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Send test event' });

test.describe('Send test event', needs('events'), () => {
  test('shows what the receiver answers, in place, and says what is bypassed', async ({
    page,
    api,
    receiver,
  }) => {
    receiver.behave({ status: 200, body: '{"ok":true}', headers: { 'x-id': '7' } });
    const webhook = await api.createWebhook({
      target_url: receiver.url(),
      target_secret: 'a secret to be masked',
      events: ['DEPLOYMENT_FAILURE'],
      project_names_filter: ['no-such-project'],
      enabled: false,
    });
    const { id } = await api.organization();
    await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
    await page.getByRole('link', { name: 'Send test event' }).click();
    await expect(dialog(page)).toContainText('webhook-test: true');
    await expect(dialog(page)).toContainText('filters are bypassed');
    const event = dialog(page).getByRole('combobox', { name: 'Event' });
    await expect(event).toHaveValue('DEPLOYMENT_FAILURE');
    await event.selectOption('DEPLOYMENT_STARTED');
    await dialog(page).getByRole('button', { name: 'Send', exact: true }).click();
    const response = dialog(page).getByRole('region', { name: 'Response' });
    await expect(response).toContainText('200');
    await expect(response).toContainText('x-id: 7');
    await expect(response.getByLabel('Body of the response', { exact: true })).toContainText(
      '"ok"',
    );
    const { headers, body } = await receiver.waitFor();
    expect(headers['webhook-test']).toBe('true');
    expect(headers['qovery-secret']).toBe('a secret to be masked');
    expect(JSON.parse(body.toString())).toMatchObject({ event_type: 'DEPLOYMENT_STARTED' });
    expect(await page.content()).not.toContain('a secret to be masked');

    // Then it stands in the log, and closing leads back to the page.
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toBeHidden();
    const row = page.getByRole('table', { name: 'Deliveries' }).getByRole('row', { name: /Test/ });
    await expect(row.first()).toContainText('200');
  });

  test('says how to mend what failed', async ({ page, api, receiver }) => {
    const webhook = await api.createWebhook({ target_url: receiver.url() });
    const { id } = await api.organization();
    await page.goto(`/organization/${id}/settings/webhook/${webhook.id}?dialog=test`);
    receiver.behave('hang');
    await dialog(page).getByRole('button', { name: 'Send', exact: true }).click();
    await expect(dialog(page)).toContainText('Waiting for the receiver’s answer');
    await expect(dialog(page)).toContainText('timed out after 1 s');
    await expect(dialog(page)).toContainText('answer 2xx at once');
    // While the next answer is waited for, the one before stays where it is.
    const box = await dialog(page).boundingBox();
    const goOn = await holdBack(page, '**/test');
    receiver.behave({ status: 404 });
    await dialog(page).getByRole('button', { name: 'Send again' }).click();
    await expect(dialog(page)).toContainText('Waiting for the receiver’s answer');
    await expect(dialog(page).getByRole('region', { name: 'Result' })).toContainText('timed out');
    expect(await dialog(page).boundingBox()).toEqual(box);
    goOn();
    await expect(dialog(page)).toContainText('Check its path');
    await page.route('**/test', (route) => route.fulfill({ status: 500, json: {} }));
    await dialog(page).getByRole('button', { name: 'Send again' }).click();
    await expect(dialog(page)).toContainText('The server failed (500)');
  });

  test('from the list, and from the toast that follows Create', async ({ page, api, receiver }) => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Add new' }).click();
    await page.getByRole('textbox', { name: 'URL' }).fill(receiver.url());
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('button', { name: 'Send test event' }).click();
    await dialog(page).getByRole('button', { name: 'Send', exact: true }).click();
    await expect(dialog(page).getByRole('region', { name: 'Response' })).toContainText('204');
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toBeHidden();
    await expect(page.getByRole('table', { name: 'Webhooks' })).toBeVisible();

    await page.getByRole('link', { name: `Send test event to ${receiver.url()}` }).click();
    await dialog(page).getByRole('button', { name: 'Send', exact: true }).click();
    await expect(dialog(page).getByRole('region', { name: 'Response' })).toContainText('204');
    await receiver.waitForCount(2);
    expect(await api.listWebhooks()).toHaveLength(1);
  });
});

test(
  'a webhook that we disabled says why, and comes back after a test',
  needs('events'),
  async ({ page, api, receiver }) => {
    const webhook = await makeDisabledByUs(api, receiver);
    const isEnabled = async () => (await api.listWebhooks())[0]?.enabled;
    const { id } = await api.organization();
    await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
    const banner = page.getByRole('region', { name: 'Disabled by us' });
    await expect(banner).toContainText('the receiver answered 410');
    await expect(banner).toContainText('just now');
    await expect(banner).toContainText('Last failure just now: 410');

    await banner.getByRole('link', { name: 'Test, then enable' }).click();
    await dialog(page).getByRole('button', { name: 'Send', exact: true }).click();
    await expect(dialog(page)).toContainText('gone for good');
    const enable = dialog(page).getByRole('button', { name: 'Enable the webhook' });
    await expect(enable).toBeHidden();
    receiver.behave({ status: 204 });
    await dialog(page).getByRole('button', { name: 'Send again' }).click();
    await enable.click();
    await expect(dialog(page).getByRole('button', { name: 'Send again' })).toBeFocused();
    await expect.poll(isEnabled).toBe(true);
    await page.keyboard.press('Escape');
    await expect(banner).toBeHidden();
    await expect(page.getByRole('switch')).toBeChecked();
  },
);

test('one who watches sees that others changed it, and deleted it', async ({ page, api }) => {
  const webhook = await api.createWebhook({ target_url: 'https://example.org/one' });
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
  await expect(page.getByRole('switch')).toBeChecked();
  const change = { description: 'By somebody else', enabled: false };
  await api.editWebhook(webhook.id, { ...toWebhookRequest(webhook), ...change });
  await expect(page.getByText('By somebody else')).toBeVisible();
  await expect(page.getByRole('switch')).not.toBeChecked();
  await api.deleteWebhook(webhook.id);
  await expect(page.getByRole('heading', { name: 'This webhook does not exist' })).toBeVisible();
});

test(
  'one who watches sees that we disabled it',
  needs('events'),
  async ({ page, api, receiver }) => {
    const webhook = await api.createWebhook({ target_url: receiver.url() });
    const { id } = await api.organization();
    await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
    await expect(page.getByRole('switch')).toBeChecked();
    receiver.behave({ status: 410 });
    await api.postEvent();
    await expect(page.getByRole('region', { name: 'Disabled by us' })).toContainText(
      'Last failure just now: 410',
    );
    await expect(page.getByRole('switch')).not.toBeChecked();
  },
);

test(
  'the list shows by itself that we disabled a webhook',
  needs('events'),
  async ({ page, api, receiver }) => {
    const webhook = await api.createWebhook({ target_url: receiver.url() });
    await page.clock.install();
    await page.goto('/');
    await expect(page.getByRole('switch')).toBeChecked();
    await expect(page.getByText('No deliveries yet')).toBeVisible();
    receiver.behave({ status: 410 });
    await api.postEvent();
    await expect.poll(async () => (await api.listAttempts(webhook.id))[0]?.attempt).toBe(1);
    await page.clock.runFor(20_000);
    await expect(page.getByRole('row', { name: /Disabled by us/ })).toBeVisible();
    await expect(page.getByRole('switch')).not.toBeChecked();
  },
);

test(
  'a webhook that we disabled can be enabled at once',
  needs('events'),
  async ({ page, api, receiver }) => {
    const webhook = await makeDisabledByUs(api, receiver);
    const { id } = await api.organization();
    await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
    await page.getByRole('button', { name: 'Enable at once' }).click();
    await expect(page.getByRole('switch')).toBeFocused();
    await expect.poll(async () => (await api.listWebhooks())[0]?.enabled).toBe(true);
  },
);

test(
  'who may not enable it sees that, and who may',
  needs('events'),
  async ({ page, api, receiver }) => {
    const webhook = await makeDisabledByUs(api, receiver);
    receiver.behave({ status: 204 });
    const { id } = await api.organization();
    await page.route(`**/webhook/${webhook.id}`, (route) =>
      route.request().method() === 'PUT'
        ? route.fulfill({ status: 403, json: {} })
        : route.continue(),
    );
    await page.goto(`/organization/${id}/settings/webhook/${webhook.id}?dialog=test`);
    await dialog(page).getByRole('button', { name: 'Send', exact: true }).click();
    const enable = dialog(page).getByRole('button', { name: 'Enable the webhook' });
    await enable.click();
    await expect(enable).toBeDisabled();
    await expect(enable).toHaveAttribute('title', /has refused changes/);
    await page.keyboard.press('Escape');
    for (const name of ['Test, then enable', 'Enable at once']) {
      await expect(page.getByRole('button', { name })).toBeDisabled();
    }
  },
);

test('what the API cannot do is said where its address is opened', async ({ page, api }) => {
  const webhook = await api.createWebhook({ target_url: 'https://example.org/one' });
  const { id } = await api.organization();
  await page.route('**/capabilities', (route) =>
    route.fulfill({ json: { version: '1', features: ['health'] } }),
  );
  const path = `/organization/${id}/settings/webhook/${webhook.id}`;
  for (const address of [`${path}?dialog=test`, `${path}/test`, `${path}?dialog=recover`]) {
    await page.goto(address);
    await expect(page.getByRole('dialog')).toContainText('This API cannot do this');
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await expect(page.getByRole('dialog')).toBeHidden();
  }
});

test(
  'what it is not known whether the API can can be asked again',
  needs('events'),
  async ({ page, api }) => {
    const webhook = await api.createWebhook({ target_url: 'https://example.org/one' });
    const { id } = await api.organization();
    await page.route('**/capabilities', (route) => route.fulfill({ status: 400, json: {} }));
    await page.goto(`/organization/${id}/settings/webhook/${webhook.id}?dialog=test`);
    await expect(page.getByRole('dialog')).toContainText('It is not known whether');
    await page.unrouteAll();
    await page.getByRole('dialog').getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('dialog')).toContainText('webhook-test: true');
  },
);

test('edited and deleted from its page', async ({ page, api }) => {
  const webhook = await api.createWebhook({ target_url: 'https://example.org/one' });
  const { id } = await api.organization();
  const path = `/organization/${id}/settings/webhook/${webhook.id}`;
  await page.goto(path);
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill('From its page');
  await page.getByRole('button', { name: 'Update' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page).toHaveURL(path);
  await expect(page.getByText('From its page')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'https://example.org/one' })).toBeVisible();

  await page.getByRole('link', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page).toHaveURL(path);
  await page.goto(`${path}?dialog=delete`);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page).toHaveURL(path);
  await page.getByRole('link', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByText('No webhooks yet')).toBeVisible();
  await expect(page).toHaveURL(/settings\/webhook$/);
});

test('what is open goes on when somebody else deletes the webhook', async ({ page, api }) => {
  const webhook = await api.createWebhook({ target_url: 'https://example.org/one' });
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}?dialog=edit`);
  const form = page.getByRole('dialog', { name: 'Edit webhook' });
  await form.getByRole('textbox', { name: 'Description' }).fill('typed by hand');
  await api.deleteWebhook(webhook.id);
  await expect(form.getByRole('button', { name: 'Create it anew' })).toBeVisible();
  await expect(form.getByRole('textbox', { name: 'Description' })).toHaveValue('typed by hand');
  await form.getByRole('button', { name: 'Create it anew' }).click();
  await expect(form).toBeHidden();
  expect(await api.listWebhooks()).toMatchObject([{ description: 'typed by hand' }]);
  await expect(page.getByRole('heading', { name: 'This webhook does not exist' })).toBeVisible();
});

test('one comes to the page from the list, and the focus with one', async ({ page, api }) => {
  await api.createWebhook({ target_url: 'https://example.org/one' });
  await page.goto('/');
  await page.getByRole('link', { name: 'https://example.org/one', exact: true }).click();
  await expect(page).toHaveTitle('https://example.org/one · Webhook console');
  await expect(page.getByRole('switch')).toBeChecked();
  await page.getByRole('link', { name: 'All webhooks' }).click();
  await expect(page.getByRole('heading', { name: 'Webhook', exact: true })).toBeFocused();
});

test('the page’s code is no part of what the list loads', async ({ page, api }) => {
  await api.createWebhook({ target_url: 'https://example.org/one' });
  const scripts: string[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) scripts.push(response.url());
  });
  await page.goto('/');
  await expect(page.getByRole('table', { name: 'Webhooks' })).toContainText('one');
  await page.waitForLoadState('networkidle');
  const before = scripts.length;
  await page.getByRole('link', { name: 'https://example.org/one', exact: true }).click();
  await expect(page.getByText('Nothing was sent yet')).toBeVisible();
  expect(scripts.slice(before).join(' ')).toContain('webhook-page');
  expect(scripts.slice(0, before).join(' ')).not.toMatch(/webhook-page|webhook-deliveries/);
});

test(
  'what may not be written is off, and says why',
  needs('events'),
  async ({ page, api, receiver }) => {
    receiver.behave({ status: 500 });
    const webhook = await api.createWebhook({ target_url: receiver.url() });
    await api.postEvent();
    await receiver.waitFor();
    await page.route('**/test', (route) => route.fulfill({ status: 403, json: {} }));
    const { id } = await api.organization();
    const sendSession = await holdBack(page, '**/session');
    await page.goto(`/organization/${id}/settings/webhook/${webhook.id}?dialog=test`);
    const send = dialog(page).getByRole('button', { name: 'Send', exact: true });
    await send.click();
    await expect(dialog(page)).toContainText('You may not do this');
    await expect(send).toBeDisabled();
    // What was asked for before the refusal does not know of it.
    sendSession();
    await expect(page.getByText('Signed in as').first()).toBeVisible();
    await page.keyboard.press('Escape');
    for (const name of ['Send test event', 'Recover', 'Delete']) {
      await expect(page.getByRole('button', { name })).toBeDisabled();
      await expect(page.getByRole('button', { name })).toHaveAttribute(
        'title',
        /has refused changes/,
      );
    }
    await expect(page.getByRole('switch')).toBeDisabled();
    await page.getByRole('table', { name: 'Deliveries' }).getByRole('link').first().click();
    await expect(page.getByRole('button', { name: 'Redeliver' })).toBeDisabled();
  },
);

test('who may not write sees that there, and why', async ({ page, api }) => {
  const webhook = await api.createWebhook({ target_url: 'https://example.org/one' });
  const { id } = await api.organization();
  await page.route(`**/webhook/${webhook.id}`, (route) =>
    route.request().method() === 'PUT'
      ? route.fulfill({ status: 403, json: {} })
      : route.fallback(),
  );
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
  const toggle = page.getByRole('switch');
  await toggle.click();
  await expect(toasts(page)).toContainText('You may not do this');
  await expect(toggle).toBeChecked();
  await expect(toggle).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Delete' })).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Delete' })).toHaveAttribute(
    'title',
    /has refused changes/,
  );
  expect(await api.listWebhooks()).toMatchObject([{ enabled: true }]);
});
