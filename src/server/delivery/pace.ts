/** Lets only so many begin in each period. */
export class Pace {
  private endsAt = -Infinity;
  private begun = 0;

  /**
   * @param most how many in a period.
   * @param period in milliseconds; it starts with the first that begins.
   * @param now in milliseconds, never set back.
   */
  constructor(
    private readonly most: number,
    private readonly period: number,
    private readonly now: () => number,
  ) {}

  /** How many more may begin now. */
  left(): number {
    return this.now() < this.endsAt ? this.most - this.begun : this.most;
  }

  /** One has begun. */
  take(): void {
    const now = this.now();
    if (now >= this.endsAt) {
      this.endsAt = now + this.period;
      this.begun = 0;
    }
    this.begun += 1;
  }

  /** Milliseconds until more may begin; Infinity if they may now. */
  reopensIn(): number {
    return this.left() > 0 ? Infinity : this.endsAt - this.now();
  }

  copy(): Pace {
    const copy = new Pace(this.most, this.period, this.now);
    copy.endsAt = this.endsAt;
    copy.begun = this.begun;
    return copy;
  }
}
