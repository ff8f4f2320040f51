import { deploymentEventsPath } from '../../src/contract/api-paths';
import { Api } from '../api';
import type { RunningServer } from '../running-server';
import type { Posted, PostTask } from './event-client';
import { reportWrong } from './figures';
import { Forked } from './forked';
import { Receiver } from './receiver';

/*
 * Events in, bodies out: a client posts events, a receiver notes what comes of them, and what came is
 * compared with what was accepted.
 */

/** Who posts and who receives. */
export interface Ends {
  client: Forked<PostTask, Posted>;
  receiver: Receiver;
}

/** Starts both for what is to be measured with them, and ends them whatever happens. */
export async function withEnds<T>(measure: (ends: Ends) => Promise<T>): Promise<T> {
  const receiver = await Receiver.start();
  const client = new Forked<PostTask, Posted>('event-client.ts');
  try {
    return await measure({ client, receiver });
  } finally {
    client.stop();
    receiver.stop();
  }
}

/** Where events are posted. */
export interface Intake {
  url: string;
  token: string;
}

/** What came of a number of events. */
export interface EventRun {
  /** Deliveries that arrived, in a second, from the first post to the last arrival. */
  perSecond: number;
  accepted: number;
  /** Accepted, and did not arrive. */
  lost: number;
  /** Requests beyond the first with the same id. */
  repeated: number;
  /** Ids that arrived and were not accepted in this run. */
  foreign: number;
  /** Events that were not answered with 202: what was said, the first few. */
  refusals: string[];
  /** From the 202 to the arrival, in milliseconds, in the order of the answers. */
  delays: number[];
}

/** The project whose events go to the receiver's port with this index. */
export function projectOf(index: number): string {
  return `project-${index}`;
}

/** Has the server send the events of each project to a port of its own; gives where to post. */
export async function subscribe(server: RunningServer, receiver: Receiver): Promise<Intake> {
  const api = new Api(server);
  for (const [index, port] of receiver.ports.entries()) {
    await api.createWebhook({
      target_url: `http://127.0.0.1:${port}/`,
      target_secret: 'whsec_c2VjcmV0IG9mIHRoZSBiZW5jaCdzIHJlY2VpdmVy',
      project_names_filter: [projectOf(index)],
    });
  }
  const { id } = await api.organization();
  return { url: server.url + deploymentEventsPath(id), token: server.adminToken };
}

/** Posts events, one matching webhook each, and waits for the last to arrive. */
export async function runEvents(
  { client, receiver }: Ends,
  { url, token }: Intake,
  count: number,
  pace: PostTask['pace'],
): Promise<EventRun> {
  receiver.count();
  client.send({ url, token, count, pace, projects: receiver.ports.map((_, i) => projectOf(i)) });
  const { firstAt, accepted, refusals } = await client.next('posted');
  await receiver.complete(accepted.size);
  const { requests, ids, lastAt } = await receiver.report();
  const arrived = [...accepted].filter(([id]) => ids.has(id));
  return {
    perSecond: (arrived.length / (lastAt - firstAt)) * 1000,
    accepted: accepted.size,
    lost: accepted.size - arrived.length,
    repeated: requests - ids.size,
    foreign: ids.size - arrived.length,
    refusals,
    delays: arrived.map(([id, answeredAt]) => (ids.get(id) ?? 0) - answeredAt),
  };
}

/** Prints whether exactly what was accepted arrived; false if not. `wanted`: deliveries a run. */
export function reportCounts(runs: readonly EventRun[], wanted: number): boolean {
  return reportWrong({
    'Accepted, and did not arrive': runs.map(({ lost }) => lost),
    'Came more than once': runs.map(({ repeated }) => repeated),
    'Came without having been accepted': runs.map(({ foreign }) => foreign),
    'Not accepted': runs.map(({ accepted }) => wanted - accepted),
    'First refusals': runs.flatMap(({ refusals }) => refusals),
  });
}
