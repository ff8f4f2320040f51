import type { Locator, Page } from '@playwright/test';

import { deferred } from './deferred';
import { needs } from './needs';
import { expect, test } from './support';

// What failed waits long enough to be looked at.
test.use({ settings: { RETRY_SCHEDULE: '10m,20m', DELIVERY_TIMEOUT: '1s' } });
test.beforeEach(({ signIn }) => signIn());

const log = (page: Page) => page.getByRole('table', { name: 'Deliveries' });
const dialog = (page: Page) => page.getByRole('dialog');

test(
  'new deliveries come by themselves, and wait while one reads further down',
  needs('events'),
  async ({ page, api, receiver }) => {
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
  },
);

test(
  'a burst leaves nothing behind that looks lost, while one reads or after',
  needs('events'),
  async ({ page, api, receiver }) => {
    const webhook = await api.createWebhook({ target_url: receiver.url() });
    const { id } = await api.organization();
    for (let i = 0; i < 60; i += 1) await api.postEvent({ project: { name: `old-${i}` } });
    await receiver.waitForCount(60);
    await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
    await expect(log(page)).toContainText('204');
    receiver.behave({ status: 204, after: 300 });
    for (let i = 0; i < 80; i += 1) await api.postEvent({ project: { name: `early-${i}` } });
    await expect(log(page)).toContainText('early-79');
    await page.mouse.move(640, 500);
    await page.mouse.wheel(0, 1500);
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(1000);
    for (let i = 0; i < 70; i += 1) await api.postEvent({ project: { name: `late-${i}` } });
    await receiver.waitForCount(210, { timeout: 30_000 });
    const show = page.getByRole('button', { name: 'Show 70 new rows' });
    await expect(show).toBeVisible();
    const lost = /no longer|tried since|waiting to be sent|being sent/i;
    await expect(log(page)).not.toContainText(lost);
    await show.click();
    await expect(log(page).getByRole('link', { name: /late-/ }).first()).toBeInViewport();
    await expect(show).toBeHidden();
    const end = page.getByText('The end of the log.');
    await expect(async () => {
      await expect(log(page)).not.toContainText(lost, { timeout: 500 });
      await page.mouse.wheel(0, 600);
      await expect(end).toBeInViewport({ timeout: 50 });
    }).toPass({ intervals: [50] });
    await expect(log(page)).toHaveAttribute('aria-rowcount', '211');
  },
);

test(
  'an empty log fills by itself, also where one has to scroll to see it',
  needs('events'),
  async ({ page, api, receiver }) => {
    await page.setViewportSize({ width: 360, height: 420 });
    const webhook = await api.createWebhook({ target_url: receiver.url() });
    const { id } = await api.organization();
    await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
    await page.getByText('Nothing was sent yet').scrollIntoViewIfNeeded();
    expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(40);
    await api.postEvent();
    await expect(log(page).getByRole('link', { name: /shop/ }).first()).toBeVisible();
    await expect(page.getByText('Nothing was sent yet')).toBeHidden();
  },
);

test(
  'the log goes on as one scrolls, to its end',
  needs('events'),
  async ({ page, api, receiver }) => {
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
      await expect(page.getByText('The end of the log.')).toBeInViewport({ timeout: 500 });
    }).toPass();
    await expect(log(page).getByRole('link', { name: /shop-0 / })).toBeVisible();
    await expect(log(page)).toHaveAttribute('aria-rowcount', '131');
  },
);

test(
  'filters are part of the address, and so is what is open',
  needs('events'),
  async ({ page, api, receiver }) => {
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
    await expect(page.getByText('No delivery matches this filter')).toBeVisible();
    await page.getByRole('combobox', { name: 'Event' }).selectOption('Deployment failed');
    await log(page).getByRole('link', { name: /bad/ }).click();
    await expect(dialog(page)).toContainText('own log');
    await page.reload();
    await expect(dialog(page)).toContainText('own log');
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toBeHidden();
    await expect(page).toHaveURL(/\?status=failed&event=DEPLOYMENT_FAILURE$/);
    await expect(log(page).getByRole('link')).toHaveCount(1);
  },
);

test('by keyboard: to a row, into it, and back to it', async ({ page, api, receiver }) => {
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  await api.makeDelivery(webhook);
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
  const row = log(page).getByRole('link', { name: /204/ });
  await expect(row).toBeVisible();
  await row.focus();
  await page.keyboard.press('Shift+Tab');
  await expect(row).not.toBeFocused();
  await page.keyboard.press('Tab');
  await expect(row).toBeFocused();
  // Drawn around the whole row: what is around the words alone would be cut off with them.
  const ring = await row.evaluate((link) => {
    const { outlineStyle, outlineWidth, width } = getComputedStyle(link, '::after');
    return { outlineStyle, outlineWidth, width: Number.parseFloat(width) };
  });
  const table = await log(page).boundingBox();
  expect(ring).toMatchObject({ outlineStyle: 'solid', outlineWidth: '2px' });
  expect(ring.width).toBeCloseTo(table?.width ?? 0, 0);
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await expect(row).toBeFocused();
});

test('exact times can be asked for, and the row opens there, too', async ({
  page,
  api,
  receiver,
}) => {
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  await api.makeDelivery(webhook);
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
  const row = log(page).getByRole('row', { name: /204/ });
  const tooltipAt = (part: Locator) =>
    part.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      return hit?.closest('[title]')?.getAttribute('title') ?? null;
    });
  expect(await tooltipAt(row.locator('time'))).toMatch(/ \d{4}, .*GMT\+\d/);
  expect(await tooltipAt(row.getByTitle('204'))).toBe('204');
  expect(await tooltipAt(row)).toBeNull();
  for (const part of [row.locator('time'), row.getByTitle('204')]) {
    await part.click();
    await expect(dialog(page)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toBeHidden();
  }
});

test(
  'a row has as many cells as there are columns',
  needs('events'),
  async ({ page, api, receiver }) => {
    const webhook = await api.createWebhook({ target_url: receiver.url() });
    await api.postEvent();
    await receiver.waitFor();
    const { id } = await api.organization();
    for (const path of [webhook.id, 'deliveries']) {
      await page.goto(`/organization/${id}/settings/webhook/${path}`);
      const cells = log(page).getByRole('row', { name: /204/ }).getByRole('cell');
      const headers = log(page).getByRole('columnheader');
      await expect(cells).toHaveCount(await headers.count());
      await expect(headers.first()).toHaveText('Event and place');
      await expect(cells.first()).toContainText('shop / live (Production)');
      await expect(headers.nth(1)).toHaveText('Result');
      await expect(cells.nth(1)).toContainText('204');
    }
  },
);

test(
  'the row that has the focus keeps it, wherever one scrolls, and on the way back',
  needs('events'),
  async ({ page, api, receiver }) => {
    const webhook = await api.createWebhook({ target_url: receiver.url() });
    const rows = 420;
    await api.postEvent({ project: { name: 'shop-0' } });
    await api.waitUntilTried(webhook);
    const others = Array.from({ length: rows - 1 }, (_, i) => `shop-${i + 1}`);
    await Promise.all(others.map((name) => api.postEvent({ project: { name } })));
    await receiver.waitForCount(rows, { timeout: 60_000 });
    await api.waitUntilTried(webhook);
    const { id } = await api.organization();
    await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
    const focused = log(page).getByRole('link', {
      name: String(await log(page).getByRole('link').first().getAttribute('aria-label')),
      exact: true,
    });
    await focused.focus();
    await page.mouse.move(640, 500);
    await page.mouse.wheel(0, 3000);
    await expect(focused).not.toBeInViewport();
    await expect(focused).toBeFocused();
    // So far that its page is let go.
    await expect(async () => {
      await page.mouse.wheel(0, 100_000);
      await expect(log(page).getByRole('link', { name: /shop-0 / })).toBeInViewport({
        timeout: 500,
      });
    }).toPass();
    await expect(focused).toBeFocused();
    const reading = page.waitForRequest(/\/event\?.*before=.*after=/);
    await page.mouse.wheel(0, -200_000);
    await reading;
    await expect(focused).toBeInViewport();
    await expect(focused).toBeFocused();
  },
);

/** What `WebhookEventResponse` of the Qovery API has. */
const qoverysMembers = [
  'id',
  'created_at',
  'kind',
  'matched_event',
  'target_url_used',
  'request',
  'target_response_status_code',
  'target_response_body',
];

test(
  'over an API that has no more than Qovery’s, the log is what that lists',
  needs('events'),
  async ({ page, api, receiver }) => {
    await page.route('**/api/capabilities', (route) => route.fulfill({ status: 404, json: {} }));
    let looks = 0;
    await page.route(/\/event(\?|$)/, async (route) => {
      looks += 1;
      const response = await route.fetch({ url: route.request().url().replace(/\?.*/, '') });
      const { results } = (await response.json()) as { results: Record<string, unknown>[] };
      const plain = results.map((row) =>
        Object.fromEntries(qoverysMembers.map((member) => [member, row[member]])),
      );
      await route.fulfill({ json: { results: plain } });
    });
    await page.route('**/event/*', (route) => route.fulfill({ status: 404, json: {} }));
    receiver.behave({ status: 200, body: 'thanks' });
    const webhook = await api.createWebhook({ target_url: receiver.url() });
    const tried = () =>
      api
        .listAttempts(webhook.id)
        .then((rows) => rows.filter(({ attempt }) => attempt === 1).length);
    await api.postEvent({ project: { name: 'one' } });
    await expect.poll(tried).toBe(1);
    const { id } = await api.organization();
    await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
    await expect(log(page).getByRole('link', { name: /one \/ live \(Production\)/ })).toBeVisible();
    await expect(page.getByText('The end of the log.')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Send test event' })).toBeHidden();
    await expect(page.getByRole('combobox', { name: 'Result' })).toBeHidden();
    await api.postEvent({ project: { name: 'two' } });
    await expect.poll(tried).toBe(2);
    await expect(log(page).getByRole('link', { name: /two/ })).toBeVisible();
    const before = looks;
    await expect.poll(() => looks, { timeout: 15_000 }).toBeGreaterThan(before + 1);
    await expect(log(page).getByRole('link')).toHaveCount(2);

    await log(page).getByRole('link', { name: /one/ }).click();
    const request = dialog(page).getByRole('region', { name: 'Request' });
    await expect(request).toContainText(`POST ${receiver.url()}`);
    await expect(request).toContainText('"name": "one"');
    await expect(dialog(page).getByRole('region', { name: 'Response' })).toContainText('thanks');
    await expect(dialog(page)).toContainText('one / live (Production)');
    await page.goto(`/organization/${id}/settings/webhook/${webhook.id}?attempt=${id}`);
    await expect(dialog(page)).toContainText('This delivery is not in the log');
  },
);

test('however often it is closed, one goes back once', async ({ page, api, backEnd, receiver }) => {
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  await api.makeDelivery(webhook);
  const { id } = await api.organization();
  const list = `/organization/${id}/settings/webhook`;
  const logs: [path: string, link: string][] = [[webhook.id, receiver.url()]];
  // A Qovery API has no log of all webhooks.
  if (backEnd === 'embedded') logs.push(['deliveries', 'Deliveries']);
  for (const [path, link] of logs) {
    const address = `${list}/${path}`;
    // From another page of the console: going back twice would lead to that.
    await page.goto(list);
    await page.getByRole('link', { name: link, exact: true }).click();
    await expect(page).toHaveURL(address);
    for (const times of [1, 2]) {
      await log(page).getByRole('link', { name: /204/ }).click();
      await expect(dialog(page)).toBeVisible();
      await dialog(page).evaluate((element, times) => {
        for (let i = 0; i < times; i += 1) {
          element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
          element.querySelector<HTMLElement>('[aria-label="Close"]')?.click();
        }
      }, times);
      await expect(dialog(page)).toBeHidden();
      await expect(log(page)).toBeVisible();
      await expect(page).toHaveURL(address);
    }
    // Opened by its address: there is nothing to go back to.
    const [row] = await api.listAttempts(webhook.id);
    await page.goto(`${address}?status=succeeded&attempt=${row?.id}&webhook=${webhook.id}`);
    await expect(dialog(page)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toBeHidden();
    await expect(page).toHaveURL(`${address}?status=succeeded`);
  }
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
  await api.makeDelivery(webhook);
  // Refused for good, so that nothing but the button and the next look tries again.
  let status = 400;
  let answer = () => Promise.resolve();
  await page.route(/\/event(\?|$)/, async (route) => {
    await answer();
    return status === 200 ? route.fallback() : route.fulfill({ status, json: {} });
  });
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
  const heading = page.getByRole('heading', { name: 'Could not load the deliveries' });
  await expect(heading).toBeVisible();
  const again = page.getByRole('button', { name: 'Try again' });
  const held = deferred();
  answer = () => held.promise;
  await again.focus();
  await page.keyboard.press('Enter');
  await expect(again).toHaveAttribute('aria-disabled', 'true');
  await expect(heading).toBeVisible();
  held.resolve();
  await expect(again).not.toHaveAttribute('aria-disabled', 'true');
  await expect(again).toBeFocused();
  await expect(heading).toBeVisible();
  status = 200;
  await page.keyboard.press('Enter');
  await expect(log(page).getByRole('link', { name: /shop/ })).toBeFocused();

  status = 500;
  const outOfDate = page.getByText('What you see may be out of date.');
  await expect(outOfDate).toBeVisible();
  await expect(log(page).getByRole('link', { name: /shop/ })).toBeVisible();
  status = 200;
  await expect(outOfDate).toBeHidden();
});

test(
  'older rows that cannot be loaded can be tried again, and one goes on from the first of them',
  needs('events'),
  async ({ page, api, receiver }) => {
    const webhook = await api.createWebhook({ target_url: receiver.url() });
    for (let i = 0; i < 6; i += 1) await api.postEvent({ project: { name: `shop-${i}` } });
    await receiver.waitForCount(6);
    await api.waitUntilTried(webhook);
    // In the order in which they were answered.
    const third = (await api.listAttempts(webhook.id))[2]?.project?.name ?? '';
    expect(third).toMatch(/^shop-\d$/);
    // The newest rows as if they were all that is loaded at once; of the others nothing at first.
    let status = 400;
    await page.route('**/event?**', async (route) => {
      const asked = new URL(route.request().url()).searchParams;
      if (asked.has('before')) {
        return status === 200 ? route.fallback() : route.fulfill({ status, json: {} });
      }
      if (asked.has('after')) return route.fallback();
      const response = await route.fetch({ maxRetries: 2 });
      const { results } = (await response.json()) as { results: unknown[] };
      return route.fulfill({ json: { results: results.slice(0, 2) } });
    });
    const { id } = await api.organization();
    await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
    const again = page.getByRole('alert').getByRole('button', { name: 'Try again' });
    await again.focus();
    status = 200;
    await page.keyboard.press('Enter');
    await expect(log(page).getByRole('link', { name: `${third} ` })).toBeFocused();
    await expect(page.getByText('The end of the log.')).toBeVisible();
  },
);

test('an empty log that may be out of date says so', async ({ page, api, receiver }) => {
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
  await expect(page.getByText('Nothing was sent yet')).toBeVisible();
  await page.route(/\/event(\?|$)/, (route) => route.fulfill({ status: 500, json: {} }));
  await expect(page.getByText('What you see may be out of date.')).toBeVisible();
  await expect(page.getByText('Nothing was sent yet')).toBeVisible();
});
