import { RunningServer } from '../running-server';
import { reportCounts, runEvents, subscribe, withEnds } from './event-run';
import { format, quantile, report } from './figures';

/* How long it takes from the 202 until the body has arrived, at a steady rate. */

const perSecond = 100;
const events = 2000;

/** Prints what was measured; false unless exactly the accepted ids arrived. */
export function benchLatency(): Promise<boolean> {
  return withEnds(async (ends) => {
    const server = await RunningServer.start();
    try {
      const intake = await subscribe(server, ends.receiver);
      await runEvents(ends, intake, 1000, { inFlight: 16 });
      const run = await runEvents(ends, intake, events, { perSecond });
      console.log(
        `\nFrom the 202 to the arrival: ${format(events)} events, ${perSecond} a second, one matching webhook each`,
      );
      for (const [name, share] of [
        ['Median', 0.5],
        ['99th percentile', 0.99],
      ] as const) {
        report(name, `${format(quantile(run.delays, share), 1)} ms`);
      }
      return reportCounts([run], events);
    } finally {
      await server.dispose();
    }
  });
}
