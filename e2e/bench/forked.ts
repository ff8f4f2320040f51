import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

/**
 * A program of the bench in a process of its own, so that it takes no time from who is measured. It
 * ends with this process, however that ends.
 */
export class Forked<Command extends object, Message extends { is: string }> {
  readonly #child: ChildProcess;
  readonly #ended: Promise<never>;

  /** @param file the program, in this folder. */
  constructor(file: string) {
    this.#child = fork(join(import.meta.dirname, file), { serialization: 'advanced' });
    this.#ended = new Promise((_, reject) => {
      this.#child.once('exit', (code) => reject(new Error(`${file} ended with ${code}.`)));
    });
    // That it ends matters only to who waits for it.
    this.#ended.catch(() => {});
  }

  send(command: Command): void {
    this.#child.send(command);
  }

  /**
   * The next message of this kind; others are passed over. Rejects if the process ends first.
   *
   * @param patience milliseconds, after which it rejects.
   */
  async next<Is extends Message['is']>(
    is: Is,
    patience = 300_000,
  ): Promise<Extract<Message, { is: Is }>> {
    let stopWaiting = () => {};
    const message = new Promise<Extract<Message, { is: Is }>>((resolve, reject) => {
      const take = (candidate: Message) => {
        if (candidate.is === is) resolve(candidate as Extract<Message, { is: Is }>);
      };
      const timer = setTimeout(() => reject(new Error(`No "${is}" in time.`)), patience);
      this.#child.on('message', take);
      stopWaiting = () => {
        this.#child.off('message', take);
        clearTimeout(timer);
      };
    });
    try {
      return await Promise.race([message, this.#ended]);
    } finally {
      stopWaiting();
    }
  }

  stop(): void {
    if (this.#child.connected) this.#child.disconnect();
  }
}
