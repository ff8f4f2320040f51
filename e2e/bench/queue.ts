import { slotsPerHost } from '../../src/server/delivery/host-slots';
import { Api } from '../api';
import { RunningServer } from '../running-server';
import type { BareLoopDone, BareLoopTask } from './bare-loop';
import type { Arrivals, SampleRequest } from './counting-receiver';
import { format, inParallel, median, report, reportWrong } from './figures';
import { Forked } from './forked';
import { Receiver } from './receiver';

/*
 * How fast a queue of due deliveries is emptied, compared with a bare loop of the same HTTP client.
 * The queue is made through the API while the receiver answers nothing; then the server is killed,
 * and each round starts it on a copy of what it left behind.
 */

const rounds = 5;
const queued = 40_000;
const eventsToOne = 5000;

/** What one round was to send and what came of it. */
interface Round {
  wanted: ReadonlySet<string>;
  arrivals: Arrivals;
}

/** A server that was killed with a queue in its data, and the ids of the deliveries in it. */
async function prepareQueue(receiver: Receiver, ports: readonly number[], events: number) {
  receiver.hang();
  const server = await RunningServer.start({ DELIVERY_TIMEOUT: '10m' });
  try {
    const api = new Api(server);
    for (const port of ports) {
      await api.createWebhook({
        target_url: `http://127.0.0.1:${port}/`,
        target_secret: 'whsec_c2VjcmV0IG9mIHRoZSBiZW5jaCdzIHJlY2VpdmVy',
      });
    }
    const ids = new Set<string>();
    await inParallel(events, 16, async () => {
      const { deliveries } = await api.postEvent();
      for (const { id } of deliveries) ids.add(id);
    });
    await server.kill();
    return { server, ids };
  } catch (error) {
    await server.dispose();
    throw error;
  }
}

async function drain(receiver: Receiver, data: string, wanted: Set<string>): Promise<Round> {
  receiver.count();
  const complete = receiver.complete(wanted.size);
  const server = await RunningServer.start({}, data);
  try {
    await complete;
    await server.stop();
    return { wanted, arrivals: await receiver.report() };
  } finally {
    await server.dispose();
  }
}

async function loop(
  receiver: Receiver,
  ports: readonly number[],
  sample: SampleRequest,
  count: number,
): Promise<Arrivals> {
  receiver.count();
  const child = new Forked<BareLoopTask, BareLoopDone>('bare-loop.ts');
  child.send({ ports: [...ports], count, perPort: slotsPerHost, sample });
  await child.next('done');
  child.stop();
  return receiver.report();
}

/** Prints what was measured; false if a delivery was lost or came twice. */
export async function benchQueue(): Promise<boolean> {
  const receiver = await Receiver.start();
  try {
    const isExact = [
      await benchPorts(receiver, receiver.ports, queued / receiver.ports.length),
      await benchPorts(receiver, receiver.ports.slice(0, 1), eventsToOne),
    ];
    return !isExact.includes(false);
  } finally {
    receiver.stop();
  }
}

async function benchPorts(
  receiver: Receiver,
  ports: readonly number[],
  events: number,
): Promise<boolean> {
  const { server, ids } = await prepareQueue(receiver, ports, events);
  try {
    const drained: Round[] = [];
    const bare: Arrivals[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const result = await drain(receiver, server.dataDir, ids);
      drained.push(result);
      const { sample } = result.arrivals;
      if (sample) bare.push(await loop(receiver, ports, sample, ids.size));
    }
    const hosts = ports.length === 1 ? 'one host' : `${ports.length} hosts`;
    console.log(
      `\nA queue of ${format(ids.size)} due deliveries to ${hosts}: ${rounds} rounds each, in turn, on copies of the same data`,
    );
    const wanted = ports.length === 1 ? '' : 'wanted: 0.18, at least 0.12';
    return reportRates(drained, bare, wanted) && ids.size === events * ports.length;
  } finally {
    await server.dispose();
  }
}

/** Different ids in a second, from the first arrival to the last. */
function rate({ ids, lastAt }: Arrivals): number {
  const firstAt = ids.values().next().value ?? 0;
  return (ids.size / (lastAt - firstAt)) * 1000;
}

/** How many of these are not among those. */
function missing(these: Iterable<string>, those: { has(id: string): boolean }): number {
  return [...these].filter((id) => !those.has(id)).length;
}

function reportRates(drained: readonly Round[], bare: readonly Arrivals[], wanted: string) {
  const ours = median(drained.map(({ arrivals }) => rate(arrivals)));
  const theirs = median(bare.map(rate));
  report('Deliveries a second', format(ours), 'median');
  report('Bare loop of the same HTTP client', format(theirs), 'median');
  report('Ratio', format(ours / theirs, 2), wanted);
  return reportWrong({
    'Accepted, and did not arrive': drained.map(({ wanted, arrivals }) =>
      missing(wanted, arrivals.ids),
    ),
    'Came more than once': drained.map(({ arrivals }) => arrivals.requests - arrivals.ids.size),
    'Came without having been accepted': drained.map(({ wanted, arrivals }) =>
      missing(arrivals.ids.keys(), wanted),
    ),
  });
}
