import { compileFilter, type FilteredEvent } from '../contract/filter';
import { breathing } from './breathe';
import type { Db } from './db';
import { webhookLists } from './webhook-response';
import { webhookPages, webhooksOf, type WebhookPlace, type WebhookRow } from './webhook-store';

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
   * Says that a webhook is added, changed or removed. To be called within the transaction that does
   * it: the next transaction that looks for webhooks reads what that one leaves behind, be it rolled
   * back.
   */
  invalidate(organizationId: string, webhookId: string): void;
}

interface CompiledWebhook extends MatchingWebhook, WebhookPlace {
  matches: (event: FilteredEvent) => boolean;
}

/** The enabled webhooks of one organization. */
interface Compiled {
  /** In their order. */
  webhooks: CompiledWebhook[];
  /** The ids of those that may have changed since. */
  stale: Set<string>;
}

/** How many webhooks are read again by one statement, and asked before others may have a turn. */
const batchSize = 250;

/**
 * Transactions run one after the other in the one process that owns the database. So it is enough to
 * remember which webhooks were written, instead of a generation number that every write raises in the
 * database: the next event reads those again and no others.
 */
export function createMatchingWebhooks(): MatchingWebhooks {
  const organizations = new Map<string, Compiled>();
  return {
    async find(trx, organizationId, event) {
      const known = organizations.get(organizationId);
      const compiled = known ?? {
        webhooks: await compileAll(trx, organizationId),
        stale: new Set(),
      };
      organizations.set(organizationId, compiled);
      await refresh(trx, organizationId, compiled);
      return matching(compiled.webhooks, event);
    },
    invalidate(organizationId, webhookId) {
      organizations.get(organizationId)?.stale.add(webhookId);
    },
  };
}

async function matching(
  webhooks: readonly CompiledWebhook[],
  event: FilteredEvent,
): Promise<MatchingWebhook[]> {
  const breathe = breathing();
  const found: MatchingWebhook[] = [];
  for (const [index, { id, kind, matches }] of webhooks.entries()) {
    if (matches(event)) found.push({ id, kind });
    if (index % batchSize === 0) await breathe();
  }
  return found;
}

async function compileAll(trx: Db, organizationId: string): Promise<CompiledWebhook[]> {
  const breathe = breathing();
  const webhooks: CompiledWebhook[] = [];
  for await (const page of webhookPages(trx, organizationId)) {
    webhooks.push(...compile(page));
    await breathe();
  }
  return webhooks;
}

/** Reads what may have changed. */
async function refresh(trx: Db, organizationId: string, compiled: Compiled): Promise<void> {
  const { stale } = compiled;
  if (stale.size === 0) return;
  const ids = [...stale];
  const breathe = breathing();
  const read: CompiledWebhook[] = [];
  for (let start = 0; start < ids.length; start += batchSize) {
    const rows = await webhooksOf(trx, organizationId, ids.slice(start, start + batchSize));
    read.push(...compile(rows));
    await breathe();
  }
  compiled.webhooks = [...compiled.webhooks.filter(({ id }) => !stale.has(id)), ...read].toSorted(
    byPlace,
  );
  for (const id of ids) stale.delete(id);
}

/** As the database orders them. */
function byPlace(a: WebhookPlace, b: WebhookPlace): number {
  return a.created_at - b.created_at || (a.id < b.id ? -1 : 1);
}

function compile(rows: readonly WebhookRow[]): CompiledWebhook[] {
  return rows
    .filter(({ enabled }) => enabled === 1)
    .map((row) => {
      const verdict = compileFilter({ enabled: true, ...webhookLists(row) });
      const { id, kind, created_at } = row;
      return { id, kind, created_at, matches: (event) => verdict(event).matches };
    });
}
