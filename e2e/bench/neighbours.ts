import { Api } from '../api';
import { RunningServer } from '../running-server';
import {
  reportCounts,
  runEvents,
  subscribe,
  withEnds,
  type Ends,
  type EventRun,
} from './event-run';
import { format, median, quantile, report } from './figures';
import { Forked } from './forked';
import type { Hanging, HangTask } from './hanging-receiver';

/*
 * How long it takes from the 202 until the body has arrived at a healthy receiver, while 50 dead hosts
 * hold deliveries that are due, and without them: in turn, each on a server of its own.
 */

const rounds = 5;
const perSecond = 100;
const events = 600;

const hanging = 17;
const refusing = 17;
const nameless = 16;
const dueEach = 20;

/** Failed deliveries are soon due again, so that the dead hosts hold some all the time. */
const settings = { RETRY_SCHEDULE: Array.from({ length: 10 }, () => '5s').join() };

/** Where nothing answers: silent hosts, closed ports, names that do not exist. */
function deadUrls(hangingPorts: readonly number[]): string[] {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  return [
    ...hangingPorts.map((port) => `http://127.0.0.1:${port}/`),
    ...numbers(refusing).map((number) => `http://127.0.1.${number}:1/`),
    ...numbers(nameless).map((number) => `http://dead-${number}.invalid/`),
  ];
}

async function holdDue(server: RunningServer, urls: readonly string[]): Promise<void> {
  const api = new Api(server);
  for (const target_url of urls) {
    await api.createWebhook({ target_url, project_names_filter: ['dead'] });
  }
  for (let event = 0; event < dueEach; event += 1) {
    const { deliveries } = await api.postEvent({ project: { name: 'dead' } });
    if (deliveries.length !== urls.length) throw new Error('A dead host got no delivery.');
  }
}

async function measure(ends: Ends, urls: readonly string[]): Promise<EventRun> {
  const server = await RunningServer.start(settings);
  try {
    const intake = await subscribe(server, ends.receiver);
    await runEvents(ends, intake, 1000, { inFlight: 16 });
    await holdDue(server, urls);
    return await runEvents(ends, intake, events, { perSecond });
  } finally {
    await server.dispose();
  }
}

/** Prints what was measured; false unless exactly the accepted ids arrived. */
export function benchNeighbours(): Promise<boolean> {
  return withEnds(async (ends) => {
    const forked = new Forked<HangTask, Hanging>('hanging-receiver.ts');
    try {
      forked.send({ hosts: hanging });
      const urls = deadUrls((await forked.next('hanging')).ports);
      const alone: EventRun[] = [];
      const beside: EventRun[] = [];
      for (let round = 0; round < rounds; round += 1) {
        alone.push(await measure(ends, []));
        beside.push(await measure(ends, urls));
      }
      return reportNeighbours(alone, beside);
    } finally {
      forked.stop();
    }
  });
}

function reportNeighbours(alone: readonly EventRun[], beside: readonly EventRun[]): boolean {
  console.log(
    `\nNoisy neighbours: from the 202 to the arrival at a healthy receiver, ${perSecond} events a second, ` +
      `while ${hanging + refusing + nameless} dead hosts hold ${dueEach} due deliveries each and without them: ` +
      `${rounds} rounds each, in turn`,
  );
  for (const [name, share, wanted] of [
    ['Median', 0.5, 'wanted: at most 1.20'],
    ['99th percentile', 0.99, 'wanted: at most 1.50, or 20 ms more'],
  ] as const) {
    const of = (runs: readonly EventRun[]) =>
      median(runs.map(({ delays }) => quantile(delays, share)));
    report(`${name} without them`, `${format(of(alone), 2)} ms`);
    report(`${name} beside them`, `${format(of(beside), 2)} ms`);
    report('Ratio', format(of(beside) / of(alone), 2), wanted);
  }
  return reportCounts([...alone, ...beside], events);
}
