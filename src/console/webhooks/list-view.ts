import { displayUrl } from '../../contract/display-url';
import { foldCase } from '../../contract/fold-case';
import { webhookKinds, type Webhook } from '../../contract/webhook';
import {
  healthState,
  healthStates,
  successShare,
  type HealthById,
  type HealthState,
} from './health-state';

const states = ['enabled', 'disabled'] as const;
const sorts = ['newest', 'url', 'updated', 'health'] as const;
export type ListSort = (typeof sorts)[number];

/** Which webhooks the list shows, and in which order. Null: whichever. */
export interface ListView {
  /** What is searched for, as it was typed. */
  q: string;
  kind: string | null;
  state: (typeof states)[number] | null;
  health: HealthState | null;
  sort: ListSort;
}

const wholeList: ListView = { q: '', kind: null, state: null, health: null, sort: 'newest' };

/** What an address says of the list. Values that do not exist are passed over. */
export function readListView(params: URLSearchParams): ListView {
  return {
    q: params.get('q') ?? '',
    kind: one(params.get('kind'), webhookKinds),
    state: one(params.get('state'), states),
    health: one(params.get('health'), healthStates),
    sort: one(params.get('sort'), sorts) ?? 'newest',
  };
}

function one<const T extends readonly string[]>(value: string | null, of: T): T[number] | null {
  return of.find((each) => each === value) ?? null;
}

/** The address with a changed view; what it does not say is as in the whole list. */
export function writeListView(params: URLSearchParams, change: Partial<ListView>): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === wholeList[name as keyof ListView]) next.delete(name);
    else next.set(name, value);
  }
  return next;
}

/**
 * What is searched for, as it may be seen: a URL that is a secret is masked, with its scheme or
 * without, and stands in no address either.
 */
export function shownSearch(q: string): string {
  const typed = q.trim();
  const shown = displayUrl(/^https?:/i.test(typed) ? typed : `https://${typed}`);
  return shown.includes('/…') ? shown : typed;
}

/** What brings the whole list back; the order stays. */
export const unfiltered = { q: '', kind: null, state: null, health: null } as const;

/** Whether a view may leave webhooks out. */
export function isFiltered({ q, kind, state, health }: ListView): boolean {
  return q.trim() !== '' || kind !== null || state !== null || health !== null;
}

/** Whether a view cannot be shown without health. */
export function goesByHealth({ health, sort }: ListView): boolean {
  return health !== null || sort === 'health';
}

/** A view where no health is told: nothing is left out because of it, nor put in order by it. */
export function withoutHealth(view: ListView): ListView {
  if (!goesByHealth(view)) return view;
  return { ...view, health: null, sort: view.sort === 'health' ? 'newest' : view.sort };
}

/** What a webhook is searched and sorted by. */
interface Haystack {
  /** The URL as it is shown, without `https://`. */
  shown: string;
  /** All that is shown and searched, line by line. */
  text: string;
  /** The URL as it is, by which one that was pasted is found though it is shown masked. */
  url: string;
}

const haystacks = new WeakMap<Webhook, Haystack>();

/** Made once for each row that was loaded: of 10,000 it takes a while. */
export function haystackOf(webhook: Webhook): Haystack {
  const known = haystacks.get(webhook);
  if (known) return known;
  const { target_url, kind, description, project_names_filter } = webhook;
  const url = foldCase(target_url);
  const shown = foldCase(displayUrl(target_url, kind));
  const haystack = {
    shown: shown.replace(/^https?:\/\//, ''),
    text: `${shown}\n${foldCase(description)}\n${foldCase(project_names_filter.join('\n'))}`,
    url,
  };
  haystacks.set(webhook, haystack);
  return haystack;
}

/** The rows that a view shows, in the order of `webhooks`. Without `health`, none is filtered by it. */
export function filterWebhooks(
  webhooks: readonly Webhook[],
  { q, kind, state, health }: ListView,
  healthById: HealthById | null,
): Webhook[] {
  const typed = foldCase(q.trim());
  const words = typed.split(/\s+/u);
  return webhooks.filter((webhook) => {
    if (kind !== null && webhook.kind !== kind) return false;
    if (state !== null && webhook.enabled !== (state === 'enabled')) return false;
    if (health && healthById && healthState(healthById.get(webhook.id)) !== health) return false;
    if (typed === '') return true;
    const { text, url } = haystackOf(webhook);
    return words.every((word) => text.includes(word)) || url.startsWith(typed);
  });
}

/** The webhooks in an order; those that are alike in it stand newest first. */
export function sortWebhooks(
  webhooks: readonly Webhook[],
  sort: ListSort,
  healthById: HealthById | null,
): Webhook[] {
  if (sort === 'url') return sortBy(webhooks, (webhook) => haystackOf(webhook).shown, 1);
  if (sort === 'updated') return sortBy(webhooks, (each) => each.updated_at ?? each.created_at, -1);
  if (sort === 'health' && healthById) {
    return sortBy(webhooks, ({ id }) => healthRank(healthById, id), 1);
  }
  return webhooks.toSorted(byCreation);
}

/** The worst comes first: failing, then healthy, then without deliveries; by share within these. */
function healthRank(healthById: HealthById, id: string): number {
  const health = healthById.get(id);
  const state = healthStates.indexOf(healthState(health));
  return state * 1000 + (health ? successShare(health) : 0);
}

function sortBy<T extends string | number>(
  webhooks: readonly Webhook[],
  keyOf: (webhook: Webhook) => T,
  direction: 1 | -1,
): Webhook[] {
  const keyed = webhooks.map((webhook) => ({ webhook, key: keyOf(webhook) }));
  keyed.sort((a, b) => {
    if (a.key === b.key) return byCreation(a.webhook, b.webhook);
    return a.key < b.key ? -direction : direction;
  });
  return keyed.map(({ webhook }) => webhook);
}

function byCreation(a: Webhook, b: Webhook): number {
  if (a.created_at === b.created_at) return a.id < b.id ? 1 : -1;
  return a.created_at < b.created_at ? 1 : -1;
}
