import type { WebhookEvent } from '../../contract/webhook-event';
import type { LogRow } from './log-pages';

/** So many rows that were tried are remembered. */
const most = 1000;

/**
 * What became of the rows that waited for their first attempt: that is another row, further up in the
 * log. They are known by their delivery. A Qovery API tells of no such rows.
 */
export class TriedRows {
  /** The rows that wait, by delivery. */
  readonly #waiting = new Map<string, string>();
  /** Those that were tried, with their newest attempt in their place. */
  readonly #tried = new Map<string, LogRow>();

  /** Remembers which of some rows wait. The answer may be older than what is known already. */
  noteWaiting(events: readonly WebhookEvent[]): void {
    for (const { delivery_id: delivery, attempt, id } of events) {
      if (delivery === null || attempt !== 0) continue;
      if (this.#tried.get(delivery)?.id !== id) this.#waiting.set(delivery, id);
    }
  }

  /**
   * Remembers what has come on top, and which rows that have waited it is the result of.
   *
   * @returns of how many.
   */
  noteNew(events: readonly WebhookEvent[]): number {
    this.noteWaiting(events);
    // The oldest first: the newest attempt is the one that counts.
    const first = events.toReversed().filter((event) => {
      const { delivery_id: delivery, attempt } = event;
      if (delivery === null || attempt === null || attempt === 0) return false;
      const waiting = this.#waiting.get(delivery);
      const id = waiting ?? this.#tried.get(delivery)?.id;
      if (id !== undefined) this.#tried.set(delivery, { id, event, isGone: false });
      return this.#waiting.delete(delivery);
    });
    const tooMany = this.#tried.size - most;
    for (const delivery of [...this.#tried.keys()].slice(0, Math.max(0, tooMany))) {
      this.#tried.delete(delivery);
    }
    return first.length;
  }

  /** The newest attempt in the place of a row that waited; undefined if there is none. */
  resultOf({ id, event }: LogRow): LogRow | undefined {
    if (event.attempt !== 0 || event.delivery_id === null) return undefined;
    const tried = this.#tried.get(event.delivery_id);
    return tried?.id === id ? tried : undefined;
  }
}
