import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { webhooksPath } from '../../contract/api-paths';
import type { Webhook } from '../../contract/webhook';
import { capabilitiesQuery, keepsSecret } from '../capabilities-queries';
import { editWebhookPage } from '../page-paths';
import { createQueryClient } from '../query-client';
import { dismissAllToasts, toastStore } from '../ui/toast-store';
import { fakeNetwork, type FakeNetwork } from '../webhooks/fake-network';
import { webhooksQuery } from '../webhooks/queries';
import { testWebhook } from '../webhooks/test-webhook';
import { ImportWebhooks } from './import-webhooks';

const organization = 'o';
const before = testWebhook('a', { description: 'before' });
const change = { target_url: before.target_url, description: 'after' };
const create = { target_url: 'https://example.org/new', events: ['DEPLOYMENT_FAILURE'] };

let network: FakeNetwork;
let answered: number;

beforeEach(() => {
  network = fakeNetwork();
  answered = 0;
  dismissAllToasts();
});

afterEach(cleanup);

/** The next request, which must be this one. */
async function next(request: string) {
  answered += 1;
  const call = await network.call(answered);
  expect(`${call.method} ${call.path}`).toBe(request);
  return call;
}
const path = webhooksPath(organization);
const listOf = async (...results: unknown[]) =>
  (await next(`GET ${path}`)).answer(200, { results });

function Shown() {
  const { data } = useQuery(webhooksQuery(organization));
  return data && <ImportWebhooks organizationId={organization} stored={data} />;
}

function newClient() {
  const client = createQueryClient();
  client.setQueryData(capabilitiesQuery().queryKey, [keepsSecret]);
  return client;
}

async function openPage(client = newClient(), ...stored: unknown[]) {
  const { unmount } = render(
    <QueryClientProvider client={client}>
      <Shown />
    </QueryClientProvider>,
  );
  if (stored.length > 0) await listOf(...stored);
  await screen.findByLabelText('File');
  return { client, leave: unmount };
}

const input = () => screen.getByLabelText<HTMLInputElement>('File');

function choose(...rows: object[]) {
  const file = new File([JSON.stringify(rows)], 'some.json');
  fireEvent.change(input(), { target: { files: [file] } });
}
const press = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }));
const rows = async () => {
  const list = await screen.findByRole('list', { name: 'Webhooks in the file' });
  return within(list)
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);
};
const asksBeforeUnload = () => {
  const event = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(event);
  return event.defaultPrevented;
};

test('what somebody else has changed is planned anew over the list as it is then', async () => {
  await openPage(undefined, before);
  choose(change);
  await listOf(before);
  await press('Import 1 webhook');
  expect(input().disabled).toBe(true);
  (await next(`PUT ${path}/a`)).answer(412, {});
  const now: Webhook = { ...before, version: 2, enabled: true };
  await listOf(now);
  await waitFor(() => expect(input().disabled).toBe(false));
  await screen.findByText(/Imported 0 of 1 webhook\. 1 failed\./);
  await press('Try the rest again');
  await listOf(now);
  await press('Import 1 webhook');
  const put = await next(`PUT ${path}/a`);
  expect(put.body).toMatchObject({ description: 'after', enabled: true });
  expect(put.ifMatch).toBe('"2"');
  put.answer(200, { ...now, description: 'after', version: 3 });
  await screen.findByText(/Imported 1 webhook\./);
});

test('a creation that was made though its answer was lost is not made twice', async () => {
  await openPage(undefined, before);
  choose(create);
  await listOf(before);
  await press('Import 1 webhook');
  (await next(`POST ${path}`)).answer(504, { detail: 'It may be made all the same.' });
  const made = testWebhook('b', { ...create, enabled: true });
  await listOf(before, made);
  await press('Try the rest again');
  await listOf(before, made);
  expect(await rows()).toEqual(['https://example.org/newUnchanged']);
  screen.getByRole('button', { name: 'Nothing to import' });
});

test('the rest leaves out what was left out, and what is through', async () => {
  await openPage(undefined, before);
  const withSecret = { ...change, target_secret: 'given' };
  const unwanted = { ...create, target_url: 'https://example.org/unwanted' };
  choose(withSecret, create, unwanted);
  await listOf(before);
  const wanted = await screen.findAllByRole<HTMLInputElement>('checkbox', { checked: true });
  expect(wanted).toHaveLength(3);
  fireEvent.click(screen.getByRole('checkbox', { name: /unwanted/ }));
  await press('Import 2 webhooks');
  const after = { ...before, description: 'after', target_secret_set: true, version: 2 };
  (await next(`PUT ${path}/a`)).answer(200, after);
  (await next(`POST ${path}`)).answer(400, {});
  await listOf(after);
  await press('Try the rest again');
  await listOf(after);
  await press('Import 1 webhook');
  (await next(`POST ${path}`)).answer(201, testWebhook('b', create));
  await screen.findByText(/Imported 1 webhook\./);
});

test('what has no secret is named at the end, also what an earlier try had imported', async () => {
  const { leave } = await openPage(undefined, before);
  choose(
    { ...create, target_secret_set: true },
    { ...create, target_url: 'https://example.org/other', target_secret_set: null },
    { target_url: 'ftp://example.org' },
  );
  await listOf(before);
  await screen.findByText(/^2 webhooks had a secret, or may have had one.* They will be without/);
  await press('Import 2 webhooks');
  const [one, other] = [
    testWebhook('b', create),
    testWebhook('c', { ...create, target_url: 'https://example.org/other' }),
  ];
  (await next(`POST ${path}`)).answer(201, one);
  (await next(`POST ${path}`)).answer(500, {});
  await listOf(before, one);
  await screen.findByText(/1 failed\. 1 was left out\. 1 has no secret/);
  await press('Try the rest again');
  await listOf(before, one);
  await screen.findByText(/^One webhook had a secret.* It will be without/);
  await press('Import 1 webhook');
  (await next(`POST ${path}`)).answer(201, other);
  await screen.findByText(/^Imported 1 webhook\. 1 was left out\. 2 have no secret/);
  const links = within(screen.getByRole('list', { name: 'What has no secret' })).getAllByRole(
    'link',
  );
  expect(links.map((link) => link.getAttribute('href'))).toEqual([
    editWebhookPage(organization, 'b'),
    editWebhookPage(organization, 'c'),
  ]);
  leave();
});

test('what has got its secret meanwhile, or is gone, is not named at the end', async () => {
  await openPage(undefined, before);
  const urlOf = (name: string) => `https://example.org/${name}`;
  const row = (name: string) => ({ ...create, target_url: urlOf(name), target_secret_set: true });
  choose(row('b'), row('c'), row('d'));
  await listOf(before);
  await press('Import 3 webhooks');
  const [b, c, d] = ['b', 'c', 'd'].map((name) =>
    testWebhook(name, { ...create, target_url: urlOf(name) }),
  );
  (await next(`POST ${path}`)).answer(201, b);
  (await next(`POST ${path}`)).answer(201, c);
  (await next(`POST ${path}`)).answer(500, {});
  await listOf(before, b, c);
  await screen.findByText(/1 failed\. 2 have no secret/);
  await press('Try the rest again');
  await listOf(before, { ...b, target_secret_set: true, version: 2 });
  await press('Import 1 webhook');
  (await next(`POST ${path}`)).answer(201, d);
  await screen.findByText(/^Imported 1 webhook\. 1 has no secret/);
  // The list is loaded again at the end.
  await listOf(before, { ...d, target_secret_set: true, version: 2 });
  await screen.findByText(/^Imported 1 webhook\.\s*$/);
  expect(screen.queryByRole('list', { name: 'What has no secret' })).toBeNull();
});

test('an import whose page was left names what is left to do', async () => {
  const { leave } = await openPage(undefined, before);
  choose({ ...create, target_secret_set: true }, { target_url: 'ftp://example.org' });
  await listOf(before);
  await press('Import 1 webhook');
  leave();
  (await next(`POST ${path}`)).answer(201, testWebhook('b', create));
  await waitFor(() =>
    expect(toastStore.get()).toMatchObject([
      {
        tone: 'warning',
        title: 'Imported 1 webhook',
        detail:
          '1 was left out: Row 2. 1 has no secret, because the file has none for it: https://example.org/new.',
      },
    ]),
  );
});

test('tells of a new one what it will be, and of its twin', async () => {
  await openPage(undefined, before);
  const one = { ...create, target_secret: 'given', enabled: false, foo: 1, bar: 1 };
  choose(one, { ...create, kind: 'SLACK', project_names_filter: ['shop', 'api-*'] }, create);
  await listOf(before);
  const everything = ' · All environments · All projects';
  expect(await rows()).toEqual([
    `https://example.org/newNew, disabledStandard · Deployment failed${everything}Secret: set to the one in the fileNot taken: foo, bar`,
    'example.org/…wNewSlack · Deployment failed · All environments · shop, api-*',
    `https://example.org/newNewStandard · Deployment failed${everything}Row 1 of the file has the same URL and kind already.`,
  ]);
  const ticked = screen.getAllByRole('checkbox', { checked: true });
  expect(ticked).toHaveLength(3);
});

test('nothing is planned over a list that cannot be loaded', async () => {
  await openPage(undefined, before);
  choose(change);
  (await next(`GET ${path}`)).answer(403, {});
  await screen.findByText(/What is there could not be loaded\./);
  await press('Try again');
  await listOf(before);
  expect(await rows()).toEqual([expect.stringContaining('Description: before → after')]);
});

test('the same file can be chosen again: the field is emptied, and its name stands there', async () => {
  await openPage(undefined, before);
  const empty = vi.fn<(value: string) => void>();
  Object.defineProperty(input(), 'value', { set: empty });
  choose(change);
  expect(empty).toHaveBeenCalledWith('');
  await listOf(before);
  screen.getByText('some.json');
});

test('an import whose page was left goes on, is asked for before unload, and told by a toast', async () => {
  const { leave } = await openPage(undefined, before);
  choose(change, create);
  await listOf(before);
  await press('Import 2 webhooks');
  leave();
  expect(asksBeforeUnload()).toBe(true);
  (await next(`PUT ${path}/a`)).answer(500, {});
  (await next(`POST ${path}`)).answer(201, testWebhook('b', create));
  await waitFor(() =>
    expect(toastStore.get()).toMatchObject([
      {
        tone: 'error',
        title: 'Imported 1 of 2 webhooks',
        detail: '1 failed: https://example.org/a.',
      },
    ]),
  );
  expect(asksBeforeUnload()).toBe(false);
});

test('who comes back meanwhile finds it there, and cannot begin another', async () => {
  const { client, leave } = await openPage(undefined, before);
  choose(create);
  await listOf(before);
  await press('Import 1 webhook');
  const post = await next(`POST ${path}`);
  leave();
  await openPage(client);
  screen.getByText('Importing 0 of 1 …');
  expect(input().disabled).toBe(true);
  post.answer(201, testWebhook('b', create));
  await screen.findByText(/Imported 1 webhook\./);
  expect(toastStore.get()).toEqual([]);
});

test('warns where it is not known whether a new one is there already', async () => {
  await openPage(undefined, before, 'odd');
  choose(change);
  await listOf(before, 'odd');
  await rows();
  const warning = /One webhook of this organization could not be read/;
  expect(screen.queryByText(warning)).toBeNull();
  choose(create);
  await listOf(before, 'odd');
  await screen.findByText(warning);
  choose(create);
  const ofNoUrl = { ...before, id: 'u', target_url: null };
  await listOf(before, 'odd', ofNoUrl);
  await screen.findByText(/^2 webhooks of this organization could not be read/);
});
