import {
  mayHaveSecret,
  mergePatterns,
  toWebhookRequest,
  type Webhook,
  type WebhookRequest,
} from '../../contract/webhook';
import { keepsSecretOf } from '../capabilities-queries';
import type { EditedField } from '../webhooks/merge-edits';
import { sameItems } from '../webhooks/same-items';
import { messageAt, type FiledWebhook, type FileRow } from './webhook-file';

/** All of a webhook as it is to be: what its row says, and for the rest what is stored. */
export type WantedWebhook = Required<Omit<WebhookRequest, 'target_secret'>> &
  Pick<WebhookRequest, 'target_secret'>;

interface Written {
  /** Of the row in the file, from 0. */
  place: number;
  wanted: WantedWebhook;
  /** It had a secret, or may have had one, that the file does not have: it will be without. */
  lacksSecret: boolean;
}

/** What an import does with a row of the file. */
export type PlannedRow =
  | ({ outcome: 'create' } & Written)
  | ({ outcome: 'change'; stored: Webhook; fields: EditedField[] } & Written)
  | { outcome: 'same'; place: number; stored: Webhook }
  /** It would change, and the API would drop its secret with that. */
  | { outcome: 'secret'; place: number; stored: Webhook }
  /** It would change, and its API has not told these, which a change has to name. */
  | { outcome: 'untold'; place: number; stored: Webhook; fields: Webhook['untold'] }
  | { outcome: 'unreadable'; place: number; problem: string };

/** Whether an import writes a row. */
export function isWritten(row: PlannedRow): row is WrittenRow {
  return row.outcome === 'create' || row.outcome === 'change';
}

/** A row that an import writes. */
export type WrittenRow = Extract<PlannedRow, Written>;

/**
 * What an import will create, change and leave: a row is the webhook of the same URL (and kind, if it
 * says one), and of several such the one that is like it, else the first that is left. What a row
 * does not say is no change. Nothing is ever deleted.
 *
 * @param keepsSecrets whether the API says that it keeps a secret which a change does not name.
 */
export function planImport(
  rows: readonly FileRow[],
  stored: readonly Webhook[],
  { keepsSecrets }: { keepsSecrets: boolean },
): PlannedRow[] {
  const take = takerOf(stored);
  const planned: (PlannedRow | undefined)[] = rows.map((row, place) => {
    if ('problem' in row) return { outcome: 'unreadable', place, problem: row.problem };
    const same = take(row.webhook, (webhook) => differences(row.webhook, webhook).length === 0);
    return same && { outcome: 'same', place, stored: same };
  });
  return rows.map((row, place) => {
    const known = planned[place];
    if (known || 'problem' in row) return known as PlannedRow;
    const other = take(row.webhook, () => true);
    return other
      ? planChange(place, row.webhook, other, keepsSecrets)
      : planCreation(place, row.webhook);
  });
}

/** Gives each of the stored webhooks away once. */
function takerOf(stored: readonly Webhook[]) {
  const left = new Map<string, Webhook[]>();
  for (const webhook of stored) {
    if (webhook.untold.includes('target_url')) continue;
    const url = webhook.target_url.trim();
    const alike = left.get(url);
    if (alike) alike.push(webhook);
    else left.set(url, [webhook]);
  }
  return ({ kind, target_url }: FiledWebhook, isLike: (webhook: Webhook) => boolean) => {
    const candidates = left.get(target_url) ?? [];
    const index = candidates.findIndex(
      (webhook) =>
        (kind === undefined || webhook.untold.includes('kind') || webhook.kind === kind) &&
        isLike(webhook),
    );
    return index < 0 ? undefined : candidates.splice(index, 1)[0];
  };
}

/** As the API takes a request that does not say it; events it wants to be told. */
const created = {
  kind: 'STANDARD',
  description: '',
  enabled: true,
  project_names_filter: [],
  environment_types_filter: [],
};

function planCreation(place: number, filed: FiledWebhook): PlannedRow {
  const { events, target_url } = filed;
  if (events === undefined) {
    return {
      outcome: 'unreadable',
      place,
      problem: messageAt({ pointer: '/events', message: 'They are missing.' }),
    };
  }
  return {
    outcome: 'create',
    place,
    wanted: over({ ...created, target_url, events }, filed),
    lacksSecret: hadSecret(filed),
  };
}

function planChange(
  place: number,
  filed: FiledWebhook,
  stored: Webhook,
  keepsSecrets: boolean,
): PlannedRow {
  const drops = mayHaveSecret(stored) && !keepsSecretOf(stored, keepsSecrets);
  if (drops && filed.target_secret === undefined) {
    return { outcome: 'secret', place, stored };
  }
  const untold = stored.untold.filter((member) => filed[member] === undefined);
  if (untold.length > 0) return { outcome: 'untold', place, stored, fields: untold };
  return {
    outcome: 'change',
    place,
    stored,
    fields: differences(filed, stored),
    // Where another API stores a URL with spaces around it, it stays so: it is not what was asked for.
    wanted: { ...over(stored, filed, mayHaveSecret(stored)), target_url: stored.target_url },
    lacksSecret: !mayHaveSecret(stored) && hadSecret(filed),
  };
}

function hadSecret({ target_secret, target_secret_set }: FiledWebhook): boolean {
  return !target_secret && (target_secret_set === true || target_secret_set === null);
}

/** @param mayRemove whether there may be a secret, which an empty one removes. */
function over(
  base: Omit<WantedWebhook, 'target_secret'>,
  filed: FiledWebhook,
  mayRemove = false,
): WantedWebhook {
  const { target_secret } = filed;
  return {
    kind: filed.kind ?? base.kind,
    target_url: filed.target_url,
    description: filed.description ?? base.description,
    enabled: filed.enabled ?? base.enabled,
    events: filed.events ?? base.events,
    project_names_filter: filed.project_names_filter ?? base.project_names_filter,
    environment_types_filter: filed.environment_types_filter ?? base.environment_types_filter,
    ...(setsSecret(target_secret, mayRemove) && { target_secret }),
  };
}

/** An empty secret is none: it changes nothing where none is stored. */
function setsSecret(secret: string | undefined, mayRemove: boolean): secret is string {
  return secret !== undefined && (secret !== '' || mayRemove);
}

/** The request that makes a webhook as it is wanted. */
export function requestOf({ target_secret, ...wanted }: WantedWebhook): WebhookRequest {
  return { ...toWebhookRequest(wanted), ...(target_secret !== undefined && { target_secret }) };
}

/**
 * Where a row of the file asks for something else than what is stored, or for what is not known of it.
 * A secret in it always does.
 */
function differences(filed: FiledWebhook, stored: Webhook): EditedField[] {
  const { description, enabled } = filed;
  const isUnknown = (field: EditedField) => stored.untold.some((member) => member === field);
  const fields: EditedField[] = [];
  if (filed.kind !== undefined && isUnknown('kind')) fields.push('kind');
  if (description !== undefined && description !== stored.description) fields.push('description');
  if (setsSecret(filed.target_secret, mayHaveSecret(stored))) {
    fields.push('target_secret');
  }
  for (const field of ['events', 'environment_types_filter'] as const) {
    const list = filed[field];
    if (list && (isUnknown(field) || !sameItems(list, stored[field]))) fields.push(field);
  }
  const patterns = filed.project_names_filter;
  if (patterns && !areSamePatterns(patterns, stored.project_names_filter)) {
    fields.push('project_names_filter');
  }
  if (enabled !== undefined && (isUnknown('enabled') || enabled !== stored.enabled)) {
    fields.push('enabled');
  }
  return fields;
}

function areSamePatterns(a: string[], b: string[]): boolean {
  const all = mergePatterns([...a, ...b]).length;
  return [a, b].every((list) => mergePatterns(list).length === all);
}
