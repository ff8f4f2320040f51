import {
  compileFilter,
  compileProjectNames,
  type FilteredEvent,
  type WebhookFilter,
} from '../../contract/filter';
import { verdictWords } from './filter-wording';
import type { EventSummaryRow, PastEvent } from '../../contract/past-event';
import type { SlicedWork } from '../in-slices';

/*
 * What filters make of projects and events. A single name, held against a hundred patterns, can take a
 * tenth of a millisecond: the work can be interrupted after each.
 */

/** The projects whose names match, in the order in which they came. */
export function matchingNames(
  patterns: readonly string[],
  names: readonly string[],
): SlicedWork<string[]> {
  return function* matching() {
    const matches = compileProjectNames(patterns);
    const found: string[] = [];
    for (const name of names) {
      if (matches(name)) found.push(name);
      yield;
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
    // Each project has a row for every type of event and environment.
    const matchesProject = remembered(compileProjectNames(filter.project_names_filter));
    const decide = compileFilter(filter, matchesProject);
    const sums: Tally = { total: 0, received: 0, keptOut: {} };
    for (const row of rows) {
      const verdict = decide(row);
      sums.total += row.count;
      if (verdict.matches) sums.received += row.count;
      else sums.keptOut[verdict.rule] = (sums.keptOut[verdict.rule] ?? 0) + row.count;
      yield;
    }
    return sums;
  };
}

/** An event, and what would have become of it. */
export interface DecidedEvent {
  event: PastEvent;
  isSent: boolean;
  words: string;
}

/** What would have become of each of the events. */
export function decideEvents(
  filter: WebhookFilter,
  events: readonly PastEvent[],
): SlicedWork<DecidedEvent[]> {
  return function* decided() {
    const decide = compileFilter(filter);
    const all: DecidedEvent[] = [];
    for (const event of events) {
      const about = asFiltered(event);
      const verdict = decide(about);
      all.push({ event, isSent: verdict.matches, words: verdictWords(verdict, about) });
      yield;
    }
    return all;
  };
}

/** The first of the events that a filter lets through, so many at most. */
export function firstMatching(
  filter: WebhookFilter,
  events: readonly PastEvent[],
  most: number,
): SlicedWork<PastEvent[]> {
  return function* matching() {
    const decide = compileFilter(filter);
    const found: PastEvent[] = [];
    for (const event of events) {
      if (found.length === most) break;
      if (decide(asFiltered(event)).matches) found.push(event);
      yield;
    }
    return found;
  };
}

/** What the matcher looks at. */
function asFiltered({ event_type, environment, project }: PastEvent): FilteredEvent {
  return { event_type, mode: environment.mode, project_name: project.name };
}

function remembered(ask: (name: string) => boolean): (name: string) => boolean {
  const answers = new Map<string, boolean>();
  return (name) => {
    const known = answers.get(name);
    if (known !== undefined) return known;
    const answer = ask(name);
    answers.set(name, answer);
    return answer;
  };
}
