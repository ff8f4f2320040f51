import { deploymentEventTypes, type WebhookRequest } from '../src/contract/webhook';
import { openDatabase } from '../src/server/db';
import { Api } from './api';
import { type Balance, DeliveryLedger, type KnownWebhook } from './delivery-ledger';
import { EventLoad } from './event-load';
import { RunningServer } from './running-server';
import type { SeededRandom } from './seeded-random';
import { type TemperName, UnrulyReceivers } from './unruly-receivers';

/** A webhook at a receiver of a temper. */
type TriedWebhook = Partial<WebhookRequest> & { temper: TemperName };

/** Their filters overlap; two share a receiver, and one is disabled and wants everything. */
const webhooks: readonly TriedWebhook[] = [
  { temper: 'works', target_secret: 'whsec_dGhlIHNlY3JldCBvZiBhIHJlY2VpdmVyIHRoYXQgd29ya3M=' },
  { temper: 'slow', project_names_filter: ['shop*', 'straße'] },
  { temper: 'fails', kind: 'SLACK', environment_types_filter: ['PRODUCTION', 'PREVIEW'] },
  { temper: 'hangs', events: ['DEPLOYMENT_FAILURE'], target_secret: 'a plain secret' },
  {
    temper: 'hangs',
    kind: 'SLACK',
    project_names_filter: ['*-API'],
    environment_types_filter: ['STAGING'],
  },
  { temper: 'drops', events: ['DEPLOYMENT_STARTED', 'DEPLOYMENT_SUCCESSFUL'] },
  {
    temper: 'vanishes',
    target_secret: 'another plain secret',
    environment_types_filter: ['DEVELOPMENT', 'STAGING'],
  },
  { temper: 'works', enabled: false },
];

const plain = {
  enabled: true,
  events: [...deploymentEventTypes],
  environment_types_filter: [],
  project_names_filter: [],
};

/** How a trial came out. */
export interface Outcome extends Balance {
  /** Requests that receivers did not answer with 2xx. */
  unkind: number;
}

/**
 * The built server between clients that post events and receivers that misbehave, and the accounts of
 * what goes in and comes out: for proofs that nothing is lost, whatever happens to the server.
 */
export class DeliveryTrial {
  private constructor(
    readonly server: RunningServer,
    readonly receivers: UnrulyReceivers,
    readonly ledger: DeliveryLedger,
    readonly load: EventLoad,
  ) {}

  /**
   * Starts a trial; events come in from now on.
   *
   * @param settings environment variables; the schedule must outlast the misbehaviour.
   */
  static async start(
    settings: Readonly<Record<string, string>>,
    clients: number,
    random: SeededRandom,
  ): Promise<DeliveryTrial> {
    const server = await RunningServer.start(settings);
    const receivers = await UnrulyReceivers.start();
    try {
      const api = new Api(server);
      const ledger = new DeliveryLedger(await createWebhooks(api, receivers));
      const { id } = await api.organization();
      receivers.misbehave(ledger, random);
      const load = new EventLoad(server, id, ledger, { clients, random });
      return new DeliveryTrial(server, receivers, ledger, load);
    } catch (error) {
      await server.dispose();
      await receivers.close();
      throw error;
    }
  }

  /**
   * Lets the clients finish and the receivers heal, waits until all that was accepted is taken in,
   * stops the server, and looks at what it has left behind. The server must be running.
   */
  async settle(): Promise<Outcome> {
    await this.load.stop();
    await this.receivers.heal(this.ledger);
    if (!(await this.ledger.until(() => this.ledger.isSettled))) {
      this.ledger.fault('Long after the receivers have healed, deliveries are missing.');
    }
    await this.#drain();
    return { ...this.ledger.balance(), unkind: this.receivers.unkind };
  }

  /** Ends everything. */
  async dispose(): Promise<void> {
    this.load.stop().catch(() => {});
    await this.server.dispose();
    await this.receivers.close();
  }

  /**
   * A receiver may have taken in what the server died too early to record: that comes once more. So
   * this goes on until the server says that nothing is to be done.
   */
  async #drain(): Promise<void> {
    const { ledger, server } = this;
    for (;;) {
      const code = await server.stop();
      if (code !== 0) ledger.fault(`The server stopped with the exit code ${code}.`);
      const pending = await this.#checkRecords();
      if (pending === 0) return;
      const wanted = ledger.requests + pending;
      await server.startAgain();
      if (await ledger.until(() => ledger.requests >= wanted)) continue;
      return ledger.fault(`${pending} deliveries are pending, and nothing comes.`);
    }
  }

  /** Reads what the server has written down; gives how many deliveries are not at their end. */
  async #checkRecords(): Promise<number> {
    const db = await openDatabase(this.server.dataDir);
    try {
      const statuses = await db.selectFrom('delivery').select('status').execute();
      const count = (wanted: string) => statuses.filter(({ status }) => status === wanted).length;
      const pending = count('pending');
      const recorded = await db
        .selectFrom('attempt')
        .select('delivery_id')
        .where('outcome', '=', 'succeeded')
        .execute();
      const succeeded = new Set(recorded.map(({ delivery_id }) => delivery_id)).size;
      const { deliveries } = this.ledger;
      if (statuses.length !== deliveries) {
        this.ledger.fault(`There are ${statuses.length} deliveries instead of ${deliveries}.`);
      }
      if (count('succeeded') + pending !== deliveries || succeeded !== count('succeeded')) {
        this.ledger.fault(
          `${count('succeeded')} deliveries succeeded, ${succeeded} by the log, ${pending} are pending.`,
        );
      }
      return pending;
    } finally {
      await db.destroy();
    }
  }
}

async function createWebhooks(api: Api, receivers: UnrulyReceivers): Promise<KnownWebhook[]> {
  const known: KnownWebhook[] = [];
  for (const [index, { temper, ...request }] of webhooks.entries()) {
    const path = `/${temper}/${index}`;
    const asked = { ...plain, ...request };
    const { id } = await api.createWebhook({ ...asked, target_url: receivers.url(temper, path) });
    known.push({ id, path, filter: asked, secret: request.target_secret });
  }
  return known;
}
