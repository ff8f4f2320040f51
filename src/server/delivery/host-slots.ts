/** How many attempts may be in flight to one host: a slow one holds up no other. */
export const slotsPerHost = 8;

/** The host and port that a URL leads to; an empty text if it is none. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}

/** Counts the attempts in flight, by host. */
export class HostSlots {
  private readonly taken = new Map<string, number>();
  /** Where a webhook led to when it was last read. */
  private readonly hosts = new Map<string, string>();

  free(host: string): number {
    return slotsPerHost - (this.taken.get(host) ?? 0);
  }

  take(host: string): void {
    this.taken.set(host, (this.taken.get(host) ?? 0) + 1);
  }

  release(host: string): void {
    const left = (this.taken.get(host) ?? 0) - 1;
    if (left > 0) this.taken.set(host, left);
    else this.taken.delete(host);
  }

  /** Remembers where a webhook leads to. Its URL may have changed since: that costs it a wait at most. */
  note(webhookId: string, host: string): void {
    this.hosts.set(webhookId, host);
  }

  /** For a webhook that has no pending deliveries any more. */
  forget(webhookId: string): void {
    this.hosts.delete(webhookId);
  }

  /** How many attempts a webhook may start now, as far as is known. */
  freeFor(webhookId: string): number {
    const host = this.hosts.get(webhookId);
    return host === undefined ? slotsPerHost : this.free(host);
  }
}
