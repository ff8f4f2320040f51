/** Chance that comes again with its seed (mulberry32). */
export class SeededRandom {
  #state: number;

  /** @param seed a whole number of 32 bits. */
  constructor(readonly seed: number) {
    this.#state = seed;
  }

  /** From 0 to 1, without 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** True so often, from 0 to 1. */
  chance(often: number): boolean {
    return this.next() < often;
  }

  /** One of them. */
  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0];
  }

  /** A version 4 UUID. */
  uuid(): string {
    return '10000000-1000-4000-8000-100000000000'.replaceAll(/[018]/g, (digit) =>
      (Number(digit) ^ (this.below(16) >> (Number(digit) / 4))).toString(16),
    );
  }
}
