import type { DeliveryLedger } from './delivery-ledger';
import { type Behaviour, Receiver, type ReceivedRequest } from './receiver';
import type { SeededRandom } from './seeded-random';

/** What a receiver does with each request, until it is healed. */
type Temper = (random: SeededRandom) => (request: ReceivedRequest) => Behaviour;

const well = { status: 204 };

/** Each takes a delivery in after some attempts: all of them have to end within the schedule. */
const tempers = {
  works: () => () => well,
  slow: (random) => () => ({ ...well, after: random.below(400) }),
  /** Answers 500 to what it has not seen twice yet, and then 200. */
  fails: () => {
    const seen = new Map<unknown, number>();
    return ({ headers }) => {
      const times = (seen.get(headers['webhook-id']) ?? 0) + 1;
      seen.set(headers['webhook-id'], times);
      return { status: times > 2 ? 200 : 500, body: 'Not now.' };
    };
  },
  hangs: (random) => () => (random.chance(0.3) ? 'hang' : well),
  drops: (random) => () => (random.chance(0.5) ? random.pick(['reset', 'half an answer']) : well),
  /** Is down at times: see `goDown`. */
  vanishes: () => () => well,
} satisfies Record<string, Temper>;

export type TemperName = keyof typeof tempers;

const names = Object.keys(tempers) as TemperName[];

/** A receiver of each temper. What they are sent goes into a ledger. */
export class UnrulyReceivers {
  /** How often they did what: a status that they answered, or another behaviour. */
  readonly done = new Map<number | string, number>();

  private constructor(private readonly receivers: ReadonlyMap<TemperName, Receiver>) {}

  static async start(): Promise<UnrulyReceivers> {
    const started = names.map(async (name) => [name, await Receiver.start()] as const);
    return new UnrulyReceivers(new Map(await Promise.all(started)));
  }

  /** Where one of them takes deliveries in; the path tells webhooks at the same receiver apart. */
  url(name: TemperName, path: string): string {
    return this.#receiver(name).url(path);
  }

  /** Begins to be unruly. */
  misbehave(ledger: DeliveryLedger, random: SeededRandom): void {
    for (const name of names) this.#behave(name, ledger, tempers[name](random));
  }

  /** From now on all answer 204 at once. What hangs is left to hang. */
  async heal(ledger: DeliveryLedger): Promise<void> {
    for (const name of names) this.#behave(name, ledger, () => well);
    await this.#receiver('vanishes').comeBack();
  }

  /** One of them breaks all connections and listens no more, or listens again if it does not. */
  async vanishOrComeBack(): Promise<void> {
    const receiver = this.#receiver('vanishes');
    if (receiver.isDown) await receiver.comeBack();
    else await receiver.goDown();
  }

  /** Requests that were not answered with 2xx. */
  get unkind(): number {
    const counts = [...this.done].map(([what, times]) =>
      what === 200 || what === 204 ? 0 : times,
    );
    return counts.reduce((sum, times) => sum + times, 0);
  }

  async close(): Promise<void> {
    await Promise.all([...this.receivers.values()].map((receiver) => receiver.goDown()));
  }

  #behave(name: TemperName, ledger: DeliveryLedger, temper: ReturnType<Temper>): void {
    const receiver = this.#receiver(name);
    receiver.behave((request) => {
      // The ledger keeps what matters.
      receiver.requests.length = 0;
      ledger.noteArrival(request);
      const behaviour = temper(request);
      const what = typeof behaviour === 'string' ? behaviour : behaviour.status;
      this.done.set(what, (this.done.get(what) ?? 0) + 1);
      if (typeof what === 'number' && what < 300) ledger.noteAcknowledged(request);
      return behaviour;
    });
  }

  #receiver(name: TemperName): Receiver {
    const receiver = this.receivers.get(name);
    if (!receiver) throw new Error(`There is no receiver that ${name}.`);
    return receiver;
  }
}
