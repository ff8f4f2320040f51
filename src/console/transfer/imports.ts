import type { QueryClient } from '@tanstack/react-query';

import type { Webhook } from '../../contract/webhook';
import { showToast } from '../ui/toast-store';
import { askBeforeUnload } from '../webhooks/ask-before-unload';
import type { BulkRun } from '../webhooks/bulk-runner';
import { webhooksQuery } from '../webhooks/queries';
import { isUnwritable, wantedOf, type PlannedRow, type WrittenRow } from './import-plan';
import { outcomeToast, type LeftToDo } from './import-words';
import { startImport } from './run-import';
import type { ChosenFile } from './webhook-file';

/*
 * An import goes on when its page is left: who comes back finds it there, and else a toast tells what
 * became of it.
 */

/** An import under way, or through. */
export interface Import extends LeftToDo {
  file: ChosenFile;
  run: BulkRun<WrittenRow>;
  /** The rows that are written, by their places in the file. */
  written: ReadonlySet<number>;
}

/** By organization: there is at most one in each. */
const underWay = new Map<string, Import>();
const shown = new Set<Import>();

/** The import that goes on in an organization; null if none does. */
export function importUnderWay(organizationId: string): Import | null {
  return underWay.get(organizationId) ?? null;
}

/** Says that a page shows what becomes of an import; to be called when it no longer does. */
export function showsImport(one: Import): () => void {
  shown.add(one);
  return () => shown.delete(one);
}

/**
 * What an import has left to do, as the list is now: a secret may have been set since, perhaps in
 * another tab, and a webhook deleted.
 */
export function leftOf(one: Import, stored: readonly Webhook[]): LeftToDo {
  const lacking = new Set(
    stored.filter((row) => row.target_secret_set !== true).map(({ id }) => id),
  );
  return { ...one, withoutSecret: one.withoutSecret.filter(({ id }) => lacking.has(id)) };
}

/** Begins to write those rows of a file that are wanted. */
export function beginImport(
  client: QueryClient,
  organizationId: string,
  file: ChosenFile,
  plan: readonly PlannedRow[],
): Import {
  const written = new Set<number>();
  const withoutSecret = [...file.withoutSecret];
  const run = startImport(client, organizationId, wantedOf(plan, file), (row, saved) => {
    written.add(row.place);
    if (row.lacksSecret) withoutSecret.push(saved);
  });
  const one = { file, run, written, withoutSecret, unwritable: plan.filter(isUnwritable) };
  underWay.set(organizationId, one);
  askBeforeUnload(run);
  void run.ended.then(() => {
    underWay.delete(organizationId);
    if (shown.has(one)) return;
    const list = client.getQueryData(webhooksQuery(organizationId).queryKey);
    showToast(outcomeToast(run.get(), list ? leftOf(one, list.results) : one));
  });
  return one;
}
