import { createHmac } from 'node:crypto';

import { Webhook } from 'standardwebhooks';

import { deploymentEventsPath } from '../src/contract/api-paths';
import { expect, test } from './support';
import { toasts } from './toasts';

const secret = `whsec_${Buffer.alloc(32, 'x').toString('base64')}`;

test('an admin sets up a webhook, and a real deployment reaches it', async ({
  page,
  api,
  server,
  receiver,
}) => {
  await test.step('opens the sign-in link and lands on the empty list', async () => {
    await page.goto(`/sign-in#code=${await api.issueSignInCode()}`);
    await expect(page.getByRole('heading', { name: 'Webhook', exact: true })).toBeVisible();
    await expect(page.getByText('No webhooks yet')).toBeVisible();
    await expect(page).toHaveTitle('Webhook · Webhook console');
    const { id } = await api.organization();
    await expect(page).toHaveURL(`/organization/${id}/settings/webhook`);
    await expect(page.getByLabel('Command that posts a deployment event')).toContainText(
      `${server.url}${deploymentEventsPath(id)}`,
    );
  });

  const url = receiver.url('/deployments?team=web');
  await test.step('adds a webhook', async () => {
    await page.getByRole('link', { name: 'Add new' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add webhook' });
    await expect(page).toHaveTitle('Add webhook · Webhook console');
    await expect(dialog.getByRole('textbox', { name: 'URL' })).toBeFocused();
    await dialog.getByRole('textbox', { name: 'URL' }).fill(url);
    await dialog.getByRole('textbox', { name: 'Description' }).fill('Deployments of the shop');
    await dialog.getByLabel(/^Secret/).fill(secret);
    await dialog.getByRole('checkbox', { name: /Deployment started/ }).uncheck();
    await dialog.getByRole('checkbox', { name: 'Production' }).check();
    await dialog.getByRole('combobox', { name: 'Project name filter' }).fill('shop*');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect(dialog).toBeHidden();
  });

  const row = page.getByRole('row', { name: url });
  await test.step('sees it in the list', async () => {
    await expect(row).toContainText('Deployments of the shop');
    await expect(row).toContainText('Standard');
    await expect(row).toContainText('3 of 4 events · Production · shop*');
    await expect(row.getByRole('switch')).toBeChecked();
    await expect(toasts(page).getByText('Webhook created')).toBeVisible();
  });

  await test.step('a matching event arrives, signed, and others do not', async () => {
    await api.postEvent({ project: { name: 'other' } });
    await api.postEvent({ project: { name: 'shop' }, event_type: 'DEPLOYMENT_STARTED' });
    await api.postEvent({ environment: { name: 'x', mode: 'STAGING' } });
    const accepted = await api.postEvent({ project: { name: 'SHOP-api' } });
    const { headers, body, path, method } = await receiver.waitFor();
    expect([method, path]).toEqual(['POST', '/deployments?team=web']);
    expect(headers['webhook-id']).toBe(accepted.deliveries[0]?.id);
    expect(headers['qovery-signature']).toBe(secret);
    expect(headers['qovery-secret']).toBe(secret);
    const payload = new Webhook(secret).verify(body.toString(), headers as Record<string, string>);
    expect(payload).toMatchObject({
      event_type: 'DEPLOYMENT_SUCCESSFUL',
      payload_type: 'DEPLOYMENT',
      payload_id: accepted.id,
      payload: { project: { name: 'SHOP-api' }, environment: { mode: 'PRODUCTION' } },
    });
    // All that was accepted before it was decided before it: nothing else is on its way.
    const [webhook] = await api.listWebhooks();
    expect(await api.listAttempts(webhook?.id ?? '')).toHaveLength(1);
  });

  await test.step('off and on again: what happens meanwhile is not kept', async () => {
    await row.getByRole('switch').click();
    await expect(
      toasts(page).getByText('Events that happen meanwhile are not kept.'),
    ).toBeVisible();
    expect((await api.postEvent()).deliveries).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(row.getByRole('switch')).toBeChecked();
    await expect.poll(async () => (await api.listWebhooks())[0]?.enabled).toBe(true);
  });

  await test.step('edits it by the wheel', async () => {
    await row.getByRole('link', { name: `Edit ${url}` }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit webhook' });
    await expect(dialog.getByText('A secret is set. It cannot be shown.')).toBeVisible();
    await dialog.getByRole('checkbox', { name: 'Staging' }).check();
    await dialog.getByRole('button', { name: 'Update' }).click();
    await expect(dialog).toBeHidden();
    await expect(row).toContainText('Production, Staging');
    await api.postEvent({ environment: { name: 'x', mode: 'STAGING' } });
    await receiver.waitForCount(2);
    expect(receiver.requests[1]?.headers['qovery-secret']).toBe(secret);
  });

  await test.step('after a restart all is there, and a receiver that was down gets its event', async () => {
    await receiver.goDown();
    const { id } = await api.postEvent();
    expect(await server.stop()).toBe(0);
    await server.startAgain();
    await page.reload();
    await expect(row).toBeVisible();
    await receiver.comeBack();
    await receiver.waitFor(({ body }) => body.toString().includes(id));
  });

  await test.step('deletes it after a question', async () => {
    await row.getByRole('button', { name: `Delete ${url}` }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Delete this webhook?' });
    await expect(dialog).toContainText(url);
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(row).toBeVisible();
    await row.getByRole('button', { name: `Delete ${url}` }).click();
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByText('No webhooks yet')).toBeVisible();
    await expect(toasts(page).getByText('Webhook deleted')).toBeVisible();
    expect((await api.postEvent()).deliveries).toEqual([]);
  });
});

test('the command on the empty page works as it stands there', async ({
  page,
  api,
  server,
  receiver,
  signIn,
}) => {
  await signIn();
  await page.goto('/');
  const command = await page.getByLabel('Command that posts a deployment event').innerText();
  await api.createWebhook({ target_url: receiver.url() });
  const { execFile } = await import('node:child_process');
  const { promisify } = await import('node:util');
  const { mkdir, writeFile } = await import('node:fs/promises');
  // The folder of the server, as the command expects it: its data beside it.
  await mkdir(`${server.dataDir}/data`);
  await writeFile(`${server.dataDir}/data/admin-token`, server.adminToken);
  const { stdout } = await promisify(execFile)('bash', ['-c', command], { cwd: server.dataDir });
  const { body, headers } = await receiver.waitFor();
  expect(JSON.parse(stdout)).toMatchObject({ deliveries: [{ id: headers['webhook-id'] }] });
  expect(JSON.parse(body.toString())).toMatchObject({ event_type: 'DEPLOYMENT_SUCCESSFUL' });
});

test('a kill loses nothing that was accepted', async ({ api, server, receiver }) => {
  await api.createWebhook({ target_url: receiver.url(), target_secret: 'a secret' });
  receiver.behave('hang');
  const { deliveries } = await api.postEvent();
  const first = await receiver.waitFor();
  await server.kill();
  receiver.behave({ status: 200 });
  await server.startAgain();
  const [, second] = await receiver.waitForCount(2);
  expect(second?.headers['webhook-id']).toBe(deliveries[0]?.id);
  expect(second?.headers['webhook-id']).toBe(first.headers['webhook-id']);
  expect(second?.body.equals(first.body)).toBe(true);
  const signed = `${second?.headers['webhook-id']}.${second?.headers['webhook-timestamp']}.${second?.body}`;
  const signature = createHmac('sha256', 'a secret').update(signed).digest('base64');
  expect(second?.headers['webhook-signature']).toBe(`v1,${signature}`);
});

test('a Slack webhook gets a message', async ({ api, receiver }) => {
  await api.createWebhook({ target_url: receiver.url(), kind: 'SLACK' });
  await api.postEvent({ project: { name: '<b>shop</b>' } });
  const { body, headers } = await receiver.waitFor();
  expect(headers['content-type']).toBe('application/json');
  expect(headers['qovery-secret']).toBeUndefined();
  expect(JSON.parse(body.toString()).text).toContain('&lt;b&gt;shop&lt;/b&gt;');
});
