/** What is done at each turn of a loop, and what it goes by. */
export interface Turns {
  /** Never runs twice at once. */
  take(): Promise<void>;
  /** How long after this turn the next is due, in milliseconds; 0 or less: at once. */
  nextIn(): number;
  /** Whether a turn would be worth more if it came a little later. */
  mayWait(): boolean;
  /** Asked after each turn: whether it was the last. */
  isOver(errors: number): boolean;
  /** What failed is taken again after a pause. */
  onError(error: unknown): void;
  onEnd(): void;
}

const longestSleep = 60_000;
const longestLinger = 5;
const shortestPause = 100;
const longestPause = 5000;

/** Takes turns when something asks for one and when the next is due; none while there is nothing to do. */
export class TurnLoop {
  private state: 'idle' | 'scheduled' | 'turning' | 'over' = 'idle';
  private isWanted = false;
  private isUrgent = false;
  /** Turns in a row that failed. */
  private errors = 0;
  private lastTurn = { startedAt: 0, endedAt: 0 };
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly turns: Turns) {}

  /** Turns in a row that failed; 0 after one that did not. */
  get failures(): number {
    return this.errors;
  }

  /** Asks for a turn. It comes through the event loop: what happens in one round of it shares a turn. */
  ask(urgency: 'urgent' | 'patient'): void {
    if (urgency === 'urgent') this.isUrgent = true;
    if (this.state === 'turning') this.isWanted = true;
    if (this.state !== 'idle') return;
    this.state = 'scheduled';
    setImmediate(this.runOrLinger);
  }

  /**
   * A turn costs a write to the disk, however much it records. So where one follows upon another it
   * waits for more to come together, at most for as long as the last turn took.
   */
  private readonly runOrLinger = (): void => {
    const { startedAt, endedAt } = this.lastTurn;
    const patience = Math.min(endedAt - startedAt, longestLinger);
    const isTooEarly = performance.now() - endedAt < patience;
    if (isTooEarly && !this.isUrgent && this.turns.mayWait()) setImmediate(this.runOrLinger);
    else void this.run();
  };

  private async run(): Promise<void> {
    this.state = 'turning';
    this.isUrgent = false;
    this.isWanted = false;
    clearTimeout(this.timer);
    const startedAt = performance.now();
    try {
      await this.turns.take();
      this.errors = 0;
    } catch (error) {
      this.errors += 1;
      this.turns.onError(error);
    }
    this.lastTurn = { startedAt, endedAt: performance.now() };
    this.settleDown();
  }

  private settleDown(): void {
    if (this.turns.isOver(this.errors)) {
      this.state = 'over';
      this.turns.onEnd();
      return;
    }
    this.state = 'idle';
    const pause =
      this.errors > 0 ? Math.min(shortestPause * 2 ** (this.errors - 1), longestPause) : 0;
    const wait = Math.max(pause, Math.min(this.turns.nextIn(), longestSleep));
    if (wait <= 0 || (this.isWanted && pause === 0)) this.ask('patient');
    else this.timer = setTimeout(() => this.ask('urgent'), wait);
  }
}
