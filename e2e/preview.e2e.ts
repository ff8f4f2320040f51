import { execFile } from 'node:child_process';

import type { Locator, Page } from '@playwright/test';

import { capabilitiesPath, redeliverPath, webhookTestPath } from '../src/contract/api-paths';
import type { Webhook } from '../src/contract/webhook';
import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from './accessibility';
import type { Api } from './api';
import { holdBack } from './hold-back';
import type { ReceivedRequest } from './receiver';
import { expect, test } from './support';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });
test.beforeEach(({ signIn }) => signIn());

const mask = '••••••••';

/** Something of everything that a body may have trouble with. */
const unusualEvent = {
  event_type: 'DEPLOYMENT_FAILURE',
  created_at: '2026-01-31T12:00:00Z',
  project: { name: "*it's* <b>&amp; “größe” 🦄" },
  environment: { name: 'live_2_\u202eabc', mode: 'STAGING' },
  applications: [
    { '2': 'second', '1': null, current_status: null, application: { name: 'web', '10': [1e21] } },
  ],
  databases: [{ current_status: 'DEPLOYED', database: { name: 'orders' }, nested: { a: [{}] } }],
  jobs: [{ current_status: 'DEPLOYMENT_`ERROR`', job: { name: '$(migrate) `x`' } }],
  logs: ["line 'one'\\n\u2028", null, { message: '"quoted"\t' }, -0.5],
};

async function openForm(page: Page, api: Api, webhook: Webhook): Promise<Locator> {
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}/edit`);
  const dialog = page.getByRole('dialog', { name: 'Edit webhook' });
  await expect(dialog.getByRole('tabpanel')).toBeVisible();
  return dialog;
}

/** Opens a tab, and gives what its button copies. */
async function copied(page: Page, dialog: Locator, tab: string): Promise<string> {
  await dialog.getByRole('tab', { name: tab, exact: true }).click();
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await dialog
    .getByRole('region', { name: 'Preview' })
    .getByRole('button', { name: /^Copy/ })
    .click();
  const read = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(read).not.toBe('');
  return read();
}

/** The headers of a request that are ours, as the preview would show them; the time as it is there. */
function asShown({ headers }: ReceivedRequest, shown: string): string[] {
  const time = /^webhook-timestamp: .*$/m.exec(shown)?.[0] ?? 'no time is shown';
  const transport = new Set(['host', 'connection', 'content-length']);
  return Object.entries(headers)
    .filter(([name]) => !transport.has(name))
    .map(([name, value]) => {
      if (name === 'webhook-timestamp') return time;
      if (name === 'webhook-signature') return `${name}: v1,${mask}`;
      return name.startsWith('qovery-') ? `${name}: ${mask}` : `${name}: ${String(value)}`;
    });
}

const pretty = (body: string) => JSON.stringify(JSON.parse(body), null, 2);
const shownIn = async (dialog: Locator) =>
  (await dialog.getByRole('tabpanel').locator('pre').textContent()) ?? '';

for (const kind of ['STANDARD', 'SLACK']) {
  test(`${kind}: what stands there for an event is, byte by byte, what is then sent`, async ({
    page,
    api,
    receiver,
  }) => {
    const webhook = await api.createWebhook({
      kind,
      target_url: receiver.url(),
      target_secret: 'the secret of this test',
    });
    const event = await api.postEvent(unusualEvent);
    const first = await receiver.waitFor();
    await expect.poll(async () => (await api.listAttempts(webhook.id))[0]?.attempt).toBe(1);

    const dialog = await openForm(page, api, webhook);
    await expect(dialog.getByRole('combobox', { name: 'Event in the preview' })).toHaveValue(
      event.id,
    );
    const body = await copied(page, dialog, 'Body');
    const shownBody = await shownIn(dialog);
    const headers = await copied(page, dialog, 'Headers');
    const shownHeaders = await shownIn(dialog);
    const message = kind === 'SLACK' ? await copied(page, dialog, 'Message') : body;

    const [attempt] = await api.listAttempts(webhook.id);
    const { id } = await api.organization();
    await api.call('POST', redeliverPath(id, webhook.id, attempt?.id ?? ''));
    const [, second] = await receiver.waitForCount(2);
    for (const received of [first, second]) {
      if (!received) throw new Error('Nothing was received.');
      expect(body).toBe(received.body.toString());
      expect(Buffer.from(body).equals(received.body)).toBe(true);
      expect(message).toBe(body);
      expect(shownBody).toBe(pretty(received.body.toString()));
      expect(headers.split('\n').toSorted()).toEqual(asShown(received, headers).toSorted());
      expect(shownHeaders).toBe(headers);
      expect(received.headers['qovery-secret']).toBe('the secret of this test');
    }
    expect(headers).toContain(`webhook-id: ${event.deliveries[0]?.id}`);
    expect(headers).not.toContain('secret of this test');
  });

  test(`${kind}: the sample is what a test sends`, async ({ page, api, receiver }) => {
    const webhook = await api.createWebhook({ kind, target_url: receiver.url() });
    const dialog = await openForm(page, api, webhook);
    await expect(dialog).toContainText('with sample data');
    await dialog
      .getByRole('combobox', { name: 'Event in the preview' })
      .selectOption('Deployment cancelled');
    const body = await copied(page, dialog, 'Body');
    const headers = await copied(page, dialog, 'Headers');
    const { id } = await api.organization();
    await api.call('POST', webhookTestPath(id, webhook.id), { event_type: 'DEPLOYMENT_CANCELLED' });
    const received = await receiver.waitFor();
    const sent = received.body.toString();
    const time = (text: string) => /<!date[^>]*>/.exec(text)?.[0] ?? JSON.parse(text).created_at;
    expect(body).toBe(sent.replaceAll(time(sent), time(body)));
    const names = (lines: string[]) => lines.map((line) => line.split(':')[0]).toSorted();
    expect(names([...headers.split('\n'), 'webhook-test'])).toEqual(
      names(asShown(received, headers)),
    );
  });
}

test('a Slack message is drawn: event, place, services, and the time of its reader', async ({
  page,
  api,
}) => {
  const webhook = await api.createWebhook({ kind: 'SLACK', target_url: 'https://example.org' });
  await api.postEvent(unusualEvent);
  const dialog = await openForm(page, api, webhook);
  await expect(dialog.getByRole('tab').first()).toHaveText('Message');
  const panel = dialog.getByRole('tabpanel', { name: 'Message' });
  for (const text of [
    'Your Slack app',
    '❌ Deployment failed',
    "it's <b>&amp; “größe” 🦄",
    'live_2_\u202eabc (Staging)',
    '• web (application)',
    '• orders (database): DEPLOYED',
    "DEPLOYMENT_'ERROR'",
    'Jan 31, 2026 1:00:00',
  ]) {
    await expect(panel).toContainText(text);
  }
  await expect(panel.getByText("it's", { exact: true })).toHaveCSS('font-weight', '700');
  await expect(panel.locator('a, b')).toHaveCount(0);
  await dialog.getByRole('radio', { name: /Standard/ }).check();
  await expect(dialog.getByRole('tab').first()).toHaveText('Body');
  await expect(dialog.getByRole('tabpanel')).toContainText('"payload_type": "DEPLOYMENT"');
});

test('the selector offers what the form lets through, and says if that is nothing', async ({
  page,
  api,
}) => {
  const webhook = await api.createWebhook({ target_url: 'https://example.org' });
  const shop = await api.postEvent();
  const blog = await api.postEvent({
    event_type: 'DEPLOYMENT_STARTED',
    project: { name: 'blog' },
    environment: { name: 'review', mode: 'PREVIEW' },
  });
  const dialog = await openForm(page, api, webhook);
  const selector = dialog.getByRole('combobox', { name: 'Event in the preview' });
  const body = dialog.getByRole('tabpanel');
  await expect(selector).toHaveValue(blog.id);
  await expect(body).toContainText(`"id": "${blog.id}"`);
  await selector.selectOption({ label: 'Deployment succeeded · shop / live · just now' });
  await expect(body).toContainText(`"id": "${shop.id}"`);

  await dialog.getByRole('checkbox', { name: /^Deployment succeeded/ }).uncheck();
  await expect(selector).toHaveValue(blog.id);
  await expect(selector.getByRole('option', { name: 'Deployment succeeded' })).toHaveCount(0);
  await expect(body).toContainText(`"id": "${blog.id}"`);

  await dialog.getByRole('checkbox', { name: 'Production' }).check();
  await expect(dialog).toContainText('None of the latest events matches the filters');
  await expect(body).toContainText('"mode": "PRODUCTION"');
  await expect(body).toContainText('"name": "storefront"');

  for (const name of [/^Deployment started/, /^Deployment failed/, /^Deployment cancelled/]) {
    await dialog.getByRole('checkbox', { name }).uncheck();
  }
  await expect(dialog).toContainText('No event is ticked, so nothing is sent.');
  await expect(body).toBeHidden();
  await expect(selector).toBeDisabled();
  await dialog.getByRole('checkbox', { name: /^Deployment succeeded/ }).check();
  await expect(body).toContainText(`"id": "${shop.id}"`);
});

test('while another event loads, the one before stays, body and headers', async ({ page, api }) => {
  const webhook = await api.createWebhook({ target_url: 'https://example.org' });
  const shop = await api.postEvent();
  const blog = await api.postEvent({ project: { name: 'blog' } });
  const release = await holdBack(page, `**/deployment-event/${shop.id}`);
  const dialog = await openForm(page, api, webhook);
  const panel = dialog.getByRole('tabpanel');
  const idOf = (event: typeof shop) => event.deliveries[0]?.id ?? 'not delivered';
  await expect(panel).toContainText(`"id": "${blog.id}"`);
  await dialog.getByRole('tab', { name: 'Headers' }).click();
  await expect(panel).toContainText(`webhook-id: ${idOf(blog)}`);

  const asked = page.waitForRequest(`**/deployment-event/${shop.id}`);
  const selector = dialog.getByRole('combobox', { name: 'Event in the preview' });
  await selector.selectOption({ label: 'Deployment succeeded · shop / live · just now' });
  await asked;
  await expect(dialog.locator('[aria-busy="true"]')).toHaveCount(1);
  await expect(panel).toContainText(`webhook-id: ${idOf(blog)}`);
  await dialog.getByRole('tab', { name: 'Body' }).click();
  await expect(panel).toContainText(`"id": "${blog.id}"`);

  release();
  await expect(panel).toContainText(`"id": "${shop.id}"`);
  await dialog.getByRole('tab', { name: 'Headers' }).click();
  await expect(panel).toContainText(`webhook-id: ${idOf(shop)}`);
  await expect(dialog.locator('[aria-busy="true"]')).toHaveCount(0);
});

test('without past events at the API, or if they cannot be loaded, there is sample data', async ({
  page,
  api,
}) => {
  const webhook = await api.createWebhook({ target_url: 'https://example.org' });
  await api.postEvent();
  await page.route('**/deployment-event/*', (route) => route.fulfill({ status: 404, json: {} }));
  const dialog = await openForm(page, api, webhook);
  await expect(dialog).toContainText('could not be loaded: this is sample data');
  await expect(dialog.getByRole('tabpanel')).toContainText('"name": "storefront"');

  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.route(`**${capabilitiesPath()}`, (route) => route.fulfill({ status: 404, json: {} }));
  await page.reload();
  await expect(dialog).toContainText('with sample data');
  await expect(dialog.getByRole('tabpanel')).toContainText('"name": "storefront"');
  expect(asked.filter((path) => path.includes('deployment-event'))).toEqual([]);
});

/** Runs a command where `curl` prints what it was given, each followed by NUL, and what it reads. */
function argumentsOf(command: string): Promise<string[]> {
  const script = `
curl() {
  for each; do printf '%s\\0' "$each"; done
  if [ "$each" = @- ]; then cat; printf '\\0'; fi
}
WEBHOOK_SECRET='from the shell'
${command}
`;
  return new Promise((resolve, reject) => {
    const shell = execFile('sh', { maxBuffer: 1 << 24 }, (error, stdout) =>
      error ? reject(error) : resolve(stdout.split('\0').slice(0, -1)),
    );
    shell.stdin?.end(script);
  });
}

test('the curl command sends the same from a shell, and has no secret in it', async ({
  page,
  api,
  receiver,
}) => {
  const target_url = receiver.url("/it's?a=[1]&b=$HOME");
  const webhook = await api.createWebhook({ target_url, target_secret: 'the secret of this test' });
  await api.postEvent(unusualEvent);
  const { body } = await receiver.waitFor();
  const dialog = await openForm(page, api, webhook);
  await expect(dialog.getByRole('tabpanel')).toContainText('DEPLOYMENT_FAILURE');
  const command = await copied(page, dialog, 'curl');
  await expect(dialog.getByRole('tabpanel')).toHaveText(command, { useInnerText: false });
  await expect(dialog).toContainText('Set WEBHOOK_SECRET there first.');
  expect(command).not.toContain('the secret of this test');
  const given = await argumentsOf(command);
  expect(given).toEqual(
    expect.arrayContaining(['--globoff', target_url, 'qovery-secret: from the shell']),
  );
  expect(given.at(-2)).toBe('--data-raw');
  expect(given.at(-1)).toBe(body.toString());
  expect(given.join('\n')).not.toMatch(/signature: v1/);

  await dialog.getByRole('textbox', { name: 'URL' }).fill('');
  await expect(dialog).toContainText('Set WEBHOOK_URL and WEBHOOK_SECRET there first.');
});

test('a large event is drawn in part, copied whole, and not drawn again for each key', async ({
  page,
  api,
  receiver,
}) => {
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  const logs = Array.from({ length: 5000 }, (_, i) => `line ${i} of it's log, and more of it`);
  await api.postEvent({ logs });
  const sent = (await receiver.waitFor()).body.toString();
  const dialog = await openForm(page, api, webhook);
  const panel = dialog.getByRole('tabpanel');
  await expect(panel).toContainText('Copy gives all of it.');
  expect(await copied(page, dialog, 'Body')).toBe(sent);
  expect(await panel.locator('*').count()).toBeLessThan(1500);
  const command = await copied(page, dialog, 'curl');
  await expect(panel).toContainText('Copy gives all of it.');
  expect((await argumentsOf(command)).at(-1)).toBe(sent);

  await dialog.getByRole('tab', { name: 'Body' }).click();
  await expect(panel).toContainText('"payload_type"');
  const changes = await panel.evaluateHandle((element) => {
    const observer = new MutationObserver(() => undefined);
    observer.observe(element, { subtree: true, childList: true, characterData: true });
    return observer;
  });
  const description = dialog.getByRole('textbox', { name: 'Description' });
  await description.pressSequentially('What does not matter draws nothing anew');
  await expect(description).toHaveValue(/anew$/);
  expect(await changes.evaluate((observer) => observer.takeRecords().length)).toBe(0);
});

test('the tabs by keyboard, and copying where there is no clipboard API', async ({ page, api }) => {
  await page.addInitScript(() =>
    Object.defineProperty(window, 'isSecureContext', { value: false }),
  );
  const webhook = await api.createWebhook({ kind: 'SLACK', target_url: 'https://example.org' });
  const dialog = await openForm(page, api, webhook);
  const tab = (name: string) => dialog.getByRole('tab', { name, exact: true });
  await tab('Message').focus();
  for (const [key, name] of [
    ['ArrowRight', 'Body'],
    ['End', 'curl'],
    ['ArrowRight', 'Message'],
    ['ArrowLeft', 'curl'],
    ['Home', 'Message'],
    ['ArrowRight', 'Body'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(tab(name)).toBeFocused();
    await expect(tab(name)).toHaveAttribute('aria-selected', 'true');
    await expect(dialog.getByRole('tabpanel', { name })).toBeVisible();
  }
  await page.keyboard.press('Tab');
  const copy = dialog.getByRole('button', { name: 'Copy the body' });
  await expect(copy).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(copy).toBeFocused();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain('"blocks":[{"type":"header"');
  await page.keyboard.press('Tab');
  await expect(dialog.getByRole('tabpanel')).toBeFocused();
});

for (const width of [360, 1440]) {
  test(`every tab at ${width} px, in both themes`, async ({ page, api }) => {
    // Eight scans.
    await page.setViewportSize({ width, height: 800 });
    const webhook = await api.createWebhook({
      kind: 'SLACK',
      target_url: 'https://example.org',
      target_secret: 'secret',
    });
    await api.postEvent({ ...unusualEvent, project: { name: 'x'.repeat(250) } });
    const dialog = await openForm(page, api, webhook);
    const url = await dialog.getByRole('textbox', { name: 'URL' }).boundingBox();
    const preview = await dialog.getByRole('region', { name: 'Preview' }).boundingBox();
    if (!url || !preview) throw new Error('The form has no fields, or no preview.');
    if (width < 1000) expect(preview.y).toBeGreaterThan(url.y + url.height);
    else expect(preview.x).toBeGreaterThan(url.x + url.width);
    for (const name of ['Message', 'Body', 'Headers', 'curl']) {
      await dialog.getByRole('tab', { name, exact: true }).click();
      await expect(dialog.getByRole('tabpanel', { name })).toBeVisible();
      await expectNoSidewaysScroll(page);
      await expectAccessibleInBothThemes(page);
    }
  });
}
