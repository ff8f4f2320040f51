import { randomUUID } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { recoverPath, recoveryPath, webhookPath } from '../contract/api-paths';
import { startHoldingReceiver, startReceiver } from './delivery/test-receiver';
import { createSendingServer } from './test-sending';
import { organizationId } from './test-server';

type SendingServer = Awaited<ReturnType<typeof createSendingServer>>;

const iso = (time: number) => new Date(time).toISOString();
const isOver = ({ status }: { status: string }) => status !== 'running';

/** A receiver that fails until it is mended. */
async function startBrokenReceiver() {
  const state = { isBroken: true };
  const receiver = await startReceiver((_request, response) => {
    response.writeHead(state.isBroken ? 500 : 200).end();
  });
  return { receiver, mend: () => (state.isBroken = false) };
}

const statusesOf = async (server: SendingServer, ids: readonly string[]) =>
  Promise.all(ids.map((id) => server.deliveries.status(id)));

describe('a recovery', () => {
  it('sends what was accepted since and ended without success, once, and nothing else', async () => {
    const server = await createSendingServer();
    const { receiver, mend } = await startBrokenReceiver();
    const webhook = await server.addWebhook(receiver.url);
    server.start({ retrySchedule: [] });
    const accept = async () => {
      server.clock.now += 1000;
      const [id = ''] = await server.post();
      await server.deliveries.hasTried(id, 1);
      return id;
    };
    const before = await accept();
    const first = await accept();
    const since = server.clock.now;
    const last = await accept();
    mend();
    const succeeded = await accept();
    const cancelled = await accept();
    await server.db
      .updateTable('delivery')
      .set({ status: 'cancelled' })
      .where('id', '=', cancelled)
      .execute();

    const dry = await server.recover(webhook, { since: iso(since), dry_run: true });
    expect([dry.status, dry.body]).toEqual([200, { total: 3, recovery_id: null }]);
    const { status, body, headers } = await server.recover(webhook, { since: iso(since) });
    expect([status, body]).toEqual([202, { id: expect.any(String), total: 3 }]);
    const path = recoveryPath(organizationId, webhook, String(body.id));
    expect(headers.get('location')).toBe(path);
    const recovery = await server.recovery(webhook, body.id, isOver);
    expect(recovery).toEqual({
      id: body.id,
      created_at: iso(server.clock.now),
      since: iso(since),
      total: 3,
      queued: 3,
      pending: 0,
      succeeded: 3,
      failed: 0,
      status: 'done',
    });
    expect(await statusesOf(server, [before, first, last, succeeded, cancelled])).toEqual([
      'failed',
      'succeeded',
      'succeeded',
      'succeeded',
      'succeeded',
    ]);
    const again = receiver.received.slice(5).map((request) => request.headers['webhook-id']);
    expect(again.toSorted()).toEqual([first, last, cancelled].toSorted());
    expect(await server.deliveries.attempts(first)).toMatchObject([
      { trigger: 'event' },
      { trigger: 'recover', attempt: 1 },
    ]);
  });

  it('does not take again what fails again, nor what was accepted after it began', async () => {
    const server = await createSendingServer();
    const receiver = await startReceiver(
      (_request, response) => void response.writeHead(500).end(),
    );
    const webhook = await server.addWebhook(receiver.url);
    const since = server.clock.now - 5000;
    await server.addFailed(webhook, 150, since);
    await server.addFailed(webhook, 1, server.clock.now + 1);
    server.start({ retrySchedule: [] });
    const { body } = await server.recover(webhook, { since: iso(since) });
    const recovery = await server.recovery(webhook, body.id, isOver);
    expect(recovery).toMatchObject({ total: 150, queued: 150, succeeded: 0, failed: 150 });
    expect(receiver.received).toHaveLength(150);
  });

  it('lets few wait at a time, and what is accepted meanwhile come between', async () => {
    const server = await createSendingServer();
    const { held, receiver } = await startHoldingReceiver(1);
    const webhook = await server.addWebhook(receiver.url);
    const since = server.clock.now - 5000;
    await server.addFailed(webhook, 200, since);
    server.start();
    const { body } = await server.recover(webhook, { since: iso(since) });
    await receiver.hasReceived(9);
    server.clock.now += 1;
    const [live = ''] = await server.post();
    expect(await server.recovery(webhook, body.id)).toMatchObject({
      total: 200,
      queued: 64,
      pending: 63,
      succeeded: 1,
      status: 'running',
    });
    for (let answered = 0; answered < 200; answered += 1) {
      await receiver.hasReceived(answered + 2);
      server.clock.now += 1;
      held[answered]?.();
    }
    await server.recovery(webhook, body.id, isOver);
    const place = receiver.received.findIndex(({ headers }) => headers['webhook-id'] === live);
    expect(place).toBeGreaterThanOrEqual(8);
    expect(place).toBeLessThan(64 + 8 + 1);
  });

  it('is told from another: one at a time for a webhook, named while it is at work', async () => {
    const server = await createSendingServer();
    const webhook = await server.addWebhook('https://example.org');
    const other = await server.addWebhook('https://example.org');
    const since = iso(server.clock.now - 1000);
    const answers = await Promise.all([1, 2].map(() => server.recover(webhook, { since })));
    const [begun, refused] = answers.toSorted((a, b) => a.status - b.status);
    expect([begun?.status, refused?.status]).toEqual([202, 409]);
    expect(refused?.body.detail).toContain(String(begun?.body.id));
    expect(refused?.body).toMatchObject({ status: 409, recovery_id: begun?.body.id });
    expect(refused?.headers.get('location')).toBe(begun?.headers.get('location'));
    const counted = async () => (await server.recover(webhook, { since, dry_run: true })).body;
    expect(await counted()).toEqual({ total: 0, recovery_id: begun?.body.id });
    expect((await server.recover(other, { since })).status).toBe(202);
    server.start();
    expect(await server.recovery(webhook, begun?.body.id, isOver)).toMatchObject({ total: 0 });
    expect(await counted()).toEqual({ total: 0, recovery_id: null });
    expect((await server.recover(webhook, { since })).status).toBe(202);
  });

  it('leaves out what was made for another kind', async () => {
    const server = await createSendingServer();
    const receiver = await startReceiver();
    const webhook = await server.addWebhook(receiver.url);
    const since = server.clock.now - 5000;
    const ids = await server.addFailed(webhook, 3, since);
    await server.db
      .updateTable('delivery')
      .set({ kind: 'SLACK' })
      .where('id', '=', ids[1] ?? '')
      .execute();
    server.start();
    const { body } = await server.recover(webhook, { since: iso(since) });
    expect(body.total).toBe(2);
    await server.recovery(webhook, body.id, isOver);
    expect(await statusesOf(server, ids)).toEqual(['succeeded', 'failed', 'succeeded']);
  });

  it('counts each delivery once, however it is sent again beside it', async () => {
    const server = await createSendingServer();
    const { receiver, mend } = await startBrokenReceiver();
    const webhook = await server.addWebhook(receiver.url);
    const since = server.clock.now - 5000;
    const [first = '', second = ''] = await server.addFailed(webhook, 2, since);
    const { worker } = server.start({ retrySchedule: [1000] });
    const { body } = await server.recover(webhook, { since: iso(since) });
    await server.recovery(webhook, body.id, ({ queued }) => queued === 2);
    await server.deliveries.hasTried(first, 1);
    await server.deliveries.hasTried(second, 1);
    // By hand while it waits for its retry: it is still a part of the recovery.
    mend();
    expect((await server.redeliver(webhook, first)).status).toBe(202);
    await server.deliveries.hasTried(first, 2);
    const half = { pending: 1, succeeded: 1, failed: 0, status: 'running' };
    expect(await server.recovery(webhook, body.id)).toMatchObject(half);
    // By hand after it has ended: the recovery has counted it already.
    expect((await server.redeliver(webhook, first)).status).toBe(202);
    await server.deliveries.hasTried(first, 3);
    expect(await server.recovery(webhook, body.id)).toMatchObject(half);
    server.clock.now += 1000;
    worker.wake();
    const recovery = await server.recovery(webhook, body.id, isOver);
    expect(recovery).toMatchObject({ queued: 2, succeeded: 2, failed: 0, status: 'done' });
  });

  it('stops when the webhook is disabled, says so, and the rest can be recovered later', async () => {
    const server = await createSendingServer();
    const { held, receiver } = await startHoldingReceiver(1);
    const webhook = await server.addWebhook(receiver.url);
    const since = server.clock.now - 5000;
    await server.addFailed(webhook, 100, since);
    server.start();
    const { body } = await server.recover(webhook, { since: iso(since) });
    await receiver.hasReceived(9);
    await server.setWebhook(webhook, receiver.url, { enabled: false });
    for (const answer of held) answer();
    const recovery = await server.recovery(webhook, body.id, isOver);
    expect(recovery).toMatchObject({ total: 100, queued: 64, succeeded: 9, failed: 55 });
    expect(recovery.status).toBe('stopped');
    await server.setWebhook(webhook, receiver.url, { enabled: true });
    expect((await server.recover(webhook, { since: iso(since) })).body.total).toBe(91);
  });

  it('comes to its end when the webhook is deleted', async () => {
    const server = await createSendingServer();
    const { held, receiver } = await startHoldingReceiver(1);
    const webhook = await server.addWebhook(receiver.url);
    const since = server.clock.now - 5000;
    const ids = await server.addFailed(webhook, 100, since);
    server.start();
    const { body } = await server.recover(webhook, { since: iso(since) });
    await receiver.hasReceived(9);
    await server.call('DELETE', webhookPath(organizationId, webhook));
    for (const answer of held) answer();
    await Promise.all(ids.slice(0, 64).map((id) => server.deliveries.hasTried(id, 1)));
    const path = recoveryPath(organizationId, webhook, String(body.id));
    expect((await server.call('GET', path)).status).toBe(404);
    const query = server.db.selectFrom('recovery').selectAll();
    const row = await query.where('is_queued', '=', 1).executeTakeFirst();
    expect(row).toMatchObject({ total: 100, queued: 64, succeeded: 9, failed: 55 });
  });

  it('says that what is kept no longer has failed', async () => {
    const server = await createSendingServer();
    const receiver = await startReceiver(
      (_request, response) => void response.writeHead(500).end(),
    );
    const webhook = await server.addWebhook(receiver.url);
    const since = server.clock.now - 5000;
    const ids = await server.addFailed(webhook, 2, since);
    server.start();
    const { body } = await server.recover(webhook, { since: iso(since) });
    await Promise.all(ids.map((id) => server.deliveries.hasTried(id, 1)));
    expect(await server.recovery(webhook, body.id)).toMatchObject({ pending: 2, failed: 0 });
    await server.db.deleteFrom('delivery').execute();
    const recovery = await server.recovery(webhook, body.id, isOver);
    expect(recovery).toMatchObject({ pending: 0, failed: 2, status: 'done' });
  });
});

describe('bad input', () => {
  it.each<[string, unknown, number, string | RegExp]>([
    ['nothing', undefined, 415, /application\/json/],
    ['null', 'null', 400, /JSON object/],
    ['a list', '[]', 400, /JSON object/],
    ['no time', {}, 400, '/since'],
    ['a time that is null', { since: null }, 400, '/since'],
    ['a number', { since: 1_700_000_000 }, 400, '/since'],
    ['a day', { since: '2026-01-01' }, 400, '/since'],
    ['a time without a zone', { since: '2026-01-01T00:00:00' }, 400, '/since'],
    ['a day that is none', { since: '2026-02-30T00:00:00Z' }, 400, '/since'],
    ['the future', { since: '2026-01-31T12:00:00.001Z' }, 400, '/since'],
    ['a far future', { since: '9999-12-31T23:59:59-23:59' }, 400, '/since'],
    ['a dry run of 1', { since: '2026-01-31T12:00:00Z', dry_run: 1 }, 400, '/dry_run'],
    ['256 KiB', { since: '', more: 'x'.repeat(256 * 1024) }, 413, /256 KiB/],
  ])('%s is refused', async (_, body, expected, what) => {
    const server = await createSendingServer();
    const webhook = await server.addWebhook('https://example.org');
    const answer = await server.recover(webhook, body);
    expect(answer.status).toBe(expected);
    if (what instanceof RegExp) expect(answer.body.detail).toMatch(what);
    else expect(answer.body.errors).toEqual([{ pointer: what, message: expect.any(String) }]);
  });

  it.each([
    ['now', { since: '2026-01-31T12:00:00Z' }],
    ['in another zone', { since: '2026-01-31T14:00:00+02:00', dry_run: false }],
    ['in the year 0', { since: '0000-01-01T00:00:00Z', dry_run: null }],
  ])('a time %s is taken', async (_, body) => {
    const server = await createSendingServer();
    const webhook = await server.addWebhook('https://example.org');
    expect((await server.recover(webhook, body)).status).toBe(202);
  });

  it('is refused while the webhook is disabled; a dry run is not', async () => {
    const server = await createSendingServer();
    const webhook = await server.addWebhook('https://example.org', { enabled: false });
    const since = iso(server.clock.now);
    const { status, body } = await server.recover(webhook, { since });
    expect([status, body.detail]).toEqual([409, expect.stringContaining('Enable it first.')]);
    expect((await server.recover(webhook, { since, dry_run: true })).body).toMatchObject({
      total: 0,
    });
  });

  it('finds webhooks of this organization, and recoveries of this webhook', async () => {
    const server = await createSendingServer();
    const webhook = await server.addWebhook('https://example.org');
    const other = await server.addWebhook('https://example.org');
    const since = iso(server.clock.now);
    const { body } = await server.recover(webhook, { since });
    const id = String(body.id);
    const post = async (path: string) => server.call('POST', path, { body: { since } });
    const get = async (path: string) => server.call('GET', path);
    for (const answer of [
      await post(recoverPath(organizationId, randomUUID())),
      await post(recoverPath(organizationId, 'x')),
      await post(recoverPath(randomUUID(), webhook)),
      await get(recoveryPath(organizationId, other, id)),
      await get(recoveryPath(organizationId, webhook, randomUUID())),
      await get(recoveryPath(organizationId, webhook, 'x')),
      await get(recoveryPath(randomUUID(), webhook, id)),
    ]) {
      expect(answer.status).toBe(404);
    }
    expect((await get(recoveryPath(organizationId, webhook, id.toUpperCase()))).status).toBe(200);
    await server.call('DELETE', webhookPath(organizationId, webhook));
    expect((await post(recoverPath(organizationId, webhook))).status).toBe(404);
  });
});
