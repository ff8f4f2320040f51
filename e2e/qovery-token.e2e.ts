import type { Response } from '@playwright/test';

import { expectNoToken, expectPlainRequests, writingsOf } from './qovery-guard';
import { expect, test } from './support';
import { toasts } from './toasts';

test.use({ settings: { LOG_LEVEL: 'debug' } });

test('no answer to the browser, no page and no log line has the token; no request a cookie', async ({
  page,
  api,
  server,
  signIn,
  upstream,
}) => {
  const texts: string[] = [];
  const reading: Promise<void>[] = [];
  const read = async (response: Response) => {
    texts.push(JSON.stringify(await response.allHeaders()), response.url());
    // A redirect has no body, and that of a page that was left is gone.
    texts.push(await response.text().catch(() => ''));
  };
  page.on('response', (response) => void reading.push(read(response)));
  const look = async () => void texts.push(await page.content());

  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await look();
  await signIn();
  const cookies = await page.context().cookies();
  expect(cookies).not.toEqual([]);
  await page.goto('/');
  await page.getByRole('link', { name: 'Add new' }).click();
  await page.getByRole('textbox', { name: 'URL' }).fill('https://example.org/x');
  await page.getByRole('button', { name: 'Create' }).click();
  const toggle = page.getByRole('switch', { name: 'Enable https://example.org/x' });
  await expect(toggle).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();
  await look();
  await toggle.click();
  await expect(toasts(page)).toContainText('Disabled');

  // Answers that repeat what they were asked with.
  const { token } = upstream;
  const writings = writingsOf(token).join(' ');
  const said = { message: `Token ${token} may not do this`, seen: [writings] };
  const answer = (status: number) => ({
    status,
    headers: { 'x-authorization': token, 'content-type': 'application/json' },
    body: JSON.stringify(said),
  });
  await upstream.control({
    behaviours: [
      { method: 'PUT', times: 1, answer: answer(400) },
      { method: 'PUT', times: 1, answer: answer(401) },
      { method: 'PUT', times: 1, answer: answer(503) },
    ],
  });
  for (const words of ['may not do this', 'refused the token', 'Service Unavailable']) {
    await toggle.click();
    await expect(toasts(page)).toContainText(words);
    await look();
    await page.reload();
  }
  // So do names that it has.
  const { id } = await api.organization();
  const project = { id, created_at: '2025-03-01T08:30:00.123456Z', name: `of ${writings}` };
  await upstream.control({ put: { projects: { [id]: [project] } } });
  await page.getByRole('link', { name: /^Edit/ }).click();
  await page.getByRole('combobox', { name: 'Project name filter' }).click();
  await expect(page.getByRole('listbox').getByRole('option')).toContainText('of ••••••••');
  await look();
  await upstream.control({ behaviours: [{ path: '/project$', answer: answer(500) }] });
  await page.reload();
  await expect(page.getByText('Could not load the projects')).toBeVisible();
  await look();
  await page.keyboard.press('Escape');
  const [webhook] = await api.listWebhooks();
  for (const rest of [webhook?.id, `${webhook?.id}?tab=setup`, 'transfer', 'deliveries']) {
    await page.goto(`/organization/${id}/settings/webhook/${rest}`);
    await expect(page.getByRole('heading').first()).toBeVisible();
    await look();
  }
  await page.goto('/');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await look();

  await Promise.all(reading);
  const everything = [...texts, server.output].join('\n');
  // It was really looked at.
  expect(everything).toContain('example.org/x');
  expect(everything).toContain('refused the token');
  expect(server.output).toContain('503');
  expectNoToken(token, { everything });

  const { requests } = await upstream.control();
  expect(requests.length).toBeGreaterThan(10);
  expectPlainRequests(requests, token);
  const headers = JSON.stringify(requests.map((request) => request.headers));
  for (const { value } of cookies) expect(headers).not.toContain(value);
  expect(headers).not.toContain(server.adminToken);
});
