/**
 * Which webhooks have pending deliveries, and when the first of each is due (milliseconds since 1970).
 * The tables hold the truth; this spares the worker from searching them at every turn.
 */
export class Agenda {
  private readonly dueAt = new Map<string, number>();

  /** Notes a delivery; the earliest of a webhook counts. */
  add(webhookId: string, at: number): void {
    const known = this.dueAt.get(webhookId);
    if (known === undefined || at < known) this.dueAt.set(webhookId, at);
  }

  /**
   * Takes out webhooks that are due, those that waited longest on the agenda first. What is known of
   * their further deliveries is to be added again.
   *
   * @param tryStart asked once of each in this order; those it says no to are left where they are.
   */
  take(now: number, limit: number, tryStart: (webhookId: string) => boolean): string[] {
    const taken: string[] = [];
    for (const [webhookId, at] of this.dueAt) {
      if (taken.length >= limit) break;
      if (at > now || !tryStart(webhookId)) continue;
      this.dueAt.delete(webhookId);
      taken.push(webhookId);
    }
    return taken;
  }

  /** Whether a delivery of a webhook is known to wait that is due. */
  isDue(webhookId: string, now: number): boolean {
    return (this.dueAt.get(webhookId) ?? Infinity) <= now;
  }

  /** When the next webhook is due that is not blocked; Infinity if none is. */
  nextAt(isBlocked: (webhookId: string) => boolean): number {
    let next = Infinity;
    for (const [webhookId, at] of this.dueAt) {
      if (at < next && !isBlocked(webhookId)) next = at;
    }
    return next;
  }
}
