import type { Arrivals, ReceiverCommand, ReceiverMessage } from './counting-receiver';
import { Forked } from './forked';

/** After it, in milliseconds, what has not arrived counts as lost. */
const patience = 120_000;

/** The receiver's process, as seen from here. */
export class Receiver {
  readonly #process: Forked<ReceiverCommand, ReceiverMessage>;
  readonly ports: readonly number[];

  private constructor(process: Forked<ReceiverCommand, ReceiverMessage>, ports: readonly number[]) {
    this.#process = process;
    this.ports = ports;
  }

  static async start(): Promise<Receiver> {
    const forked = new Forked<ReceiverCommand, ReceiverMessage>('counting-receiver.ts');
    const { ports } = await forked.next('listening');
    return new Receiver(forked, ports);
  }

  /** From now on nothing is answered. */
  hang(): void {
    this.#process.send({ do: 'hang' });
  }

  /** Begins anew. */
  count(): void {
    this.#process.send({ do: 'count' });
  }

  /** Resolves when so many different ids have come, or when patience is at its end. */
  async complete(expected: number): Promise<void> {
    const complete = this.#process.next('complete', patience).catch(() => null);
    this.#process.send({ do: 'expect', count: expected });
    await complete;
  }

  /** What has come since it began to count. */
  async report(): Promise<Arrivals> {
    const answer = this.#process.next('report');
    this.#process.send({ do: 'report' });
    return answer;
  }

  stop(): void {
    this.#process.stop();
  }
}
