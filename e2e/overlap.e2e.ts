import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from './accessibility';
import { openAddForm } from './add-form';
import { needs } from './needs';
import { expect, test } from './support';

test.beforeEach(({ signIn }) => signIn());

const url = 'https://example.org/hook';
const slackUrl = 'https://hooks.slack.com/services/T0000/B0000/abcdefghwxyz';

test('a webhook with the same URL and some of the same events is named, and forbids nothing', async ({
  page,
  api,
  context,
}) => {
  const other = await api.createWebhook({
    target_url: slackUrl,
    description: 'Releases, for everybody',
    kind: 'SLACK',
    events: ['DEPLOYMENT_FAILURE'],
    environment_types_filter: ['PRODUCTION'],
    project_names_filter: ['api', 'shop-*'],
  });
  const dialog = await openAddForm(page);
  const warning = dialog.getByRole('status', { name: 'Overlap with other webhooks' });
  await expect(warning).toBeHidden();
  await dialog.getByRole('textbox', { name: 'URL' }).fill(slackUrl);
  await expect(warning).toContainText('Releases, for everybody');
  await expect(warning).not.toContainText('abcdefgh');

  const failed = dialog.getByRole('checkbox', { name: /Deployment failed/ });
  await failed.uncheck();
  await expect(warning).toBeHidden();
  await failed.check();
  await expect(warning).toBeVisible();
  const staging = dialog.getByRole('checkbox', { name: 'Staging' });
  await staging.check();
  await expect(warning).toBeHidden();
  await staging.uncheck();
  const projects = dialog.getByRole('combobox', { name: 'Project name filter' });
  await projects.fill('billing,');
  await expect(warning).toBeHidden();
  await projects.fill('SHOP-front,');
  await expect(warning).toBeVisible();

  const opened = context.waitForEvent('page');
  await warning.getByRole('link', { name: /hooks\.slack\.com\/services\/…wxyz/ }).click();
  const otherTab = await opened;
  await expect(otherTab).toHaveURL(new RegExp(`${other.id}/edit$`));
  await expect(otherTab.getByRole('textbox', { name: 'Description' })).toHaveValue(
    'Releases, for everybody',
  );
  await otherTab.close();

  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog).toBeHidden();
  expect(await api.listWebhooks()).toHaveLength(2);
});

test('a webhook does not overlap with itself', async ({ page, api }) => {
  await api.createWebhook({ target_url: url, description: 'first' });
  await page.goto('/');
  await page.getByRole('link', { name: /^Edit/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit webhook' });
  await expect(dialog.getByRole('textbox', { name: 'URL' })).toHaveValue(url);
  const warning = dialog.getByRole('status', { name: 'Overlap with other webhooks' });
  await expect(warning).toBeHidden();
  await api.createWebhook({ target_url: url, description: 'second', enabled: false });
  await page.reload();
  await expect(warning).toContainText('second');
  await expect(warning).toContainText('disabled');
  await expect(warning).not.toContainText('first');
});

for (const width of [360, 1440]) {
  test.describe(`${width} px wide`, needs('looks'), () => {
    test.use({ viewport: { width, height: 800 } });

    test('many that overlap are counted', async ({ page, api }) => {
      const long = `https://example.org/${'a-rather-long-path/'.repeat(20)}`;
      for (const name of ['a', 'b', 'c', 'd', 'e']) {
        const description = `${name} ${'Unbroken'.repeat(60)}`;
        await api.createWebhook({ target_url: long, description });
      }
      const dialog = await openAddForm(page);
      await dialog.getByRole('textbox', { name: 'URL' }).fill(long);
      const warning = dialog.getByRole('status', { name: 'Overlap with other webhooks' });
      await expect(warning).toContainText('5 other webhooks');
      await expect(warning.getByRole('link')).toHaveCount(3);
      await expect(warning).toContainText('And 2 more.');
      await expectNoSidewaysScroll(page);
      await expectAccessibleInBothThemes(page);
    });
  });
}
