import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { slotsPerHost } from '../../src/server/delivery/host-slots';
import { Api } from '../api';
import { RunningServer } from '../running-server';
import type { BareLoopTask } from './bare-loop';
import type { ReceiverCommand, ReceiverMessage, SampleRequest } from './counting-receiver';
import { format, inParallel, median, report } from './figures';

/*
 * How fast a queue of due deliveries is emptied, compared with a bare loop of the same HTTP client.
 * The queue is made through the API while the receiver answers nothing; then the server is killed,
 * and each round starts it on a copy of what it left behind.
 */

const rounds = 5;
const events = 1250;
/** After it a round counts as lost. */
const patience = 120_000;

type Report = Extract<ReceiverMessage, { is: 'report' }>;

/** The receiver's process, as seen from here. */
class ReceiverProcess {
  readonly #child: ChildProcess;
  readonly ports: readonly number[];

  private constructor(child: ChildProcess, ports: readonly number[]) {
    this.#child = child;
    this.ports = ports;
  }

  static async start(): Promise<ReceiverProcess> {
    const child = fork(join(import.meta.dirname, 'counting-receiver.ts'));
    const { ports } = await messageOf(child, 'listening');
    return new ReceiverProcess(child, ports);
  }

  send(command: ReceiverCommand): void {
    this.#child.send(command);
  }

  /** Resolves when all that was expected has come, or when patience is at its end. */
  async complete(): Promise<void> {
    await messageOf(this.#child, 'complete', AbortSignal.timeout(patience)).catch(() => null);
  }

  async report(): Promise<Report> {
    const answer = messageOf(this.#child, 'report');
    this.send({ do: 'report' });
    return answer;
  }

  stop(): void {
    this.#child.disconnect();
  }
}

async function messageOf<Is extends ReceiverMessage['is']>(
  child: ChildProcess,
  is: Is,
  signal?: AbortSignal,
): Promise<Extract<ReceiverMessage, { is: Is }>> {
  for (;;) {
    const [message] = (await once(child, 'message', { signal })) as [ReceiverMessage];
    if (message.is === is) return message as Extract<ReceiverMessage, { is: Is }>;
  }
}

/** A server that was killed with the queue in its data; gives it and how many deliveries there are. */
async function prepareQueue(
  receiver: ReceiverProcess,
): Promise<{ server: RunningServer; count: number }> {
  receiver.send({ do: 'hang' });
  const server = await RunningServer.start({ DELIVERY_TIMEOUT: '10m' });
  const api = new Api(server);
  for (const port of receiver.ports) {
    await api.createWebhook({
      target_url: `http://127.0.0.1:${port}/`,
      target_secret: 'whsec_c2VjcmV0IG9mIHRoZSBiZW5jaCdzIHJlY2VpdmVy',
    });
  }
  let count = 0;
  await inParallel(events, 16, async () => {
    const { deliveries } = await api.postEvent();
    count += deliveries.length;
  });
  await server.kill();
  return { server, count };
}

async function drain(receiver: ReceiverProcess, data: string, count: number): Promise<Report> {
  const complete = receiver.complete();
  receiver.send({ do: 'count', expected: count });
  const server = await RunningServer.start({}, data);
  try {
    await complete;
    await server.stop();
    return await receiver.report();
  } finally {
    await server.dispose();
  }
}

async function loop(
  receiver: ReceiverProcess,
  sample: SampleRequest,
  count: number,
): Promise<Report> {
  receiver.send({ do: 'count', expected: count });
  const child = fork(join(import.meta.dirname, 'bare-loop.ts'));
  const task: BareLoopTask = { ports: [...receiver.ports], count, perPort: slotsPerHost, sample };
  child.send(task);
  await once(child, 'exit');
  return receiver.report();
}

/** Prints what was measured; false if a delivery was lost or came twice. */
export async function benchDeliveries(): Promise<boolean> {
  const receiver = await ReceiverProcess.start();
  const { server, count } = await prepareQueue(receiver);
  try {
    const drained: Report[] = [];
    const bare: Report[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const result = await drain(receiver, server.dataDir, count);
      drained.push(result);
      if (result.sample) bare.push(await loop(receiver, result.sample, count));
    }
    return reportRates(drained, bare, count);
  } finally {
    receiver.stop();
    await server.dispose();
  }
}

function reportRates(drained: readonly Report[], bare: readonly Report[], count: number): boolean {
  const rate = ({ different, milliseconds }: Report) => (different / milliseconds) * 1000;
  const ours = median(drained.map(rate));
  const theirs = median(bare.map(rate));
  console.log(`\nA queue of ${format(count)} due deliveries: ${rounds} rounds each, in turn`);
  report('Deliveries a second', format(ours), 'median');
  report('Bare loop of the same HTTP client', format(theirs), 'median');
  report('Ratio', format(ours / theirs, 2));
  const lost = Math.max(...drained.map(({ different }) => count - different));
  const repeated = Math.max(...drained.map(({ requests, different }) => requests - different));
  report('Lost', format(lost), 'in the worst round');
  report('Sent more than once', format(repeated), 'in the worst round');
  return count === events * 8 && lost === 0 && repeated === 0;
}
