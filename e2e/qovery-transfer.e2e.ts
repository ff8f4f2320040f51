import { readFile } from 'node:fs/promises';

import type { Page } from '@playwright/test';

import { sessionPath } from '../src/contract/api-paths';
import { Api } from './api';
import { RunningServer } from './running-server';
import { expect, test } from './support';

test.beforeEach(({ signIn }) => signIn());

const created_at = '2025-03-01T08:30:00.123456Z';
const url = (name: string) => `https://example.org/${name}`;

type Row = Record<string, unknown>;

const plain: Row = {
  id: '6b6f9a10-0000-4000-8000-000000000021',
  created_at,
  kind: 'SLACK',
  target_url: url('plain'),
  target_secret_set: false,
  description: 'Failures, for everybody',
  enabled: false,
  events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_CANCELLED'],
  project_names_filter: ['shop', 'api-*'],
  environment_types_filter: ['STAGING'],
};
/** Odd but legal: members that are null. */
const sparse: Row = {
  ...plain,
  id: '6b6f9a10-0000-4000-8000-000000000022',
  updated_at: null,
  kind: 'STANDARD',
  target_url: url('sparse'),
  description: null,
  enabled: true,
  project_names_filter: null,
  environment_types_filter: null,
};
/** As a newer API may have it. */
const newer: Row = {
  ...plain,
  id: '6b6f9a10-0000-4000-8000-000000000023',
  kind: 'TEAMS',
  target_url: url('newer'),
  events: ['DEPLOYMENT_QUEUED'],
  environment_types_filter: ['SANDBOX'],
};

/** What one sets of a webhook; null is as good as nothing. */
const configurations = (rows: readonly Row[] | readonly object[] = []) =>
  rows
    .map((row) => row as Row)
    .map((row) => ({
      kind: row['kind'],
      target_url: row['target_url'],
      description: row['description'] ?? '',
      enabled: row['enabled'],
      events: new Set(row['events'] as string[]),
      project_names_filter: row['project_names_filter'] ?? [],
      environment_types_filter: row['environment_types_filter'] ?? [],
    }))
    .toSorted((one, other) => String(one.target_url).localeCompare(String(other.target_url)));

/** The page that exports and imports the webhooks of an organization. */
const transferPage = (server: { url: string }, organizationId: string) =>
  `${server.url}/organization/${organizationId}/settings/webhook/transfer`;

async function exportAll(page: Page, address: string): Promise<string> {
  await page.goto(address);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Export \d/ }).click();
  return (await saved).path();
}

async function chooseFile(page: Page, address: string, file: string): Promise<void> {
  await page.goto(address);
  await page.getByLabel('File').setInputFiles(file);
}

test('webhooks go to another organization, to the embedded API, and back, and stay what they are', async ({
  page,
  api,
  server,
  upstream,
}) => {
  const { id: first } = await api.organization();
  const other = '6b6f9a10-0000-4000-8000-000000000002';
  const rows = [plain, sparse, newer];
  const organization = (id: string, name: string) => ({ id, created_at, name });
  await upstream.control({
    put: {
      organizations: [organization(first, 'Acme'), organization(other, 'Globex')],
      webhooks: { [first]: rows },
      accepted: {
        kinds: ['STANDARD', 'SLACK', 'TEAMS'],
        events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_CANCELLED', 'DEPLOYMENT_QUEUED'],
        modes: ['STAGING', 'SANDBOX'],
      },
    },
  });
  const webhooksOf = async (id: string) => (await upstream.control()).contents.webhooks[id];
  const fromFirst = await exportAll(page, transferPage(server, first));

  await test.step('to another organization', async () => {
    await chooseFile(page, transferPage(server, other), fromFirst);
    await expect(page.getByText('3 webhooks in the file: 3 new.')).toBeVisible();
    await page.getByRole('button', { name: 'Import 3 webhooks' }).click();
    await expect(page.getByText('Imported 3 webhooks.')).toBeVisible();
    expect(configurations(await webhooksOf(other))).toEqual(configurations(rows));
    const fromOther = await exportAll(page, transferPage(server, other));
    const { results } = JSON.parse(await readFile(fromOther, 'utf8')) as { results: Row[] };
    expect(configurations(results)).toEqual(configurations(rows));
  });

  const embedded = await RunningServer.start();
  try {
    const embeddedApi = new Api(embedded);
    const data = { code: await embeddedApi.issueSignInCode() };
    await page.request.post(embedded.url + sessionPath(), { data });
    const { id } = await embeddedApi.organization();

    await test.step('to the embedded API, which does not know all kinds', async () => {
      await chooseFile(page, transferPage(embedded, id), fromFirst);
      await page.getByRole('button', { name: 'Import 3 webhooks' }).click();
      await expect(page.getByText('Imported 2 of 3 webhooks.')).toBeVisible();
      const failed = page.getByRole('list', { name: 'What failed' });
      await expect(failed).toContainText(url('newer'));
      await expect(failed).toContainText('Kind: Must be one of');
      expect(configurations(await embeddedApi.listWebhooks())).toEqual(
        configurations([plain, sparse]),
      );
    });

    await test.step('and back, where the same is nothing new', async () => {
      const fromEmbedded = await exportAll(page, transferPage(embedded, id));
      await chooseFile(page, transferPage(server, other), fromEmbedded);
      await expect(page.getByText('2 webhooks in the file: 2 unchanged.')).toBeVisible();
      await upstream.control({ put: { webhooks: { [first]: rows } } });
      await chooseFile(page, transferPage(server, other), fromEmbedded);
      await page.getByRole('button', { name: 'Import 2 webhooks' }).click();
      await expect(page.getByText('Imported 2 webhooks.')).toBeVisible();
      expect(configurations(await webhooksOf(other))).toEqual(configurations([plain, sparse]));
    });
  } finally {
    await embedded.dispose();
  }
  // The first organization has only been read.
  expect(await webhooksOf(first)).toEqual(rows);
});

test('what would lose its secret, or is not all known, is left out and leads to its form', async ({
  page,
  api,
  server,
  upstream,
}) => {
  const { id } = await api.organization();
  const secret = { ...plain, target_secret_set: true };
  const untold = { ...sparse, events: null };
  await upstream.control({ put: { webhooks: { [id]: [secret, untold] } } });
  await page.goto(transferPage(server, id));
  const description = 'another';
  const file = [
    { ...secret, description },
    { ...untold, description },
    { ...plain, description, target_url: url('new'), foo: 1 },
  ];
  await page.getByLabel('File').setInputFiles({
    name: 'some.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(file)),
  });
  const reasons = [
    /^example\.org\/…inLeft out: this API would drop its secret\. Edit it.* by itself, or write its secret/,
    /^https:\/\/example\.org\/sparseLeft out: this API did not say what it has stored as: Events\. Edit it/,
  ];
  const rows = page.getByRole('list', { name: 'Webhooks in the file' }).getByRole('listitem');
  await expect(rows).toHaveText([...reasons, /Not taken: foo$/]);
  await expect(page.getByText('1 left out because of its secret,')).toBeVisible();
  await page.getByRole('button', { name: 'Import 1 webhook' }).click();
  await expect(page.getByText('Imported 1 webhook. 2 were left out.')).toBeVisible();
  const leftOut = page.getByRole('list', { name: 'What was left out' }).getByRole('listitem');
  await expect(leftOut).toHaveText(reasons);
  const opened = page.context().waitForEvent('page');
  await leftOut.first().getByRole('link', { name: 'Edit it' }).click();
  const form = (await opened).getByRole('dialog', { name: 'Edit webhook' });
  await expect(form.getByLabel('URL', { exact: true })).toHaveValue(url('plain'));
  await expect(leftOut).toHaveText(reasons);
});
