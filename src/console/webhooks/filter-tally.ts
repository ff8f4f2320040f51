import { compileFilter, compileProjectNames, type WebhookFilter } from '../../contract/filter';
import type { EventSummaryRow } from '../../contract/past-event';
import type { SlicedWork } from '../in-slices';

/** So many names or rows, each held against a hundred patterns, take about a millisecond. */
const portion = 100;

/** The projects whose names match, in the order in which they came. */
export function matchingNames(
  patterns: readonly string[],
  names: readonly string[],
): SlicedWork<string[]> {
  return function* matching() {
    const matches = compileProjectNames(patterns);
    const found: string[] = [];
    for (const [index, name] of names.entries()) {
      if (matches(name)) found.push(name);
      if (index % portion === portion - 1) yield;
    }
    return found;
  };
}

/** How many events a webhook would have received, and how many each rule would have kept out. */
export interface Tally {
  total: number;
  received: number;
  keptOut: Partial<Record<keyof WebhookFilter, number>>;
}

/** Counts by the matcher what would have become of the events that are summed up. */
export function tallyEvents(
  filter: WebhookFilter,
  rows: readonly EventSummaryRow[],
): SlicedWork<Tally> {
  return function* tally() {
    const decide = compileFilter(filter);
    const sums: Tally = { total: 0, received: 0, keptOut: {} };
    for (const [index, row] of rows.entries()) {
      const verdict = decide(row);
      sums.total += row.count;
      if (verdict.matches) sums.received += row.count;
      else sums.keptOut[verdict.rule] = (sums.keptOut[verdict.rule] ?? 0) + row.count;
      if (index % portion === portion - 1) yield;
    }
    return sums;
  };
}
