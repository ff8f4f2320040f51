import { describe, expect, test } from 'vitest';

import { compileFilter, compileProjectNames } from '../../contract/filter';
import { deploymentEventTypes, environmentModes } from '../../contract/webhook';
import type { SlicedWork } from '../in-slices';
import { decideEvents, firstMatching, matchingNames, tallyEvents } from './filter-tally';

const names = Array.from({ length: 40 }, (_, i) => `team-${i % 7}-service-${i}`);
const filter = {
  enabled: true,
  events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STARTED'],
  environment_types_filter: ['PRODUCTION', 'STAGING'],
  project_names_filter: ['team-1-*', '*-3', 'TEAM-2-service-2'],
};
const rows = names.flatMap((project_name, i) =>
  deploymentEventTypes.flatMap((event_type) =>
    environmentModes.map((mode) => ({
      event_type,
      mode,
      project_name,
      count: 1 + (i % 3),
      latest_at: null,
    })),
  ),
);
const events = rows.map(({ event_type, mode, project_name }, i) => ({
  id: String(i),
  accepted_at: '2026-01-01T00:00:00.000Z',
  created_at: '2026-01-01T00:00:00.000Z',
  event_type,
  project: { id: project_name, name: project_name },
  environment: { id: mode, name: mode, mode },
}));

/** Does all of a work; gives what came out, and how often it could have been interrupted. */
function run<T>(work: SlicedWork<T>): { result: T; pauses: number } {
  const steps = work();
  for (let pauses = 0; ; pauses += 1) {
    const step = steps.next();
    if (step.done) return { result: step.value, pauses };
  }
}

test('names that match, one by one', () => {
  const { result, pauses } = run(matchingNames(filter.project_names_filter, names));
  const matches = compileProjectNames(filter.project_names_filter);
  expect(result).toEqual(names.filter((name) => matches(name)));
  expect(result.length).toBeGreaterThan(3);
  expect(pauses).toBe(names.length);
});

describe('events', () => {
  const decide = compileFilter(filter);
  const sent = rows.filter((row) => decide(row).matches);

  test('are counted by the rule that decided, row by row', () => {
    const { result, pauses } = run(tallyEvents(filter, rows));
    const sum = (some: typeof rows) => some.reduce((all, { count }) => all + count, 0);
    const by = (rule: string) =>
      sum(
        rows.filter((row) => {
          const verdict = decide(row);
          return !verdict.matches && verdict.rule === rule;
        }),
      );
    expect(result).toEqual({
      total: sum(rows),
      received: sum(sent),
      keptOut: {
        events: by('events'),
        environment_types_filter: by('environment_types_filter'),
        project_names_filter: by('project_names_filter'),
      },
    });
    expect(pauses).toBe(rows.length);
  });

  test('are decided one by one', () => {
    const { result, pauses } = run(decideEvents(filter, events));
    expect(result.map(({ event }) => event)).toEqual(events);
    expect(result.filter(({ isSent }) => isSent)).toHaveLength(sent.length);
    expect(new Set(result.map(({ words }) => words)).size).toBeGreaterThan(3);
    expect(pauses).toBe(events.length);
  });

  test('are looked through until there are enough that match', () => {
    const { result, pauses } = run(firstMatching(filter, events, 2));
    const first = events.filter((_, i) => sent.some((row) => row === rows[i])).slice(0, 2);
    expect(result).toEqual(first);
    expect(pauses).toBe(events.findIndex(({ id }) => id === first[1]?.id) + 1);
  });
});
