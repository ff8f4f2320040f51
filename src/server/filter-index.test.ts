import * as fc from 'fast-check';
import { expect, it, vi } from 'vitest';

import { compileFilter, type FilteredEvent, type WebhookFilter } from '../contract/filter';
import { deploymentEventTypes, environmentModes } from '../contract/webhook';
import { FilterIndex } from './filter-index';

vi.mock('../contract/filter', { spy: true });
const compile = vi.mocked(compileFilter);

const name = fc.string({ unit: fc.constantFrom('a', 'B', 'ß', 'ſ', 's', 'K'), maxLength: 4 });
const pattern = fc
  .array(fc.oneof(name, fc.constant('*')), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''));
const filter: fc.Arbitrary<WebhookFilter> = fc.record({
  enabled: fc.boolean(),
  events: fc.subarray([...deploymentEventTypes]),
  environment_types_filter: fc.subarray([...environmentModes]),
  project_names_filter: fc.array(pattern, { maxLength: 3 }),
});
const event = fc.record({
  event_type: fc.constantFrom(...deploymentEventTypes, 'NEW_TYPE'),
  mode: fc.constantFrom(...environmentModes, 'NEW_MODE'),
  project_name: name,
});
/** Filters come, are replaced and go. */
const change = fc.record({ id: fc.constantFrom('1', '2', '3', '4', '5'), to: fc.option(filter) });

interface Change {
  id: string;
  to: WebhookFilter | null;
}

it('finds the filters that an event meets, after any changes', () => {
  const run = (changes: Change[], events: FilteredEvent[]) => {
    const index = new FilterIndex<string>();
    const filters = new Map<string, WebhookFilter>();
    for (const { id, to } of changes) {
      if (to) {
        index.set(id, to, id);
        filters.set(id, to);
      } else {
        index.delete(id);
        filters.delete(id);
      }
    }
    for (const one of events) {
      const expected = [...filters].filter(([, each]) => compileFilter(each)(one).matches);
      expect([...index.find(one)].toSorted()).toEqual(expected.map(([id]) => id).toSorted());
    }
  };
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), fc.array(event, { maxLength: 8 }), run),
    { numRuns: 500 },
  );
});

it('asks few of ten thousand filters', () => {
  let asked = 0;
  compile.mockImplementation(() => () => {
    asked += 1;
    return { matches: true };
  });
  const index = new FilterIndex<number>();
  const rest = { enabled: true, events: ['DEPLOYMENT_STARTED'], environment_types_filter: [] };
  for (let i = 0; i < 10_000; i += 1) {
    const filters: Partial<WebhookFilter>[] = [
      { project_names_filter: [`project-${i}`] },
      { project_names_filter: [`team-${i}*`, `squad-${i}-*-web`] },
      { project_names_filter: [], events: ['DEPLOYMENT_FAILURE'] },
      { project_names_filter: [], environment_types_filter: ['PREVIEW'] },
    ];
    index.set(String(i), { ...rest, project_names_filter: [], ...filters[i % 4] }, i);
  }
  const find = (project_name: string) => [
    ...index.find({ event_type: 'DEPLOYMENT_STARTED', mode: 'PRODUCTION', project_name }),
  ];
  expect(find('Project-4000')).toEqual([4000]);
  expect(find('squad-4001-x-web')).toEqual([4001]);
  expect(find('else')).toEqual([]);
  expect(asked).toBeLessThan(20);
  compile.mockReset();
});
