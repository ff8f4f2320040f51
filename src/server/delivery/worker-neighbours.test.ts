import type { Socket } from 'node:net';
import { setImmediate as nextRound } from 'node:timers/promises';

import { expect, it, onTestFinished } from 'vitest';

import { boundedLookUp } from './bounded-look-up';
import type { LookUp } from './target-guard';
import { prepareDeliveries, type Deliveries } from './test-deliveries';
import { startReceiver } from './test-receiver';
import { startAnswering } from './test-sender';

const hanging = 17;
const refusing = 17;
const nameless = 16;
const dueEach = 20;

/** Hosts of every kind that is dead, and a resolver that knows their names. */
interface DeadHosts {
  urls: string[];
  lookUp: LookUp;
  /** Connections that are being held, and names that are being looked up. */
  held: { sockets: Set<Socket>; names: Set<string> };
  /** Ends all that is held, and holds nothing more. */
  release: () => void;
}

/**
 * @param failFirst whether those that hang fail their first attempt at once, so that they are known to.
 */
async function startDeadHosts(failFirst: boolean): Promise<DeadHosts> {
  const held = { sockets: new Set<Socket>(), names: new Set<string>() };
  const failed = new Set<string>();
  const endings: (() => void)[] = [];
  let isOver = false;
  const isFirst = (host: string) => failFirst && !failed.has(host) && failed.add(host).size > 0;

  const hang = async (_: unknown, index: number) => {
    const receiver = await startAnswering((socket) => {
      if (isFirst(`socket ${index}`) || isOver) socket.resetAndDestroy();
      else held.sockets.add(socket);
    });
    return receiver.url;
  };
  const lookUp: LookUp = async (name) => {
    if (name === 'healthy.example') return [{ address: '127.0.0.1', family: 4 }];
    if (isFirst(name) || isOver) return [];
    held.names.add(name);
    return new Promise((resolve) => endings.push(() => resolve([])));
  };
  return {
    urls: [
      ...(await Promise.all(Array.from({ length: hanging }, hang))),
      // Nothing listens on port 1.
      ...Array.from({ length: refusing }, (_, index) => `http://127.0.1.${index + 1}:1`),
      ...Array.from({ length: nameless }, (_, index) => `http://dead${index}.example`),
    ],
    lookUp: boundedLookUp(lookUp, 2),
    held,
    release() {
      isOver = true;
      for (const socket of held.sockets) socket.destroy();
      for (const end of endings) end();
    },
  };
}

/** Everything that is due at dead hosts, and a healthy one that is known. */
async function prepare(failFirst: boolean) {
  const deliveries = await prepareDeliveries();
  const dead = await startDeadHosts(failFirst);
  // Every attempt makes a connection of its own, so that it needs the resolver.
  const receiver = await startReceiver((_, response) => {
    response.writeHead(204, { connection: 'close' }).end();
  });
  const healthy = await deliveries.addWebhook(`http://healthy.example:${receiver.port}`);
  const worker = deliveries.start({ lookUp: dead.lookUp });
  onTestFinished(dead.release);
  const send = async () => {
    const [id = ''] = await deliveries.accept([healthy]);
    worker.wake([healthy]);
    await deliveries.hasTried(id, 1);
  };
  await send();
  const webhooks = await Promise.all(dead.urls.map((url) => deliveries.addWebhook(url)));
  for (let count = 0; count < dueEach; count += 1) await deliveries.accept(webhooks);
  worker.wake(webhooks);
  return { deliveries, dead, receiver, send };
}

async function inFlight({ db }: Deliveries): Promise<number> {
  const { count } = await db
    .selectFrom('delivery')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('in_flight', '=', 1)
    .executeTakeFirstOrThrow();
  return count;
}

const failedWith = ({ logged }: Deliveries, error: string) =>
  logged.filter((line) => line.error === error).length;

it('50 dead hosts that nothing is known of have one attempt each, and keep no healthy one waiting', async () => {
  const { deliveries, dead, receiver, send } = await prepare(false);
  // Those that refuse are through with theirs soon, eight at a time.
  while (failedWith(deliveries, 'connection refused') < refusing * dueEach) await nextRound();
  while (dead.held.sockets.size < hanging) await nextRound();
  for (let sent = 1; sent <= 20; sent += 1) {
    await send();
    expect(receiver.received).toHaveLength(1 + sent);
    expect(await inFlight(deliveries)).toBe(hanging + nameless);
    expect(dead.held.sockets.size).toBe(hanging);
    expect([...dead.held.sockets].some((socket) => socket.destroyed)).toBe(false);
    expect(dead.held.names.size).toBe(1);
  }
}, 20_000);

it('50 dead hosts that have failed before have half of the slots at most, and keep no healthy one waiting', async () => {
  const { deliveries, dead, receiver, send } = await prepare(true);
  while (failedWith(deliveries, 'connection refused') < refusing * dueEach) await nextRound();
  while (failedWith(deliveries, 'connection reset') < hanging) await nextRound();
  // More than one each: they have what they may have.
  while ((await inFlight(deliveries)) < 2 * (hanging + nameless)) await nextRound();
  for (let sent = 1; sent <= 20; sent += 1) {
    await send();
    expect(receiver.received).toHaveLength(1 + sent);
    expect(await inFlight(deliveries)).toBeLessThanOrEqual(128);
    expect([...dead.held.sockets].some((socket) => socket.destroyed)).toBe(false);
  }
  expect(dead.held.sockets.size).toBeGreaterThan(hanging);
}, 20_000);

it('100 webhooks of one host with long queues come before no more of another host than its slots', async () => {
  const deliveries = await prepareDeliveries();
  const busy = await startReceiver();
  const other = await startReceiver();
  const webhooks = await Promise.all(
    Array.from({ length: 100 }, (_, index) => deliveries.addWebhook(`${busy.url}/${index}`)),
  );
  const webhook = await deliveries.addWebhook(other.url);
  for (let count = 0; count < 10; count += 1) await deliveries.accept(webhooks);
  const worker = deliveries.start();
  await busy.hasReceived(200);
  await deliveries.accept([webhook]);
  const before = busy.received.length;
  worker.wake([webhook]);
  await other.hasReceived(1);
  // What was in flight, what the turn took that was under way, and what came along.
  expect(busy.received.length - before).toBeLessThanOrEqual(3 * 8);
  await busy.hasReceived(1000);
  // They took turns: none was through before the others had begun.
  const paths = busy.received.slice(0, 200).map(({ path }) => path);
  expect(new Set(paths).size).toBe(100);
}, 20_000);
