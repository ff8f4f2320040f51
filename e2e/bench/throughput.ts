import { slotsPerHost } from '../../src/server/delivery/host-slots';
import { RunningServer } from '../running-server';
import {
  type Ends,
  type EventRun,
  type Intake,
  projectOf,
  reportCounts,
  runEvents,
  subscribe,
  withEnds,
} from './event-run';
import { format, median, report } from './figures';
import { Forked } from './forked';
import type { RelayListening, RelayTask } from './storeless-relay';

/*
 * Events in and bodies out, every commit durable, compared with the same HTTP in and out that stores
 * nothing.
 */

const rounds = 5;
const events = 10_000;
const warmUp = 3000;
/** What the client has in flight all the time. */
const pace = { inFlight: 128 };

type Relay = Forked<RelayTask, RelayListening>;

async function startRelay(relay: Relay, { receiver }: Ends): Promise<Intake> {
  const { sample } = await receiver.report();
  if (!sample) throw new Error('The server sent nothing.');
  const ports = Object.fromEntries(receiver.ports.map((port, index) => [projectOf(index), port]));
  relay.send({ ports, connectionsPerPort: slotsPerHost, sample });
  return { url: (await relay.next('listening')).url, token: '' };
}

/** Prints what was measured; false unless exactly the accepted ids arrived. */
export function benchThroughput(): Promise<boolean> {
  return withEnds(async (ends) => {
    const server = await RunningServer.start();
    const relay: Relay = new Forked('storeless-relay.ts');
    try {
      const intake = await subscribe(server, ends.receiver);
      await runEvents(ends, intake, warmUp, pace);
      const storeless = await startRelay(relay, ends);
      await runEvents(ends, storeless, warmUp, pace);
      const ours: EventRun[] = [];
      const theirs: EventRun[] = [];
      for (let round = 0; round < rounds; round += 1) {
        ours.push(await runEvents(ends, intake, events, pace));
        theirs.push(await runEvents(ends, storeless, events, pace));
      }
      ends.receiver.count();
      await server.stop();
      const { requests: late } = await ends.receiver.report();
      return reportRates(ours, theirs, { late, hosts: ends.receiver.ports.length });
    } finally {
      relay.stop();
      await server.dispose();
    }
  });
}

function reportRates(
  ours: readonly EventRun[],
  theirs: readonly EventRun[],
  { late, hosts }: { late: number; hosts: number },
): boolean {
  const rate = (runs: readonly EventRun[]) => median(runs.map(({ perSecond }) => perSecond));
  console.log(
    `\nEvents in, bodies out: ${format(events)} events, one matching webhook each, to ${hosts} hosts, ${pace.inFlight} posts in flight, ${rounds} rounds each, in turn`,
  );
  report('Events in and out a second', format(rate(ours)), 'median');
  report('The same HTTP in and out, nothing stored', format(rate(theirs)), 'median');
  report('Ratio', format(rate(ours) / rate(theirs), 2), 'wanted: 0.45, at least 0.30');
  if (late > 0) console.log(`  ✗ ${late} requests came after all had come`);
  return reportCounts([...ours, ...theirs], events) && late === 0;
}
