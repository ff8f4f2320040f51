import { setTimeout as wait } from 'node:timers/promises';

import { Agent, request } from 'undici';

import { acceptedEventSchema } from '../../src/contract/deployment-event';
import { wallTime } from './clock';
import { inParallel } from './figures';

/*
 * Who posts deployment events, in a process of its own: over connections that stay open, either with
 * so many in flight, or so many a second whatever the answers do.
 */

/** What it is to post. */
export interface PostTask {
  /** Where events are taken. */
  url: string;
  token: string;
  count: number;
  pace: { inFlight: number } | { perSecond: number };
  /** The events are about these in turn. */
  projects: string[];
}

/** What became of it. */
export interface Posted {
  is: 'posted';
  /** Milliseconds since 1970. */
  firstAt: number;
  /** The deliveries that the answers named, each with the time of its answer. */
  accepted: Map<string, number>;
  /** What was answered instead of a 202, the first few. */
  refusals: string[];
}

const dispatcher = new Agent({ connections: 256 });

function bodyOf(project: string): string {
  const status = { current_status: 'DEPLOYED', desired_status: 'DEPLOYED' };
  const git_repository = { branch: 'main', deployed_commit_id: '4f9d1c7e' };
  return JSON.stringify({
    event_type: 'DEPLOYMENT_SUCCESSFUL',
    project: { name: project },
    environment: { name: 'live', mode: 'PRODUCTION' },
    applications: [
      { ...status, application: { name: 'storefront', git_repository } },
      { ...status, application: { name: 'checkout', git_repository } },
    ],
    databases: [{ ...status, database: { name: 'orders', type: 'POSTGRESQL', version: '16' } }],
  });
}

async function post({ url, token, count, pace, projects }: PostTask): Promise<Posted> {
  const bodies = projects.map(bodyOf);
  const headers = { authorization: `Token ${token}`, 'content-type': 'application/json' };
  const posted: Posted = { is: 'posted', firstAt: wallTime(), accepted: new Map(), refusals: [] };
  const one = async (index: number) => {
    const body = bodies[index % bodies.length] ?? '';
    const answer = await request(url, { dispatcher, method: 'POST', headers, body });
    const at = wallTime();
    const text = await answer.body.text();
    if (answer.statusCode === 202) {
      const { deliveries } = acceptedEventSchema.parse(JSON.parse(text));
      for (const { id } of deliveries) posted.accepted.set(id, at);
    } else if (posted.refusals.length < 5) {
      posted.refusals.push(`${answer.statusCode} ${text}`);
    }
  };
  if ('inFlight' in pace) await inParallel(count, pace.inFlight, one);
  else await steadily(count, pace.perSecond, one);
  return posted;
}

async function steadily(
  count: number,
  perSecond: number,
  one: (index: number) => Promise<void>,
): Promise<void> {
  const startedAt = performance.now();
  const all: Promise<void>[] = [];
  for (let index = 0; index < count; index += 1) {
    const early = startedAt + (index * 1000) / perSecond - performance.now();
    if (early > 0) await wait(early);
    all.push(one(index));
  }
  await Promise.all(all);
}

process.on('message', (task: PostTask) => {
  post(task).then(
    (posted) => process.send?.(posted),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit());
