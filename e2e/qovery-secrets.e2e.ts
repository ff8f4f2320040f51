import type { Page } from '@playwright/test';

import { toWebhookRequest, type Webhook } from '../src/contract/webhook';
import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from './accessibility';
import type { Api } from './api';
import type { RunningUpstream } from './running-upstream';
import { expect, test } from './support';
import { toasts } from './toasts';

/* A Qovery API drops a secret that a change does not name: nothing of the console may do that unasked. */

test.beforeEach(({ signIn }) => signIn());

const why = /^This API forgets the webhook’s secret with every change: enter /;
const target_url = 'https://example.org/x';
const withSecret = { target_url, target_secret: 'the first one' };
const question = (page: Page) => page.getByRole('dialog', { name: /^(Enable|Disable) webhook$/ });
const secretIn = (page: Page) => page.getByRole('dialog').getByLabel(/^Secret/);

/** The bodies of all writes so far. */
async function writes(upstream: RunningUpstream): Promise<Record<string, unknown>[]> {
  const { requests } = await upstream.control();
  return requests
    .filter(({ method }) => method === 'PUT')
    .map(({ body }) => JSON.parse(body) as Record<string, unknown>);
}

test('the form asks for the secret and says why; with it, or without as one chooses', async ({
  page,
  api,
  upstream,
}) => {
  await api.createWebhook(withSecret);
  await page.goto('/');
  await page.getByRole('link', { name: /^Edit/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit webhook' });
  await dialog.getByRole('textbox', { name: 'Description' }).fill('mine');
  await expect(secretIn(page)).toHaveAccessibleDescription(why);
  await dialog.getByRole('button', { name: 'Update' }).click();
  await expect(secretIn(page)).toHaveAccessibleDescription(
    /Enter the secret, or go on without it\./,
  );
  await expect(secretIn(page)).toBeFocused();
  await expectAccessibleInBothThemes(page);
  await page.setViewportSize({ width: 360, height: 780 });
  await expectNoSidewaysScroll(page);
  expect(await writes(upstream)).toEqual([]);
  await secretIn(page).fill('the first one');
  await dialog.getByRole('button', { name: 'Update' }).click();
  await expect(dialog).toBeHidden();
  expect(await writes(upstream)).toMatchObject([
    { description: 'mine', target_secret: 'the first one' },
  ]);

  await page.getByRole('link', { name: /^Edit/ }).click();
  await dialog.getByRole('button', { name: 'Go on without the secret' }).click();
  await expect(dialog.getByText('The secret will be removed.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Update' }).click();
  await expect(dialog).toBeHidden();
  expect((await writes(upstream))[1]).not.toHaveProperty('target_secret');
  // It was to go: nothing is lost.
  await expect(toasts(page)).not.toContainText('The secret is gone');
  await page.getByRole('link', { name: /^Edit/ }).click();
  await expect(secretIn(page)).not.toHaveAccessibleDescription(/This API drops/);
});

test('the switch asks first, at an address of its own; Back, Cancel and Esc change nothing', async ({
  page,
  api,
  upstream,
}) => {
  await api.createWebhook(withSecret);
  await page.goto('/');
  const toggle = page.getByRole('switch', { name: `Enable ${target_url}` });
  for (const leave of [
    () => page.goBack(),
    () => page.keyboard.press('Escape'),
    () => question(page).getByRole('button', { name: 'Cancel' }).click(),
  ]) {
    await toggle.click();
    await expect(page).toHaveURL(/\/secret\?.*enabled=false/);
    await expect(secretIn(page)).toBeFocused();
    await expect(secretIn(page)).toHaveAccessibleDescription(why);
    await expect(page.locator('[role=switch]')).toHaveAttribute('aria-checked', 'true');
    await leave();
    await expect(question(page)).toBeHidden();
    await expect(page).not.toHaveURL(/enabled=/);
    await expect(toggle).toBeFocused();
  }
  await toggle.click();
  await page.reload();
  await expect(question(page)).toContainText(target_url);
  await page.setViewportSize({ width: 360, height: 780 });
  await expectNoSidewaysScroll(page);
  await expectAccessibleInBothThemes(page);
  await question(page).getByRole('button', { name: 'Disable', exact: true }).click();
  await expect(secretIn(page)).toHaveAccessibleDescription(/Enter the secret, or go on without it/);
  await expect(secretIn(page)).toBeFocused();
  expect(await writes(upstream)).toEqual([]);
});

test('switched with the secret it is kept, and Undo asks again; without, it goes', async ({
  page,
  api,
  upstream,
}) => {
  const { id } = await api.createWebhook({ ...withSecret, description: 'stays' });
  const { id: organizationId } = await api.organization();
  await page.goto(`/organization/${organizationId}/settings/webhook/${id}`);
  const toggle = page.getByRole('switch', { name: `Enable ${target_url}` });
  await toggle.click();
  await expect(page).toHaveURL(/dialog=secret&enabled=false/);
  await secretIn(page).fill('the first one');
  await page.keyboard.press('Enter');
  await expect(question(page)).toBeHidden();
  await expect(toggle).not.toBeChecked();
  expect(await writes(upstream)).toMatchObject([
    { enabled: false, description: 'stays', target_secret: 'the first one' },
  ]);
  await toasts(page).getByRole('button', { name: 'Undo' }).click();
  await expect(page).toHaveURL(/dialog=secret&enabled=true/);
  await question(page).getByRole('button', { name: 'Enable without the secret' }).click();
  await expect(question(page)).toBeHidden();
  await expect(toggle).toBeChecked();
  await expect(toasts(page)).toContainText('Enabled without the secret');
  expect((await writes(upstream))[1]).not.toHaveProperty('target_secret');
  await expect(page.getByText('None', { exact: true })).toBeVisible();
  // There is none any more that could be lost.
  await toggle.click();
  await expect(toggle).not.toBeChecked();
  await expect
    .poll(() => api.listWebhooks())
    .toMatchObject([{ enabled: false, target_secret_set: false }]);
});

test('two questions: each is about its own webhook, and can be left', async ({
  page,
  api,
  upstream,
}) => {
  for (const name of ['one', 'two']) {
    await api.createWebhook({ ...withSecret, target_url: `https://example.org/${name}` });
  }
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook?q=example`);
  const toggle = (name: string) =>
    page.getByRole('switch', { name: `Enable https://example.org/${name}` });
  await toggle('two').dblclick();
  await expect(question(page)).toContainText('https://example.org/two');
  await secretIn(page).fill('the first one');
  await page.keyboard.press('Enter');
  await expect(question(page)).toBeHidden();
  await toggle('one').click();
  await expect(question(page)).toContainText('https://example.org/one');
  await toasts(page).getByRole('button', { name: 'Undo' }).click();
  await expect(question(page)).toContainText('https://example.org/two');
  await secretIn(page).fill('the first one');
  await page.keyboard.press('Enter');
  await expect(question(page)).toBeHidden();
  await expect(page).toHaveURL(/webhook\?q=example$/);
  const sent = (await writes(upstream)).map(({ target_url, enabled }) => [target_url, enabled]);
  expect(sent).toEqual([
    ['https://example.org/two', false],
    ['https://example.org/two', true],
  ]);
});

/** Edits over what somebody else saves meanwhile, up to the question. */
async function meetTheirs(page: Page, api: Api, webhook: Webhook, theirs: object) {
  await page.goto('/');
  await page.getByRole('link', { name: /^Edit/ }).click();
  if (webhook.target_secret_set) await secretIn(page).fill('the first one');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Description' }).fill('mine');
  await api.editWebhook(webhook.id, { ...toWebhookRequest(webhook), ...theirs });
  await page.getByRole('button', { name: 'Update' }).click();
  const conflict = page.getByRole('dialog', { name: 'Somebody else changed this webhook' });
  return { conflict, secret: conflict.getByRole('group', { name: 'Secret' }) };
}

test('one that may have been replaced is not overwritten unasked', async ({ page, api }) => {
  const webhook = await api.createWebhook(withSecret);
  const { conflict, secret } = await meetTheirs(page, api, webhook, {
    description: 'theirs',
    target_secret: 'theirs',
  });
  await expect(secret).toContainText('They may have set another one');
  await conflict.getByRole('button', { name: 'Go on editing' }).click();
  await expect(page.getByRole('group', { name: 'Description: theirs' })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Secret: theirs' })).toBeHidden();
  await expect(page.getByRole('dialog')).toContainText('They may have set another one');
  await page.getByRole('button', { name: 'Update' }).click();
  await expect(toasts(page)).toContainText('Webhook updated');
  expect(await api.listWebhooks()).toMatchObject([
    { description: 'mine', target_secret_set: true },
  ]);
});

test('what is stored can be left as it is, which no choice of theirs could', async ({
  page,
  api,
  upstream,
}) => {
  const webhook = await api.createWebhook(withSecret);
  const { conflict } = await meetTheirs(page, api, webhook, {
    description: 'theirs',
    target_secret: 'theirs',
  });
  await conflict.getByRole('button', { name: 'Discard yours' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await writes(upstream)).toHaveLength(1);
  await page.getByRole('link', { name: /^Edit/ }).click();
  await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Description' })).toHaveValue(
    'theirs',
  );
});

test('one that somebody else has set meanwhile is asked for, not dropped', async ({
  page,
  api,
}) => {
  const webhook = await api.createWebhook({ target_url });
  const { conflict, secret } = await meetTheirs(page, api, webhook, { target_secret: 'theirs' });
  await expect(secret).toContainText('to save anything, enter the one');
  await expect(conflict.getByRole('button')).toHaveText(['', 'Discard yours', 'Go on editing']);
  await conflict.getByRole('button', { name: 'Go on editing' }).click();
  await page.getByRole('button', { name: 'Update' }).click();
  await expect(secretIn(page)).toHaveAccessibleDescription(/Enter the secret, or go on/);
  await secretIn(page).fill('theirs');
  await page.getByRole('button', { name: 'Update' }).click();
  await expect(toasts(page)).toContainText('Webhook updated');
  expect(await api.listWebhooks()).toMatchObject([
    { description: 'mine', target_secret_set: true },
  ]);
});

test('what is saved as it is costs no secret', async ({ page, api, upstream }) => {
  await api.createWebhook(withSecret);
  await page.goto('/');
  await page.getByRole('link', { name: /^Edit/ }).click();
  await page.getByRole('button', { name: 'Update' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(await writes(upstream)).toEqual([]);
});

test('a secret that somebody else has set meanwhile is not dropped by a click', async ({
  page,
  api,
  upstream,
}) => {
  const webhook = await api.createWebhook({ target_url });
  await page.goto('/');
  const toggle = page.getByRole('switch', { name: `Enable ${target_url}` });
  await expect(toggle).toBeChecked();
  await api.editWebhook(webhook.id, { ...toWebhookRequest(webhook), target_secret: 'theirs' });
  await toggle.click();
  await expect(toasts(page)).toContainText('It was changed elsewhere meanwhile.');
  await expect(toggle).toBeChecked();
  expect(await writes(upstream)).toHaveLength(1);
  // Now it is known.
  await toggle.click();
  await expect(question(page)).toBeVisible();
});

test('many at once: those with a secret are left out, and named with a way to each', async ({
  page,
  api,
}) => {
  await api.createWebhook({ target_url: 'https://example.org/a' });
  await api.createWebhook(withSecret);
  await api.createWebhook({ target_url: 'https://example.org/b' });
  await page.goto('/');
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  const bar = page.getByRole('region', { name: 'Selected webhooks' });
  await bar.getByRole('button', { name: 'Disable' }).click();
  await expect(bar.getByRole('alert')).toContainText('Disabled 2 of 3 webhooks');
  await expect(bar.getByRole('alert')).toContainText(
    '1 was left out because this API would drop its secret.',
  );
  await expectAccessibleInBothThemes(page);
  const left = bar.getByRole('list', { name: 'What was left out' });
  await expect(left.getByRole('listitem')).toHaveText([target_url]);
  expect(await api.listWebhooks()).toMatchObject([
    { enabled: false },
    { enabled: true, target_secret_set: true },
    { enabled: false },
  ]);
  await left.getByRole('link', { name: target_url }).click();
  await expect(question(page)).toContainText(target_url);
  await secretIn(page).fill('the first one');
  await page.keyboard.press('Enter');
  await expect(question(page)).toBeHidden();
  await expect(left).toBeVisible();
  expect((await api.listWebhooks()).map(({ enabled }) => enabled)).toEqual([false, false, false]);
});

test('a secret that the API drops although it was named is told loudly', async ({
  page,
  api,
  upstream,
}) => {
  const webhook = await api.createWebhook(withSecret);
  const saved = JSON.stringify({ ...webhook, description: 'mine', target_secret_set: false });
  await upstream.control({ behaviours: [{ method: 'PUT', answer: { status: 200, body: saved } }] });
  await page.goto('/');
  await page.getByRole('link', { name: /^Edit/ }).click();
  await secretIn(page).fill('the first one');
  await page.getByRole('button', { name: 'Update' }).click();
  await expect(toasts(page)).toContainText('The secret is gone');
  await expect(toasts(page)).toContainText('Edit the webhook and set it again.');
});

test('where theirs is removed, one is asked whether it is to be so', async ({ page, api }) => {
  const webhook = await api.createWebhook(withSecret);
  const { conflict, secret } = await meetTheirs(page, api, webhook, {});
  await expect(secret).toContainText('Replaced by the one you typed');
  await secret.getByRole('radio', { name: /^Theirs/ }).check();
  await conflict.getByRole('button', { name: 'Save what is chosen' }).click();
  await expect(conflict).toBeHidden();
  await expect(toasts(page)).toContainText('Webhook updated');
  expect(await api.listWebhooks()).toMatchObject([
    { description: 'mine', target_secret_set: false },
  ]);
});

test('what somebody else has switched meanwhile is not written again', async ({
  page,
  api,
  upstream,
}) => {
  const webhook = await api.createWebhook(withSecret);
  await page.goto('/');
  await page.getByRole('switch').click();
  await secretIn(page).fill('the first one');
  const theirs = { ...toWebhookRequest(webhook), enabled: false, target_secret: 'theirs' };
  await api.editWebhook(webhook.id, theirs);
  await question(page).getByRole('button', { name: 'Disable', exact: true }).click();
  await expect(question(page)).toBeHidden();
  await expect(toasts(page)).toContainText('Disabled already');
  await expect(page.getByRole('switch')).not.toBeChecked();
  expect(await writes(upstream)).toHaveLength(1);
});

test('a secret goes to no URL that somebody else has entered, and what is chosen is kept', async ({
  page,
  api,
}) => {
  const webhook = await api.createWebhook(withSecret);
  const moved = { target_url: 'https://example.net/moved', target_secret: 'moved' };
  const { conflict, secret } = await meetTheirs(page, api, webhook, {
    ...moved,
    description: 'theirs',
  });
  await expect(secret).toContainText('enter the one that its receiver knows now');
  await conflict.getByRole('radio', { name: /^Theirs/ }).check();
  await conflict.getByRole('button', { name: 'Go on editing' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit webhook' });
  await expect(dialog.getByRole('textbox', { name: 'Description' })).toHaveValue('theirs');
  await expect(dialog.getByRole('textbox', { name: 'URL' })).toHaveValue(moved.target_url);
  await expect(dialog).toContainText('enter the one that its receiver knows now');
  await expect(secretIn(page)).toHaveValue('');
  await dialog.getByRole('textbox', { name: 'Description' }).fill('of both');
  await page.getByRole('button', { name: 'Update' }).click();
  await expect(secretIn(page)).toHaveAccessibleDescription(/Enter the secret, or go on/);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Discard' }).click();
  expect(await api.listWebhooks()).toMatchObject([{ description: 'theirs' }]);
});

test('what they changed can be shown beforehand, and says what becomes of the secret', async ({
  page,
  api,
}) => {
  const webhook = await api.createWebhook(withSecret);
  await page.clock.install();
  await page.goto('/');
  await page.getByRole('link', { name: /^Edit/ }).click();
  await secretIn(page).fill('the first one');
  await api.editWebhook(webhook.id, {
    ...toWebhookRequest(webhook),
    target_url: 'https://example.net/moved',
    target_secret: 'moved',
  });
  await page.clock.fastForward('01:00');
  await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
  await page.getByRole('button', { name: 'Show what they changed' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit webhook' });
  await expect(dialog).toContainText('enter the one that its receiver knows now');
  await expect(secretIn(page)).toHaveValue('');
});

test('a switch tells what was changed meanwhile, and goes on over it', async ({ page, api }) => {
  const webhook = await api.createWebhook(withSecret);
  await page.goto('/');
  await page.getByRole('switch').click();
  await secretIn(page).fill('the first one');
  await api.editWebhook(webhook.id, {
    ...toWebhookRequest(webhook),
    description: 'theirs',
    target_secret: 'theirs',
  });
  await question(page).getByRole('button', { name: 'Disable', exact: true }).click();
  await expect(question(page)).toContainText('perhaps with another secret. Disable again sets');
  await expect(secretIn(page)).toHaveValue('the first one');
  const moved = 'https://example.net/moved';
  await api.editWebhook(webhook.id, {
    ...toWebhookRequest(webhook),
    target_url: moved,
    target_secret: 'moved',
  });
  await question(page).getByRole('button', { name: 'Disable', exact: true }).click();
  await expect(question(page)).toContainText('Enter the secret of the one above');
  await expect(question(page)).toContainText(moved);
  await expect(secretIn(page)).toHaveValue('');
  await expect(secretIn(page)).toBeFocused();
  await secretIn(page).fill('moved');
  await question(page).getByRole('button', { name: 'Disable', exact: true }).click();
  await expect(question(page)).toBeHidden();
  expect(await api.listWebhooks()).toMatchObject([
    { target_url: moved, enabled: false, target_secret_set: true },
  ]);
  await page.getByRole('switch').click();
  await secretIn(page).fill('moved');
  await api.editWebhook(webhook.id, {
    ...toWebhookRequest(webhook),
    target_url: moved,
    enabled: false,
    target_secret: '',
  });
  await question(page).getByRole('button', { name: 'Enable', exact: true }).click();
  await expect(question(page)).toContainText('removed the secret meanwhile');
  await expect(secretIn(page)).toBeHidden();
  await expect(question(page).getByRole('button', { name: /without/ })).toBeHidden();
  await question(page).getByRole('button', { name: 'Enable', exact: true }).click();
  await expect(question(page)).toBeHidden();
  expect(await api.listWebhooks()).toMatchObject([{ enabled: true, target_secret_set: false }]);
});

test('an import leaves out what would lose its secret, unless the file has one', async ({
  page,
  api,
  upstream,
}) => {
  const { id: organizationId } = await api.organization();
  const first = await api.createWebhook(withSecret);
  const second = await api.createWebhook({ ...withSecret, target_url: 'https://example.org/y' });
  const rows = [
    { ...toWebhookRequest(first), description: 'changed' },
    { ...toWebhookRequest(second), description: 'changed', target_secret: 'another' },
  ];
  await page.goto(`/organization/${organizationId}/settings/webhook/transfer`);
  await page.getByLabel('File').setInputFiles({
    name: 'some.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(rows)),
  });
  const planned = page.getByRole('list', { name: 'Webhooks in the file' }).getByRole('listitem');
  await expect(planned).toHaveText([
    /Left out: this API would drop its secret/,
    /Description: No description → changed.*Secret: set to the one in the file/s,
  ]);
  await expect(planned.first().getByRole('checkbox')).toBeDisabled();
  await page.getByRole('button', { name: 'Import 1 webhook' }).click();
  await expect(page.getByText('Imported 1 webhook.')).toBeVisible();
  expect(await writes(upstream)).toMatchObject([{ target_secret: 'another' }]);
  expect(await api.listWebhooks()).toMatchObject([
    { description: '', target_secret_set: true },
    { description: 'changed', target_secret_set: true },
  ]);
});
