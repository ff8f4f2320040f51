import { targetUrlProblem } from '../../contract/target-url';
import { textProblem } from '../../contract/text';
import {
  mayHaveSecret,
  toWebhookRequest,
  type Webhook,
  type WebhookRequest,
} from '../../contract/webhook';
import { keepsSecretOf } from '../capabilities-queries';
import type { EditedField } from '../webhooks/merge-edits';
import { differences, setsSecret } from './row-differences';
import { messageAt, type ChosenFile, type FiledWebhook, type FileRow } from './webhook-file';

/** All of a webhook as it is to be: what its row says, and for the rest what is stored. */
export type WantedWebhook = Required<Omit<WebhookRequest, 'target_secret'>> &
  Pick<WebhookRequest, 'target_secret'>;

interface Written {
  wanted: WantedWebhook;
  /** It had a secret, or may have had one, that the file does not have: it will be without. */
  lacksSecret: boolean;
}

/** What an import does with a webhook of the file. */
type Plan =
  /** `twin`: the place of a row for the same URL and kind that is this webhook as well, or another new one. */
  | ({ outcome: 'create'; twin?: number } & Written)
  | ({ outcome: 'change'; stored: Webhook; fields: EditedField[] } & Written)
  | { outcome: 'same'; stored: Webhook }
  /** It would change, and the API would drop its secret with that. */
  | { outcome: 'secret'; stored: Webhook }
  /** It would change, and its API has not told these, which a change has to name. */
  | { outcome: 'untold'; stored: Webhook; fields: Webhook['untold'] }
  | { outcome: 'unreadable'; problem: string };

/** What an import does with a row of the file. */
export type PlannedRow = Plan & {
  /** Of the row in the file, from 0. */
  place: number;
  /** Members of it that mean nothing here. */
  notTaken: readonly string[];
};

/** Whether an import writes a row. */
export function isWritten(row: PlannedRow): row is WrittenRow {
  return row.outcome === 'create' || row.outcome === 'change';
}

/** A row that an import writes. */
export type WrittenRow = Extract<PlannedRow, Written>;

/** The rows that are to be written: all that can be, but those that are left out. */
export function wantedOf(
  plan: readonly PlannedRow[],
  { leftOut }: Pick<ChosenFile, 'leftOut'>,
): WrittenRow[] {
  return plan.filter(isWritten).filter(({ place }) => !leftOut.has(place));
}

/** A row that no import can write as it stands. */
export type UnwritableRow = Exclude<PlannedRow, WrittenRow | { outcome: 'same' }>;

/** Whether a row asks for something that an import cannot write. */
export function isUnwritable(row: PlannedRow): row is UnwritableRow {
  return !isWritten(row) && row.outcome !== 'same';
}

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
  const alike = rows.map(
    (row) =>
      'webhook' in row &&
      take(row.webhook, (webhook) => differences(row.webhook, webhook).length === 0),
  );
  function plan(row: FileRow, place: number): Plan {
    if ('problem' in row) return { outcome: 'unreadable', problem: row.problem };
    const same = alike[place];
    if (same) return { outcome: 'same', stored: same };
    const other = take(row.webhook, () => true);
    return other ? planChange(row.webhook, other, keepsSecrets) : planCreation(row.webhook);
  }
  return withTwins(
    rows.map((row, place) => ({ ...plan(row, place), place, notTaken: row.notTaken })),
  );
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

/** Tells of each new one which row is for the same URL and kind: one of those that exist, or a new one before it. */
function withTwins(plan: readonly PlannedRow[]): PlannedRow[] {
  const first = new Map<string, number>();
  for (const row of plan) {
    if (row.outcome === 'create' || row.outcome === 'unreadable') continue;
    const key = identity(row.outcome === 'change' ? row.wanted : row.stored);
    if (!first.has(key)) first.set(key, row.place);
  }
  return plan.map((row) => {
    if (row.outcome !== 'create') return row;
    const key = identity(row.wanted);
    const twin = first.get(key);
    if (twin !== undefined) return { ...row, twin };
    first.set(key, row.place);
    return row;
  });
}

function identity({ kind, target_url }: Pick<Webhook, 'kind' | 'target_url'>): string {
  return `${kind} ${target_url.trim()}`;
}

/** As the API takes a request that does not say it; events it wants to be told. */
const created = {
  kind: 'STANDARD',
  description: '',
  enabled: true,
  project_names_filter: [],
  environment_types_filter: [],
};

function planCreation(filed: FiledWebhook): Plan {
  const { events, target_url } = filed;
  const urlProblem = textProblem(target_url) ?? targetUrlProblem(target_url);
  if (urlProblem !== null) return unreadable('/target_url', urlProblem);
  if (events === undefined) return unreadable('/events', 'They are missing.');
  return {
    outcome: 'create',
    wanted: over({ ...created, target_url, events }, filed),
    lacksSecret: hadSecret(filed),
  };
}

function unreadable(pointer: string, message: string): Plan {
  return { outcome: 'unreadable', problem: messageAt({ pointer, message }) };
}

function planChange(filed: FiledWebhook, stored: Webhook, keepsSecrets: boolean): Plan {
  const drops = mayHaveSecret(stored) && !keepsSecretOf(stored, keepsSecrets);
  if (drops && filed.target_secret === undefined) {
    return { outcome: 'secret', stored };
  }
  const untold = stored.untold.filter((member) => filed[member] === undefined);
  if (untold.length > 0) return { outcome: 'untold', stored, fields: untold };
  return {
    outcome: 'change',
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

/** The request that makes a webhook as it is wanted. */
export function requestOf({ target_secret, ...wanted }: WantedWebhook): WebhookRequest {
  return { ...toWebhookRequest(wanted), ...(target_secret !== undefined && { target_secret }) };
}
