import { RunningServer } from '../running-server';
import { benchCalls } from './call-times';
import {
  type Ends,
  type EventRun,
  reportCounts,
  runEvents,
  subscribe,
  withEnds,
} from './event-run';
import { format, median, report } from './figures';
import { type Installation, prepareInstallation } from './installation';
import { type Reading, readProcess, startWatched } from './watched-server';

/*
 * What size costs: rate, stalls, memory and every call of the API, with 10,000 webhooks and a million
 * attempts in the log.
 */

const rounds = 5;
const events = 5000;
const warmUp = 3000;
const longRun = 45_000;
const pace = { inFlight: 64 };
const big = { webhooks: 10_000, events: 90_000 };
const small = { webhooks: 42, events: 270 };

/** Prints what was measured; false unless exactly the accepted ids arrived and all calls worked. */
export function benchGrowth(): Promise<boolean> {
  return withEnds(async (ends) => {
    const started: RunningServer[] = [];
    try {
      const empty = await startWatched();
      started.push(empty);
      const emptyIntake = await subscribe(empty, ends.receiver);
      const full = await prepareInstallation(ends, big, started);
      console.log(
        `\nGrowth: ${format(big.webhooks)} webhooks of which one matches an event, and ${format((big.events / 9) * 100)} attempts of a month in the log`,
      );
      const isExact = [
        await benchRate(ends, { server: empty, intake: emptyIntake }, full),
        await benchMemory(ends, full),
      ];
      const few = await prepareInstallation(ends, small, started);
      const isServed = await benchCalls(few, full);
      return isServed && !isExact.includes(false);
    } finally {
      for (const server of started) await server.dispose();
    }
  });
}

type Measured = Pick<Installation, 'server' | 'intake'>;

async function benchRate(ends: Ends, empty: Measured, full: Measured): Promise<boolean> {
  for (const { server, intake } of [empty, full]) {
    await runEvents(ends, intake, warmUp, pace);
    await readProcess(server);
  }
  const onEmpty: EventRun[] = [];
  const onFull: EventRun[] = [];
  for (let round = 0; round < rounds; round += 1) {
    onEmpty.push(await runEvents(ends, empty.intake, events, pace));
    onFull.push(await runEvents(ends, full.intake, events, pace));
  }
  const [onEmptyTurn, onFullTurn] = [
    await readProcess(empty.server),
    await readProcess(full.server),
  ];
  const rate = (runs: readonly EventRun[]) => median(runs.map(({ perSecond }) => perSecond));
  report('Events in and out a second', format(rate(onFull)), `median of ${rounds}, in turn`);
  report('On an empty database', format(rate(onEmpty)), 'the same');
  report('Ratio', format(rate(onFull) / rate(onEmpty), 2), 'wanted: at least 0.80');
  report(
    'Longest turn of the event loop',
    `${format(onFullTurn.longestTurn)} ms`,
    `${format(onEmptyTurn.longestTurn)} on an empty database; wanted: at most 50`,
  );
  return reportCounts([...onFull, ...onEmpty], events);
}

/** Memory after the first third of a long run, compared with that at its end. */
async function benchMemory(ends: Ends, { intake, server }: Measured): Promise<boolean> {
  const { perSecond } = await runEvents(ends, intake, 2000, pace);
  const third = Math.ceil((perSecond * longRun) / 3000);
  const runs: EventRun[] = [];
  const readings: Reading[] = [];
  for (let part = 0; part < 3; part += 1) {
    runs.push(await runEvents(ends, intake, third, pace));
    readings.push(await readProcess(server, 'collect'));
  }
  const megabytes = (reading: Reading | undefined, of: 'rss' | 'heapUsed') =>
    (reading?.[of] ?? 0) / 2 ** 20;
  for (const [what, of] of [
    ['Memory of the process', 'rss'],
    ['JavaScript heap after a collection', 'heapUsed'],
  ] as const) {
    const [early, late] = [megabytes(readings.at(0), of), megabytes(readings.at(-1), of)];
    report(
      `${what} after ${format(3 * third)} events`,
      `${format(late, 1)} MiB`,
      `${format(late / early, 2)} times the ${format(early, 1)} after a third of them`,
    );
  }
  return reportCounts(runs, third);
}
