/** What is left when it is let go again is at least this long: nobody should have to hurry. */
const grace = 3_000;

/** Calls something once when a time has passed, not counting the time in which it is held. */
export class Countdown {
  #left: number;
  readonly #end: () => void;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #startedAt = 0;

  /** @param duration in milliseconds. It begins held. */
  constructor(duration: number, end: () => void) {
    this.#left = duration;
    this.#end = end;
  }

  /** Lets the time go on; nothing happens if it does already. */
  run(): void {
    if (this.#timer !== null) return;
    this.#startedAt = performance.now();
    this.#timer = setTimeout(this.#end, this.#left);
  }

  /** Stops the time where it is; `run` goes on from there. */
  hold(): void {
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#left = Math.max(grace, this.#left - (performance.now() - this.#startedAt));
  }
}
