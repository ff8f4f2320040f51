import { expect, test } from './support';

test.beforeEach(({ signIn }) => signIn());

test('each event says what became of it: delivered, kept out by which rule, or not there in time', async ({
  page,
  api,
  receiver,
}) => {
  await api.postEvent({ project: { name: 'shop-early' } });
  const webhook = await api.createWebhook({
    target_url: receiver.url(),
    events: ['DEPLOYMENT_SUCCESSFUL'],
    environment_types_filter: ['PRODUCTION'],
    project_names_filter: ['shop*'],
  });
  await api.postEvent({ project: { name: 'shop-sent' } });
  await api.postEvent({ project: { name: 'shop-type' }, event_type: 'DEPLOYMENT_FAILURE' });
  await api.postEvent({
    project: { name: 'shop-mode' },
    environment: { name: 'try', mode: 'STAGING' },
  });
  await api.postEvent({ project: { name: 'other' } });
  await api.editWebhook(webhook.id, { ...webhook, enabled: false });
  await api.postEvent({ project: { name: 'shop-off' } });
  await receiver.waitFor();

  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}`);
  await page.getByRole('link', { name: 'Why did nothing fire?' }).click();
  const events = page.getByRole('list', { name: 'Deployment events' });
  const event = (name: string) => events.getByRole('listitem').filter({ hasText: name });
  await expect(event('shop-type')).toContainText('kept out: event is Deployment failed');
  await expect(event('shop-mode')).toContainText('kept out: environment type is Staging');
  await expect(event('other')).toContainText('kept out: no project pattern matches “other”');
  await expect(event('shop-early')).toContainText('the webhook was added later');
  await expect(event('shop-off')).toContainText(
    'the webhook was added, changed or disabled at that time',
  );
  await expect(
    page.getByText('Of the 6 deployment events that came in, 1 was delivered here'),
  ).toContainText(
    'kept out by project name: 1, environment type: 1, event: 1; 2 matched, but were not sent',
  );

  await page.getByRole('combobox', { name: 'Outcome' }).selectOption('Kept out');
  await expect(events.getByRole('listitem')).toHaveCount(3);
  await page.reload();
  await expect(events.getByRole('listitem')).toHaveCount(3);
  await page.getByRole('combobox', { name: 'Outcome' }).selectOption('Delivered');
  await event('shop-sent')
    .getByRole('link', { name: /^Delivered/ })
    .click();
  await expect(page.getByRole('dialog')).toContainText('204');
  await page.keyboard.press('Escape');
  await expect(events.getByRole('listitem')).toHaveCount(1);

  // What comes in meanwhile appears by itself.
  await page.getByRole('combobox', { name: 'Outcome' }).selectOption('Any outcome');
  await api.postEvent({ project: { name: 'new-one' } });
  await expect(event('new-one')).toContainText('no project pattern');
});

test('where no event came in, it says how they get here', async ({ page, api }) => {
  const webhook = await api.createWebhook({ target_url: 'https://example.org/x' });
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}?tab=events`);
  await expect(
    page.getByRole('heading', { name: 'No deployment event has come in' }),
  ).toBeVisible();
  await expect(page.getByLabel('Command that posts a deployment event')).toContainText(id);
});

test.describe('what was sent', () => {
  test.use({ settings: { RETRY_SCHEDULE: '50ms', DELIVERY_TIMEOUT: '30s' } });

  test('says by itself whether it arrived, failed, or is on its way', async ({
    page,
    api,
    receiver,
  }) => {
    receiver.behave(({ body }) => (body.includes('shop-slow') ? 'hang' : { status: 500 }));
    const webhook = await api.createWebhook({ target_url: receiver.url() });
    await api.postEvent({ project: { name: 'shop-bad' } });
    await api.postEvent({ project: { name: 'shop-slow' } });
    const { id } = await api.organization();
    await page.goto(`/organization/${id}/settings/webhook/${webhook.id}?tab=events`);
    const events = page.getByRole('list', { name: 'Deployment events' });
    const event = (name: string) => events.getByRole('listitem').filter({ hasText: name });
    await expect(event('shop-slow')).toContainText('On its way');
    await expect(event('shop-bad')).toContainText('Failed');
    await expect(page.getByText('1 failed; 1 is on its way.')).toBeVisible();
    await expect(events).not.toContainText('Delivered');

    await receiver.goDown();
    receiver.behave({ status: 204 });
    await receiver.comeBack();
    await expect(event('shop-slow')).toContainText('Delivered');
    await expect(page.getByText('1 was delivered here; 1 failed.')).toBeVisible();

    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('Failed');
    await expect(page).toHaveURL(/outcome=failed/);
    await expect(events.getByRole('listitem')).toHaveCount(1);
    await event('shop-bad')
      .getByRole('link', { name: /^Failed: see why/ })
      .click();
    await expect(page.getByRole('dialog')).toContainText('500');
  });
});
