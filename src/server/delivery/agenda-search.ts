import type { Db } from '../db';
import type { Agenda } from './agenda';
import { listWebhooksDue, releaseLeases } from './delivery-store';

const webhooksPerRead = 1000;
/** So often the tables are searched, should something have become due unnoticed; in milliseconds. */
const interval = 60_000;

/** Brings to an agenda what the tables hold: at the start, and then every minute. */
export class AgendaSearch {
  private searchedAt = -Infinity;
  private isReleased = false;

  constructor(
    private readonly db: Db,
    private readonly agenda: Agenda,
  ) {}

  /** Whether what a process before this one had in flight is due again. */
  get hasReleased(): boolean {
    return this.isReleased;
  }

  /** When the next search is due, milliseconds since 1970. */
  get nextAt(): number {
    return this.searchedAt + interval;
  }

  /** Lets the next run search. */
  repeat(): void {
    this.searchedAt = -Infinity;
  }

  /** Searches if that is due. What failed is due again. */
  async run(now: number): Promise<void> {
    if (now < this.nextAt) return;
    if (!this.isReleased) await releaseLeases(this.db, now);
    this.isReleased = true;
    this.searchedAt = now;
    try {
      for (let after: string | undefined = ''; after !== undefined;) {
        const page = await listWebhooksDue(this.db, after, webhooksPerRead);
        for (const { webhook_id, run_at } of page) this.agenda.add(webhook_id, run_at);
        after = page.length < webhooksPerRead ? undefined : page.at(-1)?.webhook_id;
      }
    } catch (error) {
      this.repeat();
      throw error;
    }
  }
}
