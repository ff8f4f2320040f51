import { describe, expect, it } from 'vitest';

import { webhookEventSchema, type WebhookEvent } from '../../contract/webhook-event';
import { newId } from '../new-id';
import { insertAttempts } from './attempt-store';
import { claimDeliveries, settleDeliveries } from './delivery-store';
import { readLogPage } from './log-page';
import type { LogPage } from './log-rows';
import { prepareDeliveries, type Deliveries } from './test-deliveries';
import { attemptRow } from './test-log-rows';
import { startReceiver } from './test-receiver';

const organization_id = '00000000-0000-4000-8000-000000000001';

const list = (
  deliveries: Deliveries,
  webhook_id: string,
  limit = 50,
  before: string | null = null,
) => rowsOf(deliveries, pageOf({ webhook_id, limit, before }));

const pageOf = (wanted: Partial<LogPage>): LogPage => ({
  organization_id,
  webhook_id: null,
  limit: 50,
  before: null,
  after: null,
  delivery_id: null,
  status: null,
  event_type: null,
  is_summary: false,
  ...wanted,
});

async function rowsOf({ db }: Deliveries, page: LogPage): Promise<WebhookEvent[]> {
  const rows: WebhookEvent[] = [];
  for await (const texts of readLogPage(db, page)) {
    rows.push(...texts.map((text) => JSON.parse(text) as WebhookEvent));
  }
  return rows;
}

it('lists attempts and untried deliveries as the API does, newest first', async () => {
  const deliveries = await prepareDeliveries();
  const receiver = await startReceiver((_request, response) => {
    response.writeHead(503, { 'x-a': 'b' }).end('down');
  });
  const webhook = await deliveries.addWebhook(receiver.url, { secret: 'hush-hush' });
  const [tried = ''] = await deliveries.accept([webhook], { body: '{"a":[1]}' });
  const worker = deliveries.start();
  await deliveries.hasTried(tried, 1);
  await worker.stop();
  const [untried = ''] = await deliveries.accept([webhook], { kind: 'SLACK' });

  const rows = await list(deliveries, webhook);
  expect(rows).toMatchObject([
    {
      id: untried,
      kind: 'SLACK',
      matched_event: 'DEPLOYMENT_STARTED',
      target_url_used: receiver.url,
      request: { text: 'slack' },
      target_response_status_code: 0,
      target_response_body: null,
      delivery_id: untried,
      project: { name: 'p' },
      environment: { name: 'e', mode: 'PRODUCTION' },
      attempt: 0,
      trigger: 'event',
      next_attempt_at: '2023-11-14T22:13:20.000Z',
      request_headers: null,
    },
    {
      created_at: '2023-11-14T22:13:20.000Z',
      target_url_used: receiver.url,
      request: { a: [1] },
      target_response_status_code: 503,
      target_response_body: 'down',
      delivery_id: tried,
      project: { name: 'p' },
      environment: { name: 'e', mode: 'PRODUCTION' },
      attempt: 1,
      max_attempts: 3,
      error: 'answered 503',
      next_attempt_at: '2023-11-14T22:13:21.000Z',
      request_headers: { 'webhook-id': tried, 'webhook-timestamp': '1700000000' },
      response_headers: { 'x-a': 'b' },
    },
  ]);
  for (const row of rows) expect(webhookEventSchema.parse(row)).toEqual(row);
  expect(JSON.stringify(rows)).not.toContain('hush-hush');
});

it('shows a first attempt in flight as a delivery not tried yet', async () => {
  const deliveries = await prepareDeliveries();
  let answer = () => {};
  const receiver = await startReceiver((_request, response) => {
    answer = () => response.end();
  });
  const webhook = await deliveries.addWebhook(receiver.url);
  const [id = ''] = await deliveries.accept([webhook]);
  deliveries.start();
  await receiver.hasReceived(1);
  expect(await list(deliveries, webhook)).toMatchObject([
    { id, attempt: 0, next_attempt_at: null, created_at: '2023-11-14T22:13:20.000Z' },
  ]);
  answer();
  await deliveries.hasTried(id, 1);
  expect(await list(deliveries, webhook)).toMatchObject([{ delivery_id: id, attempt: 1 }]);
});

it('shows a delivery whose first attempt is recorded at the same time, once', async () => {
  const deliveries = await prepareDeliveries();
  const webhook = await deliveries.addWebhook('http://127.0.0.1:1');
  const [id = ''] = await deliveries.accept([webhook]);
  const attempt = attemptRow({
    id: newId(),
    organization_id,
    webhook_id: webhook,
    delivery_id: id,
  });
  await claimDeliveries(deliveries.db, [id], 1);
  const [rows] = await Promise.all([
    list(deliveries, webhook),
    deliveries.db.transaction().execute(async (trx) => {
      await settleDeliveries(trx, [{ id, attempt: 1, status: 'succeeded', run_at: 1 }]);
      await insertAttempts(trx, [attempt]);
    }),
  ]);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ delivery_id: id });
});

it('goes page by page without gaps, for one webhook only', async () => {
  const deliveries = await prepareDeliveries();
  const receiver = await startReceiver();
  const webhook = await deliveries.addWebhook(receiver.url);
  const other = await deliveries.addWebhook(receiver.url);
  const worker = deliveries.start();
  const expected: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    const [id = ''] = await deliveries.accept([webhook, other]);
    worker.wake();
    await deliveries.hasTried(id, 1);
    expected.unshift(id);
  }
  await worker.stop();
  for (let count = 0; count < 3; count += 1) {
    const [id = ''] = await deliveries.accept([webhook, other]);
    expected.unshift(id);
  }
  const seen: (string | null)[] = [];
  for (let before: string | null = null; ;) {
    const page = await list(deliveries, webhook, 2, before);
    expect(page.length).toBeLessThanOrEqual(2);
    seen.push(...page.map(({ delivery_id }) => delivery_id));
    before = page.at(-1)?.id ?? null;
    if (before === null) break;
  }
  expect(seen).toEqual(expected);
  const elsewhere = pageOf({ organization_id: 'other', webhook_id: webhook });
  expect(await rowsOf(deliveries, elsewhere)).toEqual([]);
});

describe('bodies', () => {
  const bigBody = JSON.stringify({ a: 'x'.repeat(231_000) });

  it('are in the page as they are stored', async () => {
    const { db, accept, addWebhook } = await prepareDeliveries();
    const webhook_id = await addWebhook('http://127.0.0.1:1');
    await accept([webhook_id], { body: '{"a": 1.0}' });
    const { value: texts } = await readLogPage(db, pageOf({ webhook_id, limit: 1 })).next();
    expect(texts).toEqual([expect.stringContaining('"request":{"a": 1.0}')]);
  });

  it('make pages short where they are large, without gaps', async () => {
    const deliveries = await prepareDeliveries();
    const webhook = await deliveries.addWebhook('http://127.0.0.1:1');
    const expected: string[] = [];
    for (let count = 0; count < 40; count += 1) {
      expected.unshift(...(await deliveries.accept([webhook], { body: bigBody })));
    }
    const seen: string[] = [];
    let pages = 0;
    for (let before: string | null = null; ; pages += 1) {
      const rows = await list(deliveries, webhook, 200, before);
      expect(JSON.stringify(rows).length).toBeLessThan(5_000_000);
      seen.push(...rows.map(({ id }) => id));
      before = rows.at(-1)?.id ?? null;
      if (before === null) break;
    }
    expect(pages).toBe(3);
    expect(seen).toEqual(expected);
  });

  it('make pages short at the end that is farther from the cursor', async () => {
    const deliveries = await prepareDeliveries();
    const webhook_id = await deliveries.addWebhook('http://127.0.0.1:1');
    const [cursor = ''] = await deliveries.accept([webhook_id]);
    const expected: string[] = [];
    for (let count = 0; count < 40; count += 1) {
      expected.push(...(await deliveries.accept([webhook_id], { body: bigBody })));
    }
    const seen: string[] = [];
    let pages = 0;
    for (let after = cursor; ; pages += 1) {
      const rows = await rowsOf(deliveries, pageOf({ webhook_id, limit: 200, after }));
      const [newest] = rows;
      seen.push(...rows.map(({ id }) => id).toReversed());
      if (!newest) break;
      after = newest.id;
    }
    expect(pages).toBe(3);
    expect(seen).toEqual(expected);
  });

  it('are not in a summary, whatever their size', async () => {
    const deliveries = await prepareDeliveries();
    const webhook_id = await deliveries.addWebhook('http://127.0.0.1:1');
    for (let count = 0; count < 40; count += 1) {
      await deliveries.accept([webhook_id], { body: bigBody });
    }
    const rows = await rowsOf(deliveries, pageOf({ limit: 200, is_summary: true }));
    expect(rows).toHaveLength(40);
    expect(rows.every(({ request }) => Object.keys(request).length === 0)).toBe(true);
  });

  it('larger than a page come alone', async () => {
    const deliveries = await prepareDeliveries();
    const webhook = await deliveries.addWebhook('http://127.0.0.1:1');
    const body = JSON.stringify({ a: 'x'.repeat(5_000_000) });
    await deliveries.accept([webhook], { body });
    const [id] = await deliveries.accept([webhook], { body });
    expect((await list(deliveries, webhook)).map((row) => row.id)).toEqual([id]);
  });

  it('are read a few at a time, with other work in between', async () => {
    const deliveries = await prepareDeliveries();
    const webhook = await deliveries.addWebhook('http://127.0.0.1:1');
    for (let count = 0; count < 160; count += 1) await deliveries.accept([webhook]);
    let rounds = 0;
    let isOver = false;
    const count = () => {
      rounds += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    expect(await list(deliveries, webhook, 160)).toHaveLength(160);
    isOver = true;
    expect(rounds).toBeGreaterThanOrEqual(9);
  });
});
