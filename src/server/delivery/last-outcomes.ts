/** More than the receivers of an installation; each takes about 100 bytes. */
const mostRemembered = 10_000;

/** How the last try of each went: true if well. Of more than 10,000 the longest untried are forgotten. */
export class LastOutcomes {
  private readonly outcomes = new Map<string, boolean>();

  /** Undefined: nothing is known. */
  of(key: string): boolean | undefined {
    return this.outcomes.get(key);
  }

  note(key: string, wentWell: boolean): void {
    // What is written anew comes last in the map's order.
    this.outcomes.delete(key);
    this.outcomes.set(key, wentWell);
    if (this.outcomes.size <= mostRemembered) return;
    const [oldest] = this.outcomes.keys();
    if (oldest !== undefined) this.outcomes.delete(oldest);
  }
}
