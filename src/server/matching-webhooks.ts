import { compileFilter, type FilteredEvent } from '../contract/filter';
import type { Db } from './db';
import { webhookLists } from './webhook-response';
import { webhookPages } from './webhook-store';

/** What is needed of a webhook to put a delivery in its way. */
export interface MatchingWebhook {
  id: string;
  kind: string;
}

/** Finds the webhooks that an event reaches, by filters that are compiled once. */
export interface MatchingWebhooks {
  /** The webhooks of an organization whose filter lets the event through, in their order. */
  find(trx: Db, organizationId: string, event: FilteredEvent): Promise<MatchingWebhook[]>;
  /**
   * Forgets an organization's filters. To be called within the transaction that changes a webhook:
   * the next transaction then reads what that one leaves behind.
   */
  invalidate(organizationId: string): void;
}

interface CompiledWebhook extends MatchingWebhook {
  matches: (event: FilteredEvent) => boolean;
}

/**
 * One process owns the database, and its transactions run one after the other: it is enough to forget
 * in memory. Disabled webhooks are left out.
 */
export function createMatchingWebhooks(): MatchingWebhooks {
  const compiled = new Map<string, CompiledWebhook[]>();
  return {
    async find(trx, organizationId, event) {
      const webhooks = compiled.get(organizationId) ?? (await compileAll(trx, organizationId));
      compiled.set(organizationId, webhooks);
      return webhooks.filter(({ matches }) => matches(event)).map(({ id, kind }) => ({ id, kind }));
    },
    invalidate(organizationId) {
      compiled.delete(organizationId);
    },
  };
}

async function compileAll(trx: Db, organizationId: string): Promise<CompiledWebhook[]> {
  const webhooks: CompiledWebhook[] = [];
  for await (const page of webhookPages(trx, organizationId)) {
    for (const row of page) {
      if (row.enabled === 0) continue;
      const verdict = compileFilter({ enabled: true, ...webhookLists(row) });
      webhooks.push({
        id: row.id,
        kind: row.kind,
        matches: (event) => verdict(event).matches,
      });
    }
  }
  return webhooks;
}
