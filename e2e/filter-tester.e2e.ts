import type { Page } from '@playwright/test';

import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from './accessibility';
import type { Api } from './api';
import { holdBack } from './hold-back';
import { needs } from './needs';
import { expect, test } from './support';

test.beforeEach(({ signIn }) => signIn());

async function openForm(page: Page) {
  await page.goto('/');
  await page.getByRole('link', { name: 'Add new' }).click();
  return formOf(page);
}

function formOf(page: Page) {
  const dialog = page.getByRole('dialog', { name: 'Add webhook' });
  return {
    dialog,
    projects: dialog.getByRole('combobox', { name: 'Project name filter' }),
    outcome: dialog.getByRole('region', { name: 'What the filters take' }),
  };
}

const post = (api: Api, event_type: string, project: string, mode = 'PRODUCTION') =>
  api.postEvent({ event_type, project: { name: project }, environment: { name: 'live', mode } });

/** Those of `makeEvents`. */
const fourProjects = ['product-api', 'billing', 'Product-web', 'analytics'];

/** Four projects, five events. */
async function makeEvents(api: Api) {
  await post(api, 'DEPLOYMENT_STARTED', 'product-api');
  await post(api, 'DEPLOYMENT_SUCCESSFUL', 'product-api');
  await post(api, 'DEPLOYMENT_FAILURE', 'billing', 'STAGING');
  await post(api, 'DEPLOYMENT_SUCCESSFUL', 'Product-web');
  await post(api, 'DEPLOYMENT_CANCELLED', 'analytics', 'PREVIEW');
}

test('the tester tells which projects match, those to come too, as one types', async ({
  page,
  api,
}) => {
  await api.makeProjects(fourProjects);
  const { dialog, projects, outcome } = await openForm(page);
  await expect(outcome).toContainText('All 4 projects, and any later one');
  await projects.pressSequentially('PRODUCT');
  await expect(outcome).toContainText('Matches 0 of 4 projects');
  await expect(outcome).not.toContainText('later');
  await projects.pressSequentially('*');
  await expect(outcome).toContainText(
    'Matches 2 of 4 projects: product-api, Product-web — and any later project whose name starts with PRODUCT',
  );
  await projects.press('Enter');
  await projects.pressSequentially('billing,');
  await expect(outcome).toContainText(
    'Matches 3 of 4 projects: billing, product-api, Product-web — and any later project',
  );
  await dialog.getByRole('button', { name: 'Remove PRODUCT*' }).click();
  await expect(outcome).toContainText('Matches 1 of 4 projects: billing');
  await expect(outcome).not.toContainText('later');
});

test('many names are cut short until one asks for all', async ({ page, api }) => {
  await api.makeProjects(Array.from({ length: 9 }, (_, i) => `p${i + 1}`));
  const { projects, outcome } = await openForm(page);
  await projects.fill('p*');
  await expect(outcome).toContainText('9 projects: p1, p2, p3, p4, p5, p6, … — and any later');
  await outcome.getByRole('button', { name: 'Show all 9 names' }).click();
  await expect(outcome).toContainText('p6, p7, p8, p9 — and any later');
  await outcome.getByRole('button', { name: 'Show fewer names' }).click();
  await expect(outcome).not.toContainText('p7');
});

test(
  'the dry run counts what would have come, and tells what decided',
  needs('events'),
  async ({ page, api }) => {
    await makeEvents(api);
    const { dialog, projects, outcome } = await openForm(page);
    const received = (sum: string) =>
      expect(outcome).toContainText(
        `In the last 7 days this webhook would have received ${sum} deployment events`,
      );
    await received('5 of 5');
    await expect(outcome).not.toContainText('Kept out');

    const events = outcome.getByRole('list', { name: 'Events of the dry run' });
    await expect(events).toBeHidden();
    await outcome.getByText('Events, one by one').click();
    const items = events.getByRole('listitem');
    await expect(items).toHaveCount(5);
    await expect(items.first()).toContainText('Deployment cancelled');
    await expect(items.first()).toContainText('analytics / live (Preview)');
    await expect(items.filter({ hasText: 'would be sent' })).toHaveCount(5);

    await dialog.getByRole('checkbox', { name: /Deployment started/ }).uncheck();
    await dialog.getByRole('checkbox', { name: 'Production' }).check();
    await dialog.getByRole('checkbox', { name: 'Preview' }).check();
    await projects.fill('product*');
    await received('2 of 5');
    await expect(outcome).toContainText(
      'Kept out: 1 by event, 1 by environment type, 1 by project name',
    );
    await expect(items).toContainText([
      'kept out: no project pattern matches “analytics”',
      'would be sent',
      'kept out: environment type is Staging',
      'would be sent',
      'kept out: event is Deployment started',
    ]);
    await projects.fill('');
    await received('3 of 5');

    await dialog.getByRole('switch', { name: 'Enabled' }).click();
    await received('3 of 5');
    await expect(outcome).toContainText('nothing is sent until it is on');
  },
);

test(
  'what has changed is read out once it has come to rest',
  needs('events'),
  async ({ page, api }) => {
    await makeEvents(api);
    const { projects, outcome } = await openForm(page);
    await expect(outcome).toContainText('5 of 5');
    const status = outcome.getByRole('status');
    await expect(status).toBeEmpty();
    await projects.fill('bill*');
    await expect(status).toHaveText('1 of 4 projects, 1 of 5 past events.');
    await projects.fill('');
    await expect(status).toHaveText('4 of 4 projects, 5 of 5 past events.');
  },
);

test(
  'what is typed before it is known what there is, is read out when it is',
  needs('events'),
  async ({ page, api }) => {
    await makeEvents(api);
    const sendProjects = await holdBack(page, '**/project');
    const { projects, outcome } = await openForm(page);
    await expect(outcome).toContainText('5 of 5 deployment events');
    await projects.fill('bill*');
    await expect(outcome).toContainText('1 of 5 deployment events');
    sendProjects();
    const status = outcome.getByRole('status');
    await expect(status).toHaveText('1 of 4 projects, 1 of 5 past events.');
  },
);

test(
  'what a draft lays over the form is no change, and is not read out',
  needs('events'),
  async ({ page, api }) => {
    await makeEvents(api);
    const first = await openForm(page);
    await first.projects.fill('bill*');
    await expect(first.outcome).toContainText('1 of 5 deployment events');
    await page.clock.install();
    await page.reload();
    const { outcome } = formOf(page);
    await expect(outcome).toContainText('1 of 5 deployment events');
    await page.clock.runFor(2_000);
    const status = outcome.getByRole('status');
    await expect(status).toBeEmpty();
    await formOf(page).projects.fill('product*');
    await expect(outcome).toContainText('3 of 5 deployment events');
    await page.clock.runFor(2_000);
    await expect(status).toHaveText('2 of 4 projects, 3 of 5 past events.');
  },
);

test('the days roll on with the clock', needs('events'), async ({ page, api }) => {
  await makeEvents(api);
  const inDays = (days: number) => Date.now() + days * 86_400_000;
  await page.clock.setFixedTime(inDays(6.9));
  const { outcome } = await openForm(page);
  await expect(outcome).toContainText('5 of 5 deployment events');
  await page.clock.setFixedTime(inDays(7.1));
  await page.reload();
  await expect(outcome).toContainText('No deployment events in the last 7 days');
  await expect(outcome).toContainText('All 4 projects');
});

test('nothing has happened yet', needs('events'), async ({ page }) => {
  const { projects, outcome } = await openForm(page);
  await expect(outcome).toContainText('No projects yet. The filter will take any later one.');
  await expect(outcome).toContainText('No deployment events in the last 7 days');
  await projects.fill('api');
  await expect(outcome).toContainText('The filter will take only those that it names.');
});

test(
  'what cannot be loaded says so, and is asked for again',
  needs('events'),
  async ({ page, api }) => {
    await makeEvents(api);
    const answer = { status: 403, json: { title: 'Not today' } };
    const paths = /\/(project|deployment-event\/summary|deployment-event)(\?.*)?$/;
    await page.route(paths, (route) => route.fulfill(answer));
    const { outcome } = await openForm(page);
    await expect(outcome).toContainText('Could not load the projects. You may not do this');
    await expect(outcome).toContainText('Could not load the events of the last 7 days.');
    await expectAccessibleInBothThemes(page);
    await page.unroute(paths);
    await outcome.getByRole('button', { name: 'Try again' }).first().click();
    await expect(outcome).toContainText('All 4 projects');
    await outcome.getByRole('button', { name: 'Try again' }).click();
    await expect(outcome).toContainText('5 of 5 deployment events');
    await page.route(paths, (route) => route.fulfill(answer));
    await outcome.getByText('Events, one by one').click();
    await expect(outcome).toContainText('Could not load the events.');
  },
);

test('an API that cannot look back has a tester and no dry run', async ({ page, api }) => {
  await api.makeProjects(fourProjects);
  await page.route('**/capabilities', (route) => route.fulfill({ status: 404, json: {} }));
  const { outcome } = await openForm(page);
  await expect(outcome).toContainText('All 4 projects');
  await expect(outcome).not.toContainText('last 7 days');
});

for (const width of [360, 1440]) {
  test.describe(`${width} px wide`, needs('looks'), () => {
    test.use({ viewport: { width, height: 800 } });

    test('tester and dry run fit and read well, with long names too', async ({ page, api }) => {
      await makeEvents(api);
      await post(api, 'DEPLOYMENT_FAILURE', 'unbroken'.repeat(31));
      const { projects, outcome } = await openForm(page);
      await projects.fill('*bro*,product-api,');
      await outcome.getByText('Events, one by one').click();
      await expect(outcome.getByRole('listitem')).toHaveCount(6);
      await expect(outcome).toContainText('3 of 6');
      await expectNoSidewaysScroll(page);
      await expectAccessibleInBothThemes(page);
    });
  });
}
