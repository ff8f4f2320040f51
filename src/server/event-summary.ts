import type { EventSummaryRowResponse } from './answers/deployment-event';
import { breathing } from './breathe';
import type { Db } from './db';
import { dayLength } from './duration';
import { countsOfDays, countsUntilNextDay, type EventCount } from './event-summary-store';

interface Deps {
  db: Db;
  /** Milliseconds since 1970. */
  now: () => number;
  /** How long events are kept, in milliseconds. What is older and not removed yet is not counted. */
  retention: number;
}

/** The past events of organizations by what the matcher looks at. */
export interface EventSummaries {
  /**
   * Exact at the time when it was made, which is at most 10 seconds ago.
   *
   * @param since milliseconds since 1970; null: all that is kept.
   * @returns the JSON texts of the rows, in portions; the latest first.
   */
  read(organizationId: string, since: number | null): Promise<readonly string[][]>;
}

/** How long a summary is given again, in milliseconds. */
const freshFor = 10_000;
/** Each `since` has a summary of its own. */
const mostKept = 20;

/** Summaries that are kept for a moment: a dry run asks again with each change of a filter. */
export function createEventSummaries(deps: Deps): EventSummaries {
  const kept = new Map<string, { at: number; texts: Promise<string[][]> }>();
  return {
    read(organizationId, since) {
      const key = `${organizationId} ${since ?? ''}`;
      const now = deps.now();
      const known = kept.get(key);
      if (known && known.at <= now && now < known.at + freshFor) return known.texts;
      const texts = summarize(deps, organizationId, since);
      for (const [old, { at }] of kept) if (at > now || now >= at + freshFor) kept.delete(old);
      kept.set(key, { at: now, texts });
      if (kept.size > mostKept) kept.delete(kept.keys().next().value ?? '');
      texts.catch(() => kept.delete(key));
      return texts;
    },
  };
}

/** The whole days are counted already; of the first, which may be cut, each event is looked at. */
async function summarize(
  { db, now, retention }: Deps,
  organizationId: string,
  since: number | null,
): Promise<string[][]> {
  const from = Math.max(since ?? 0, now() - retention);
  const breathe = breathing();
  const sums = new Map<string, EventCount>();
  const parts = [
    countsUntilNextDay(db, organizationId, from),
    countsOfDays(db, organizationId, Math.ceil(from / dayLength)),
  ];
  for (const part of parts) {
    for await (const rows of part) {
      for (const row of rows) add(sums, row);
      await breathe();
    }
  }
  const rows = [...sums.values()].toSorted((a, b) => b.latest_at - a.latest_at);
  const texts: string[][] = [];
  for (let start = 0; start < rows.length; start += rowsPerPortion) {
    texts.push(rows.slice(start, start + rowsPerPortion).map(rowText));
    await breathe();
  }
  return texts;
}

const rowsPerPortion = 500;

function add(sums: Map<string, EventCount>, row: EventCount): void {
  const { event_type, mode, project_name, count, latest_at } = row;
  // Neither types nor modes have spaces.
  const key = `${event_type} ${mode} ${project_name}`;
  const sum = sums.get(key);
  if (!sum) {
    sums.set(key, { event_type, mode, project_name, count, latest_at });
    return;
  }
  sum.count += count;
  // They come in the order of time.
  sum.latest_at = latest_at;
}

function rowText({ event_type, mode, project_name, count, latest_at }: EventCount): string {
  const row: EventSummaryRowResponse = {
    event_type,
    mode,
    project_name,
    count,
    latest_at: new Date(latest_at).toISOString(),
  };
  return JSON.stringify(row);
}
