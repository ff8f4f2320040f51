import { mergePatterns, toWebhookRequest, type Webhook } from '../../contract/webhook';
import type { EditedField } from '../webhooks/merge-edits';
import type { FiledWebhook, FileRow } from './webhook-file';

/** What an import does with a row of the file. */
export type PlannedRow =
  | { outcome: 'create'; filed: FiledWebhook }
  | { outcome: 'change'; filed: FiledWebhook; stored: Webhook; fields: EditedField[] }
  | { outcome: 'same'; filed: FiledWebhook; stored: Webhook }
  /** It would change, and the API would drop its secret with that. */
  | { outcome: 'secret'; filed: FiledWebhook; stored: Webhook }
  | { outcome: 'unreadable'; problem: string };

/** Whether an import writes a row. */
export function isWritten(row: PlannedRow): row is WrittenRow {
  return row.outcome === 'create' || row.outcome === 'change';
}
/** A row that an import writes. */
export type WrittenRow = Extract<PlannedRow, { outcome: 'create' | 'change' }>;

/**
 * What an import will create, change and leave: a row is the webhook of the same kind and URL, and of
 * several such the one that is like it, else the first that is left. Nothing is ever deleted.
 *
 * @param keepsSecrets whether the API keeps a secret that a change does not name.
 */
export function planImport(
  rows: readonly FileRow[],
  stored: readonly Webhook[],
  { keepsSecrets }: { keepsSecrets: boolean },
): PlannedRow[] {
  const left = new Map<string, Webhook[]>();
  for (const webhook of stored) {
    const alike = left.get(keyOf(webhook));
    if (alike) alike.push(webhook);
    else left.set(keyOf(webhook), [webhook]);
  }
  const take = (filed: FiledWebhook, isWanted: (webhook: Webhook) => boolean) => {
    const candidates = left.get(keyOf(filed)) ?? [];
    const index = candidates.findIndex(isWanted);
    return index < 0 ? undefined : candidates.splice(index, 1)[0];
  };
  const planned = new Map<FileRow, PlannedRow>();
  for (const row of rows) {
    if ('problem' in row) {
      planned.set(row, { outcome: 'unreadable', problem: row.problem });
      continue;
    }
    const filed = row.webhook;
    const same = take(filed, (webhook) => differences(filed, webhook).length === 0);
    if (same) planned.set(row, { outcome: 'same', filed, stored: same });
  }
  for (const row of rows) {
    if (planned.has(row) || 'problem' in row) continue;
    const filed = row.webhook;
    const other = take(filed, () => true);
    planned.set(row, other ? planChange(filed, other, keepsSecrets) : { outcome: 'create', filed });
  }
  return rows.map((row) => planned.get(row) as PlannedRow);
}

function planChange(filed: FiledWebhook, stored: Webhook, keepsSecrets: boolean): PlannedRow {
  if (stored.target_secret_set && !keepsSecrets && filed.target_secret === undefined) {
    return { outcome: 'secret', filed, stored };
  }
  return { outcome: 'change', filed, stored, fields: differences(filed, stored) };
}

const keyOf = ({ kind, target_url }: { kind: string; target_url: string }) =>
  `${kind} ${target_url}`;

/** Where a row of the file asks for something else than what is stored. A secret in it always does. */
function differences(filed: FiledWebhook, stored: Webhook): EditedField[] {
  const now = toWebhookRequest(stored);
  const fields: EditedField[] = [];
  if (filed.description !== stored.description) fields.push('description');
  if (filed.target_secret !== undefined) fields.push('target_secret');
  for (const field of ['events', 'environment_types_filter'] as const) {
    if (!isSameSet(filed[field], now[field] ?? [])) fields.push(field);
  }
  const patterns = mergePatterns([...filed.project_names_filter, ...stored.project_names_filter]);
  const isSame = [filed, stored].every(
    ({ project_names_filter }) => mergePatterns(project_names_filter).length === patterns.length,
  );
  if (!isSame) fields.push('project_names_filter');
  if (filed.enabled !== stored.enabled) fields.push('enabled');
  return fields;
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  const [left, right] = [new Set(a), new Set(b)];
  return left.size === right.size && [...left].every((item) => right.has(item));
}
