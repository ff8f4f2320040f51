import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

import { toWebhookRequest } from '../src/contract/webhook';
import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from './accessibility';
import { holdBack, isWrite } from './hold-back';
import { needs } from './needs';
import { listen } from './read-aloud';
import { expect, test } from './support';
import { toasts } from './toasts';

test.beforeEach(({ signIn }) => signIn());

test(
  'webhooks go to a file and come back: new, changed, left, or not as wanted',
  needs('keptSecret'),
  async ({ page, api }) => {
    const { id } = await api.organization();
    const slack = await api.createWebhook({
      kind: 'SLACK',
      target_url: 'https://hooks.slack.com/services/T1/B2/abcdefghijkl',
      target_secret: 'do not export',
    });
    const one = await api.createWebhook({ target_url: 'https://example.org/one' });
    await api.createWebhook({ target_url: 'https://example.org/two', description: 'stays' });

    await page.goto('/');
    await page.getByRole('link', { name: 'Import or export' }).click();
    await expect(page.getByRole('heading', { name: 'Import and export' })).toBeVisible();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export 3 webhooks' }).click();
    const file = await (await saved).path();
    const text = await readFile(file, 'utf8');
    expect(text).not.toContain('do not export');
    expect(text).toContain('abcdefghijkl');

    await api.deleteWebhook(slack.id);
    await api.editWebhook(one.id, { ...one, description: 'changed since', target_secret: 'kept' });
    await page.goto(`/organization/${id}/settings/webhook/transfer`);
    await page.getByLabel('File').setInputFiles(file);
    const rows = page.getByRole('list', { name: 'Webhooks in the file' }).getByRole('listitem');
    await expect(rows).toHaveText([
      /example\.org\/one.*Description: changed since → No description/,
      /hooks\.slack\.com\/services\/…ijklNew, without the secret it hadSlack · Deployment /,
      /example\.org\/two.*Unchanged/,
    ]);
    await expect(page.getByRole('main')).not.toContainText('abcdefgh');
    await expect(page.getByText('3 webhooks in the file: 1 new, 1 changed')).toBeVisible();
    await expectAccessibleInBothThemes(page);
    await page.getByRole('button', { name: 'Import 2 webhooks' }).click();
    const outcome = 'Imported 2 webhooks. 1 has no secret, because the file has none for it.';
    await expect(page.getByText(outcome)).toBeVisible();
    await expectAccessibleInBothThemes(page);
    const lacking = page.getByRole('list', { name: 'What has no secret' }).getByRole('listitem');
    await expect(lacking).toHaveText([/hooks\.slack\.com\/services\/…ijkl/]);
    const opened = page.context().waitForEvent('page');
    await lacking.getByRole('link', { name: 'Edit it (opens in a new tab)' }).click();
    const form = (await opened).getByRole('dialog', { name: 'Edit webhook' });
    await expect(form.getByLabel('URL', { exact: true })).toHaveValue(slack.target_url);

    const now = await api.listWebhooks();
    expect(now.find(({ kind }) => kind === 'SLACK')).toMatchObject({
      target_url: slack.target_url,
      target_secret_set: false,
    });
    expect(now.find((each) => each.id === one.id)).toMatchObject({
      description: '',
      target_secret_set: true,
    });
    expect(now).toHaveLength(3);
    await page.getByRole('link', { name: 'All webhooks' }).click();
    await expect(page.getByRole('row', { name: /hooks\.slack/ })).toBeVisible();
  },
);

test('what cannot be imported says why, and the rest is', needs('rules'), async ({ page, api }) => {
  const { id } = await api.organization();
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto(`/organization/${id}/settings/webhook/transfer`);
  await expect(page.getByRole('button', { name: 'Export 0 webhooks' })).toBeDisabled();
  const choose = (name: string, value: unknown) =>
    page.getByLabel('File').setInputFiles({
      name,
      mimeType: 'application/json',
      buffer: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
    });
  await choose('letter.txt', 'Dear Sir');
  await expect(page.getByRole('region', { name: 'Import' }).getByRole('alert')).toContainText(
    'letter.txt is no JSON, or is broken.',
  );
  await choose('empty.json', []);
  await expect(page.getByText('There is no webhook in this file.')).toBeVisible();
  await choose('some.json', [
    { target_url: 'https://example.org/good', events: ['DEPLOYMENT_FAILURE'] },
    { target_url: 'https://example.org/odd', events: ['SOMETHING_NEW'] },
    { target_url: 'https://example.org/unwanted', events: ['DEPLOYMENT_FAILURE'] },
    { target_url: 'https://example.org/none' },
    { target_url: 'ftp://example.org', events: ['DEPLOYMENT_FAILURE'] },
  ]);
  const rows = page.getByRole('list', { name: 'Webhooks in the file' }).getByRole('listitem');
  await expect(rows.first()).toContainText('Cannot be read: Events: They are missing.');
  await expect(rows.nth(1)).toHaveText(/^Row 5Cannot be read: URL: The URL must start with http/);
  await expectNoSidewaysScroll(page);
  await rows.filter({ hasText: 'unwanted' }).getByRole('checkbox').uncheck();
  const heard = await listen(page);
  const sendWrites = await holdBack(page, '**/webhook', isWrite);
  await page.getByRole('button', { name: 'Import 2 webhooks' }).press('Enter');
  await expect(page.getByLabel('File')).toBeDisabled();
  await expect(page.locator(':focus')).toContainText('Importing 0 of 2 …');
  await expect.poll(heard).toContain('Importing 0 of 2 …');
  sendWrites();
  await expect(page.getByText('Imported 1 of 2 webhooks.')).toBeVisible();
  expect(await heard()).toContain('Imported 1 of 2 webhooks. 1 failed. 2 were left out.');
  const failed = page.getByRole('list', { name: 'What failed' });
  await page.keyboard.press('Tab');
  await expect(failed).toBeFocused();
  await expect(failed).toContainText('https://example.org/odd');
  await expect(failed).toContainText('Events, 1: Must be one of');
  await expect(
    page.getByRole('list', { name: 'What was left out' }).getByRole('listitem'),
  ).toHaveText([/^Row 4Cannot be read/, /^Row 5Cannot be read/]);
  await expectNoSidewaysScroll(page);
  await expectAccessibleInBothThemes(page);
  const urls = (await api.listWebhooks()).map(({ target_url }) => target_url);
  expect(urls).toEqual(['https://example.org/good']);

  await page.getByRole('button', { name: 'Try the rest again' }).click();
  await expect(rows.filter({ hasText: 'odd' }).getByRole('checkbox')).toBeChecked();
  await expect(rows.filter({ hasText: 'unwanted' }).getByRole('checkbox')).not.toBeChecked();
  await expect(rows.filter({ hasText: 'good' })).toContainText('Unchanged');
  await expect(page.getByRole('button', { name: 'Import 1 webhook' })).toBeVisible();
});

test('one webhook is copied as the command that creates it, here and elsewhere', async ({
  page,
  api,
  server,
}) => {
  const { id: organizationId } = await api.organization();
  const { id } = await api.createWebhook({
    target_url: 'https://example.org/hook?a=1&b=$HOME',
    description: `It's "quoted", \\ and $(not run) \`either\`!`,
    target_secret: 'not to be copied',
    events: ['DEPLOYMENT_FAILURE'],
    environment_types_filter: ['STAGING'],
    project_names_filter: ["o'neill*"],
    enabled: false,
  });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`/organization/${organizationId}/settings/webhook/${id}`);
  await page.getByRole('button', { name: 'Copy as curl' }).click();
  await expect(toasts(page)).toContainText('Set TOKEN first');
  await expect(toasts(page)).toContainText('API_URL (such as https://api.qovery.com)');
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).not.toContain('not to be copied');

  for (const [kind, TOKEN] of [
    ['Token', 'qov_one.two'],
    ['Bearer', 'eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl'],
  ] as const) {
    const asked = ['-c', `curl() { printf '%s\\n' "$@"; }\n${command}`];
    const { stdout } = await promisify(execFile)('sh', asked, { env: { TOKEN } });
    expect(stdout).toContain(`\nAuthorization: ${kind} ${TOKEN}\n`);
  }

  const run = async (env: Record<string, string>) => {
    const all = { PATH: process.env['PATH'], TOKEN: server.adminToken, ...env };
    const { stdout } = await promisify(execFile)('sh', ['-c', command], { env: all });
    return JSON.parse(stdout) as Record<string, unknown>;
  };
  for (const env of [{}, { TOKEN: '' }, { API_URL: `${server.url}/api` }]) {
    const options = { env: { PATH: process.env['PATH'], ...env } };
    await expect(promisify(execFile)('sh', ['-uc', command], options)).rejects.toMatchObject({
      stdout: '',
      stderr: expect.stringMatching(
        /^[^\n]*TOKEN: set it first, to the admin token of http:[^\n]*, or to a token for your API_URL\n$/,
      ),
    });
  }
  const [first, ...more] = await api.listWebhooks();
  if (!first) throw new Error('There is no webhook.');
  expect(more).toEqual([]);
  const wanted = { ...toWebhookRequest(first), target_secret_set: false };
  expect(await run({})).toMatchObject(wanted);
  expect(await run({ ORGANIZATION_ID: '0-0' })).toMatchObject({ status: 404 });
  const { port } = new URL(server.url);
  const elsewhere = { API_URL: `http://localhost:${port}/api`, ORGANIZATION_ID: organizationId };
  expect(await run(elsewhere)).toMatchObject(wanted);
  expect(await api.listWebhooks()).toHaveLength(3);
});
