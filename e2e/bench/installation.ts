import { Api } from '../api';
import type { RunningServer } from '../running-server';
import { type Ends, type Intake, runEvents, subscribe } from './event-run';
import { inParallel } from './figures';
import { addPast } from './past';
import { startWatched } from './watched-server';

/** A server that was given webhooks and a past, and that runs. */
export interface Installation {
  server: RunningServer;
  intake: Intake;
  organizationId: string;
  /** The webhooks of the past, as it says. */
  busy: string;
  steady: string;
  other: string;
}

/** What an installation is to have. */
export interface Size {
  /** Those that take the bench's events among them, one for each port; ten more at least. */
  webhooks: number;
  /** Events of the past: a multiple of nine; nine of them make a hundred attempts. */
  events: number;
}

/**
 * Starts an installation of this size.
 *
 * @param started the server is put there at once, so that it can be disposed of whatever happens.
 */
export async function prepareInstallation(
  ends: Ends,
  { webhooks, events }: Size,
  started: RunningServer[],
): Promise<Installation> {
  const server = await startWatched();
  started.push(server);
  const intake = await subscribe(server, ends.receiver);
  const [busy = '', steady = '', ...others] = await addOthers(server, webhooks);
  await runEvents(ends, intake, 8, { inFlight: 1 });
  await server.stop();
  await addPast(server.dataDir, { busy, steady, others, events });
  await server.startAgain();
  const { id: organizationId } = await new Api(server).organization();
  return { server, intake, organizationId, busy, steady, other: others[0] ?? '' };
}

/** Webhooks that take none of the bench's events, up to so many in all; gives their ids. */
async function addOthers(server: RunningServer, count: number): Promise<string[]> {
  const api = new Api(server);
  const ids: string[] = [];
  const known = (await api.listWebhooks()).length;
  await inParallel(count - known, 16, async (index) => {
    const { id } = await api.createWebhook({
      target_url: `http://127.0.0.1:9/receivers/${index}`,
      description: `Receiver ${index}`,
      project_names_filter: [`service-${index}`, `service-${index}-*`],
      environment_types_filter: index % 2 === 0 ? ['PRODUCTION'] : [],
    });
    ids.push(id);
  });
  return ids;
}
