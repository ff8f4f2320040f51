import { randomUUID } from 'node:crypto';
import { setImmediate as nextRound } from 'node:timers/promises';

import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import type { Db } from '../db';
import { insertAttempts, type AttemptRow } from '../delivery/attempt-store';
import { organizationId, prepareDeliveries } from '../delivery/test-deliveries';
import { startReceiver } from '../delivery/test-receiver';
import { insertOrganization } from '../organization-store';
import { sweep } from './sweep';

const day = 86_400_000;

async function prepare() {
  const deliveries = await prepareDeliveries();
  await insertOrganization(deliveries.db, { id: organizationId, name: 'Acme', created_at: 1 });
  return deliveries;
}

/** All the rows that a sweep may remove, counted. */
async function countsOf(db: Db) {
  const count = async (table: 'deployment_event' | 'delivery' | 'attempt') =>
    (await db.selectFrom(table).select(db.fn.countAll<number>().as('n')).executeTakeFirst())?.n;
  return {
    events: await count('deployment_event'),
    deliveries: await count('delivery'),
    attempts: await count('attempt'),
  };
}

const end = (db: Db, ids: readonly string[], status = 'succeeded') =>
  db
    .updateTable('delivery')
    .set({ status: status as 'succeeded' })
    .where('id', 'in', ids)
    .execute();

function attemptOf(delivery_id: string, change: Partial<AttemptRow> = {}): AttemptRow {
  return {
    id: randomUUID(),
    organization_id: organizationId,
    webhook_id: 'w',
    delivery_id,
    event_id: 'e',
    event_type: 'DEPLOYMENT_STARTED',
    kind: 'STANDARD',
    attempt: 1,
    max_attempts: 8,
    trigger: 'event',
    started_at: 0,
    duration_ms: 1,
    target_url_used: 'https://example.org',
    request_headers: '{}',
    status_code: 200,
    outcome: 'succeeded',
    error: null,
    response_headers: '{}',
    response_body: 'x',
    next_attempt_at: null,
    request_body: null,
    ...change,
  };
}

const pause = () => nextRound();

describe('a sweep', () => {
  it('removes events that are older with their deliveries and attempts, and no others', async () => {
    const { db, clock, addWebhook, accept } = await prepare();
    const webhooks = [await addWebhook('http://a.test'), await addWebhook('http://b.test')];
    const old = await accept(webhooks);
    await accept([]);
    clock.now += 1;
    const young = await accept(webhooks);
    const ids = [...old, ...young];
    await end(db, ids);
    await insertAttempts(
      db,
      ids.flatMap((id) => [attemptOf(id), attemptOf(id)]),
    );

    const swept = await sweep({ db, before: clock.now, pause });
    expect(swept).toEqual({ events: 2, deliveries: 2, attempts: 4 });
    expect(await countsOf(db)).toEqual({ events: 1, deliveries: 2, attempts: 4 });
    const left = await db.selectFrom('delivery').select('id').execute();
    expect(left.map(({ id }) => id).toSorted()).toEqual(young.toSorted());
  });

  it.each(['succeeded', 'failed', 'cancelled'])(
    'keeps an event and all that belongs to it while a delivery is pending, until that has %s',
    async (status) => {
      const { db, clock, addWebhook, accept } = await prepare();
      const webhooks = [await addWebhook('http://a.test'), await addWebhook('http://b.test')];
      const [pending = '', ended = ''] = await accept(webhooks);
      await accept([]);
      await end(db, [ended]);
      await insertAttempts(db, [attemptOf(pending), attemptOf(ended)]);
      const before = clock.now + 1;
      expect(await sweep({ db, before, pause })).toMatchObject({ events: 1, deliveries: 0 });
      expect(await countsOf(db)).toEqual({ events: 1, deliveries: 2, attempts: 2 });

      await end(db, [pending], status);
      await sweep({ db, before, pause });
      expect(await countsOf(db)).toEqual({ events: 0, deliveries: 0, attempts: 0 });
    },
  );

  it('goes past more events that wait than it looks at in one piece', async () => {
    const { db, clock, addWebhook, accept } = await prepare();
    const webhook = await addWebhook('http://a.test');
    for (let count = 0; count < 50; count += 1) await accept([webhook]);
    await end(db, await accept([webhook]));
    expect(await sweep({ db, before: clock.now + 1, pause })).toMatchObject({ events: 1 });
    expect(await countsOf(db)).toMatchObject({ events: 50, deliveries: 50 });
  });

  it('leaves what is made due again in between, with its body', async () => {
    const { db, clock, addWebhook, accept } = await prepare();
    const webhook = await addWebhook('http://a.test');
    const ids = await accept(Array(200).fill(webhook) as string[]);
    await end(db, ids, 'failed');
    const again = ids.at(-1) ?? '';
    let hasResent = false;
    const resendOnce = async () => {
      if (hasResent) return;
      hasResent = true;
      await db.updateTable('delivery').set({ status: 'pending' }).where('id', '=', again).execute();
    };
    await sweep({ db, before: clock.now + 1, pause: resendOnce });
    expect(await countsOf(db)).toMatchObject({ events: 1, deliveries: 1 });
    expect(await db.selectFrom('delivery').select('id').execute()).toEqual([{ id: again }]);
  });

  it('goes on after it was cut off anywhere, and an event never goes before its deliveries', async () => {
    const { db, clock, addWebhook, accept } = await prepare();
    const webhook = await addWebhook('http://a.test');
    const ids = [
      ...(await accept(Array(150).fill(webhook) as string[])),
      ...(await accept([webhook])),
    ];
    await end(db, ids);
    await insertAttempts(
      db,
      ids.map((id) => attemptOf(id)),
    );
    const seen: Awaited<ReturnType<typeof countsOf>>[] = [];
    const cut = async () => {
      seen.push(await countsOf(db));
      throw new Error('cut off');
    };
    const again = () => sweep({ db, before: clock.now + 1, pause: cut }).catch(() => null);
    let cuts = 0;
    while (cuts < 100 && !(await again())) cuts += 1;
    for (const { events = 0, deliveries = 0, attempts = 0 } of seen) {
      expect(attempts).toBeLessThanOrEqual(deliveries);
      expect(deliveries).toBeLessThanOrEqual(events * 150);
    }
    expect(cuts).toBeGreaterThan(5);
    expect(cuts).toBeLessThan(100);
    expect(await countsOf(db)).toEqual({ events: 0, deliveries: 0, attempts: 0 });
  });

  it('removes tests by their own time', async () => {
    const { db, clock } = await prepare();
    const test = (started_at: number) =>
      attemptOf(randomUUID(), { trigger: 'test', started_at, request_body: '{}' });
    const many = Array.from({ length: 300 }, () => test(clock.now - 1));
    await insertAttempts(db, [...many, test(clock.now)]);
    expect(await sweep({ db, before: clock.now, pause })).toMatchObject({ attempts: 300 });
    expect(await countsOf(db)).toMatchObject({ attempts: 1 });
  });

  it('removes the counts of days that are wholly past', async () => {
    const { db } = await prepare();
    const count = (onDay: number, project_name: string) => ({
      organization_id: organizationId,
      day: onDay,
      event_type: 'DEPLOYMENT_STARTED' as const,
      mode: 'PREVIEW' as const,
      project_name,
      count: 1,
      latest_at: 0,
    });
    const many = Array.from({ length: 600 }, (_, index) => count(19, `project ${index}`));
    const values = [count(18, 'p'), count(19, 'p'), count(20, 'p'), ...many];
    await db.insertInto('deployment_event_count').values(values).execute();
    await sweep({ db, before: 20 * day + 5, pause });
    const left = await db.selectFrom('deployment_event_count').select('day').execute();
    expect(left).toEqual([{ day: 20 }]);
  });

  it('removes recoveries that have done their part', async () => {
    const { db } = await prepare();
    const row = { organization_id: organizationId, webhook_id: 'w', since: 0, total: 1 };
    const done = {
      position_at: 0,
      position: '',
      is_queued: 1 as const,
      queued: 1,
      succeeded: 1,
      failed: 0,
    };
    const values = [
      { ...row, ...done, id: 'old', created_at: 5 },
      { ...row, ...done, id: 'unfinished', created_at: 5, is_queued: 0 as const },
      { ...row, ...done, id: 'young', created_at: 10 },
    ];
    await db.insertInto('recovery').values(values).execute();
    await sweep({ db, before: 10, pause });
    const left = await db.selectFrom('recovery').select('id').orderBy('id').execute();
    expect(left).toEqual([{ id: 'unfinished' }, { id: 'young' }]);
  });

  it('removes few rows at a time, and lets others in between', async () => {
    const { db, clock, addWebhook, accept } = await prepare();
    const webhook = await addWebhook('http://a.test');
    const ids = await accept(Array(500).fill(webhook) as string[]);
    await end(db, ids);
    const attempts = ids.flatMap((id) => [attemptOf(id), attemptOf(id)]);
    for (let at = 0; at < attempts.length; at += 100) {
      await insertAttempts(db, attempts.slice(at, at + 100));
    }
    const total = async () => {
      const { rows } = await sql<{ n: number }>`select total_changes() as n`.execute(db);
      return rows[0]?.n ?? 0;
    };
    let last = await total();
    let most = 0;
    const measure = async () => {
      const now = await total();
      most = Math.max(most, now - last);
      last = now;
    };
    await sweep({ db, before: clock.now + 1, pause: measure });
    expect(await countsOf(db)).toEqual({ events: 0, deliveries: 0, attempts: 0 });
    expect(most).toBeLessThanOrEqual(64);
  });

  it('lets the worker deliver meanwhile', async () => {
    const { db, clock, addWebhook, accept, start, hasTried } = await prepare();
    const receiver = await startReceiver();
    const webhook = await addWebhook(receiver.url);
    await end(db, await accept(Array(2000).fill(webhook) as string[]));
    clock.now += 1;
    const worker = start();
    // At each pause one more is accepted; the next goes on when it has arrived.
    let delivered = 0;
    const swept = await sweep({
      db,
      before: clock.now,
      async pause() {
        const [id = ''] = await accept([webhook]);
        worker.wake([webhook]);
        await hasTried(id, 1);
        delivered += 1;
      },
    });
    expect(swept).toMatchObject({ events: 1, deliveries: 2000 });
    expect(delivered).toBeGreaterThan(30);
    expect(receiver.received).toHaveLength(delivered);
  });
});
