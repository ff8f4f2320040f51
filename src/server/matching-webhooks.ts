import type { FilteredEvent } from '../contract/filter';
import { breathing } from './breathe';
import type { Db } from './db';
import { hostOf } from './delivery/host-slots';
import { FilterIndex } from './filter-index';
import { webhookLists } from './webhook-response';
import { webhookPages, webhooksOf, type WebhookPlace, type WebhookRow } from './webhook-store';

/** What is needed of a webhook to put a delivery in its way. */
export type MatchingWebhook = Pick<WebhookRow, 'id' | 'kind' | 'target_url' | 'target_secret'> & {
  /** Where deliveries to it go. */
  host: string;
};

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

type CompiledWebhook = MatchingWebhook & WebhookPlace;

/** The webhooks of one organization. */
interface Compiled {
  /** The filters of those that are enabled. */
  index: FilterIndex<CompiledWebhook>;
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
        index: await compileAll(trx, organizationId),
        stale: new Set(),
      };
      organizations.set(organizationId, compiled);
      await refresh(trx, organizationId, compiled);
      return matching(compiled.index, event);
    },
    invalidate(organizationId, webhookId) {
      organizations.get(organizationId)?.stale.add(webhookId);
    },
  };
}

async function matching(
  index: FilterIndex<CompiledWebhook>,
  event: FilteredEvent,
): Promise<MatchingWebhook[]> {
  const breathe = breathing();
  const found: CompiledWebhook[] = [];
  for (const webhook of index.find(event)) {
    found.push(webhook);
    if (found.length % batchSize === 0) await breathe();
  }
  return found.toSorted(byPlace);
}

async function compileAll(trx: Db, organizationId: string): Promise<FilterIndex<CompiledWebhook>> {
  const breathe = breathing();
  const index = new FilterIndex<CompiledWebhook>();
  for await (const page of webhookPages(trx, organizationId)) {
    compile(index, page);
    await breathe();
  }
  return index;
}

/** Reads what may have changed. */
async function refresh(trx: Db, organizationId: string, { index, stale }: Compiled): Promise<void> {
  if (stale.size === 0) return;
  const ids = [...stale];
  const breathe = breathing();
  for (let start = 0; start < ids.length; start += batchSize) {
    const some = ids.slice(start, start + batchSize);
    for (const id of some) index.delete(id);
    compile(index, await webhooksOf(trx, organizationId, some));
    await breathe();
  }
  for (const id of ids) stale.delete(id);
}

/** As the database orders them. */
function byPlace(a: WebhookPlace, b: WebhookPlace): number {
  return a.created_at - b.created_at || (a.id < b.id ? -1 : 1);
}

function compile(index: FilterIndex<CompiledWebhook>, rows: readonly WebhookRow[]): void {
  for (const row of rows) {
    if (row.enabled !== 1) continue;
    const { id, kind, target_url, target_secret, created_at } = row;
    const host = hostOf(row);
    const webhook = { id, kind, target_url, target_secret, host, created_at };
    index.set(id, { enabled: true, ...webhookLists(row) }, webhook);
  }
}
