import type { Webhook } from '../../contract/webhook';
import { haveSameItems } from '../same-items';
import { finderById } from './finder-by-id';
import type { HealthById } from './health-state';

/** What the list's filters and its order go by. */
export interface SettledRows {
  /** The list that it was made from. */
  of: readonly Webhook[];
  /** The same webhooks in the same order, those that were toggled meanwhile as they were before. */
  rows: readonly Webhook[];
  /** Health as it was when the rows were arranged; null if it was not known. */
  health: HealthById | null;
  /** What was asked for when they were arranged. */
  view: string;
}

/**
 * Keeps rows where they are: a row neither moves nor goes because it was toggled, nor because its
 * health was looked at again. Another view, an edit, a new row or one that is gone arranges anew.
 *
 * @param view tells views apart.
 * @returns `before` itself if nothing has changed.
 */
export function settleRows(
  before: SettledRows | null,
  list: readonly Webhook[],
  health: HealthById | null,
  view: string,
): SettledRows {
  if (!before) return { of: list, rows: list, health, view };
  if (before.view !== view) {
    return { of: list, rows: sameOr(before.rows, list), health, view };
  }
  const knowsHealth = before.health !== null || health === null;
  if (before.of === list && knowsHealth) return before;
  const isAsBefore =
    list.length === before.of.length &&
    list.every((row, index) => {
      const known = before.rows[index];
      return row === before.of[index] || (known && isSameButForToggle(known, row));
    });
  if (isAsBefore) {
    return { of: list, rows: before.rows, health: knowsHealth ? before.health : health, view };
  }
  const find = finderById(before.rows);
  const rows = list.map((row) => {
    const known = find(row.id);
    return known && isSameButForToggle(known, row) ? known : row;
  });
  return { of: list, rows, health, view };
}

/** `before` if the rows are the same, so that what was made from it need not be made again. */
function sameOr(before: readonly Webhook[], rows: readonly Webhook[]): readonly Webhook[] {
  return haveSameItems(before, rows) ? before : rows;
}

/** Up to so many are looked for one by one. */
const few = 20;

/** Puts in the place of the rows that were toggled what they are now. */
export function asTheyAre(arranged: Webhook[], { of, rows }: SettledRows): Webhook[] {
  const toggled = new Map<Webhook, Webhook>();
  rows.forEach((row, index) => {
    const now = of[index];
    if (now && now !== row) toggled.set(row, now);
  });
  if (toggled.size === 0) return arranged;
  if (toggled.size > few) return arranged.map((row) => toggled.get(row) ?? row);
  const shown = arranged.slice();
  for (const [row, now] of toggled) {
    const index = shown.indexOf(row);
    if (index >= 0) shown[index] = now;
  }
  return shown;
}

function isSameButForToggle(a: Webhook, b: Webhook): boolean {
  return a === b || (a.id === b.id && setup(a) === setup(b));
}

/** What an edit changes and a toggle does not. */
function setup(webhook: Webhook): string {
  const { kind, target_url, description, events } = webhook;
  const { project_names_filter, environment_types_filter } = webhook;
  return JSON.stringify([
    kind,
    target_url,
    description,
    events,
    project_names_filter,
    environment_types_filter,
  ]);
}
