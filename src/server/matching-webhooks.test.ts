import { describe, expect, it, vi } from 'vitest';

import { webhooksPath } from '../contract/api-paths';
import { compileFilter } from '../contract/filter';
import { webhookRequestSchema } from '../contract/webhook';
import { listed } from './rows-as-json';
import { createTestServer, organizationId, type TestServer } from './test-server';
import { addWebhook, removeWebhook, replaceWebhook } from './webhook-changes';
import type { WebhookRow } from './webhook-store';

vi.mock('../contract/filter', { spy: true });
const compilations = vi.mocked(compileFilter);

const request = webhookRequestSchema.parse({
  kind: 'STANDARD',
  target_url: 'https://example.org',
  events: ['DEPLOYMENT_STARTED'],
});
const event = { event_type: 'DEPLOYMENT_STARTED', mode: 'STAGING', project_name: 'api' };

const find = async ({ db, deps }: TestServer) => {
  const found = await db
    .transaction()
    .execute((trx) => deps.matchingWebhooks.find(trx, organizationId, event));
  return found.map(({ id }) => id);
};

const wanted = (id: string) => ({ organizationId, id, ifMatch: undefined });

async function addMany({ db }: TestServer, count: number) {
  const rows = Array.from({ length: count }, (_, index): WebhookRow => ({
    id: `018f0000-0000-7000-8000-${String(index).padStart(12, '0')}`,
    organization_id: organizationId,
    created_at: index,
    updated_at: index,
    version: 1,
    kind: 'STANDARD',
    target_url: 'https://example.org',
    target_secret: null,
    description: '',
    enabled: 1,
    events: '["DEPLOYMENT_STARTED"]',
    project_names_filter: '[]',
    environment_types_filter: '[]',
    disabled_reason: null,
    disabled_at: null,
  }));
  await db.transaction().execute(async (trx) => {
    for (const row of rows) await trx.insertInto('webhook').values(row).execute();
  });
  return rows.map(({ id }) => id);
}

/** How often the event loop turned during some work on a machine that takes 11 ms for everything. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 11));
  let turns = 0;
  let isOver = false;
  const turn = () => {
    turns += 1;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  isOver = true;
  clock.mockRestore();
  return turns;
}

describe('after a webhook was', () => {
  it.each<[string, (server: TestServer, id: string) => Promise<unknown>, number]>([
    ['changed', ({ deps }, id) => replaceWebhook(deps, wanted(id), request), 1],
    [
      'disabled',
      ({ deps }, id) => replaceWebhook(deps, wanted(id), { ...request, enabled: false }),
      0,
    ],
    ['added', ({ deps }) => addWebhook(deps, organizationId, request), 1],
    ['removed', ({ deps }, id) => removeWebhook(deps, wanted(id)), 0],
  ])('%s, no other filter is compiled again', async (_, change, expected) => {
    const server = await createTestServer();
    const ids = await addMany(server, 5);
    expect(await find(server)).toEqual(ids);
    await change(server, ids[2] ?? '');
    compilations.mockClear();
    const enabled = await server.db
      .selectFrom('webhook')
      .select('id')
      .where('enabled', '=', 1)
      .orderBy('created_at')
      .execute();
    expect(await find(server)).toEqual(enabled.map(({ id }) => id));
    expect(compilations).toHaveBeenCalledTimes(expected);
    await find(server);
    expect(compilations).toHaveBeenCalledTimes(expected);
  });
});

it('goes by what is in the database if a change was rolled back', async () => {
  const server = await createTestServer();
  const ids = await addMany(server, 2);
  await find(server);
  const undone = server.db.transaction().execute(async (trx) => {
    await trx.deleteFrom('webhook').execute();
    for (const id of ids) server.deps.matchingWebhooks.invalidate(organizationId, id);
    throw new Error('rolled back');
  });
  await expect(undone).rejects.toThrow('rolled back');
  expect(await find(server)).toEqual(ids);
});

describe('with a thousand webhooks, others have their turn', () => {
  it('while they are compiled, asked and compiled again', async () => {
    const server = await createTestServer();
    const ids = await addMany(server, 1000);
    expect(await turnsDuring(() => find(server))).toBeGreaterThanOrEqual(8);
    expect(await turnsDuring(() => find(server))).toBeGreaterThanOrEqual(4);
    await server.db
      .updateTable('webhook')
      .set({ kind: 'SLACK' })
      .where('id', 'in', listed(ids))
      .execute();
    for (const id of ids) server.deps.matchingWebhooks.invalidate(organizationId, id);
    expect(await turnsDuring(() => find(server))).toBeGreaterThanOrEqual(8);
  });

  it('while they are listed', async () => {
    const server = await createTestServer();
    const ids = await addMany(server, 1000);
    const list = async () => {
      const { body } = await server.call('GET', webhooksPath(organizationId));
      expect((body.results as { id: string }[]).map(({ id }) => id)).toEqual(ids);
    };
    expect(await turnsDuring(list)).toBeGreaterThanOrEqual(4);
  });
});
