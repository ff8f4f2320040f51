import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { compileFilter, compileProjectNames, type WebhookFilter } from './filter';
import { deploymentEventTypes, environmentModes } from './webhook';

const open: WebhookFilter = {
  enabled: true,
  events: ['DEPLOYMENT_STARTED', 'DEPLOYMENT_FAILURE'],
  environment_types_filter: [],
  project_names_filter: [],
};
const event = { event_type: 'DEPLOYMENT_FAILURE', mode: 'PRODUCTION', project_name: 'Product-api' };

/** The same question asked of the engine's regular expressions. */
function oracle(pattern: string): RegExp {
  const source = pattern
    .split('*')
    .map((piece) => piece.replaceAll(/[\\^$.|?*+()[\]{}/]/g, '\\$&'))
    .join('[^]*');
  return new RegExp(`^${source}$`, 'iu');
}

describe('compileFilter', () => {
  test.each<[string, Partial<WebhookFilter>, string | null]>([
    ['no filters', {}, null],
    ['disabled', { enabled: false }, 'enabled'],
    ['another event', { events: ['DEPLOYMENT_STARTED'] }, 'events'],
    ['the mode', { environment_types_filter: ['STAGING', 'PRODUCTION'] }, null],
    ['another mode', { environment_types_filter: ['STAGING'] }, 'environment_types_filter'],
    ['the project', { project_names_filter: ['web', 'product*'] }, null],
    ['another project', { project_names_filter: ['product'] }, 'project_names_filter'],
    [
      'the first rule of several',
      { environment_types_filter: ['STAGING'], project_names_filter: ['x'] },
      'environment_types_filter',
    ],
  ])('%s', (_, change, rule) => {
    const verdict = compileFilter({ ...open, ...change })(event);
    expect(verdict).toEqual(rule === null ? { matches: true } : { matches: false, rule });
  });

  test('takes an event exactly if every rule does', () => {
    const filter = fc.record({
      enabled: fc.boolean(),
      events: fc.subarray([...deploymentEventTypes]),
      environment_types_filter: fc.subarray([...environmentModes]),
      project_names_filter: fc.subarray(['api', 'web*', '*']),
    });
    const anyEvent = fc.record({
      event_type: fc.constantFrom(...deploymentEventTypes),
      mode: fc.constantFrom(...environmentModes),
      project_name: fc.constantFrom('API', 'web-shop', 'other'),
    });
    fc.assert(
      fc.property(filter, anyEvent, (webhook, { event_type, mode, project_name }) => {
        const modes = webhook.environment_types_filter;
        const names = webhook.project_names_filter;
        const expected =
          webhook.enabled &&
          webhook.events.includes(event_type) &&
          (modes.length === 0 || modes.includes(mode)) &&
          (names.length === 0 || names.some((name) => oracle(name).test(project_name)));
        expect(compileFilter(webhook)({ event_type, mode, project_name }).matches).toBe(expected);
      }),
    );
  });
});

describe('compileProjectNames', () => {
  test.each([
    ['product*', 'product', true],
    ['product*', 'my-product', false],
    ['*', '', true],
    ['**', 'anything', true],
    ['a*a', 'a', false],
    ['a*b*a', 'aba', true],
    ['*ab*ab*', 'aab ab', true],
    ['*ab*ab*', 'abb', false],
    ['a.c', 'abc', false],
    ['ſtrasse*', 'STRASSE 1', true],
    ['İstanbul', 'istanbul', false],
    ['*🦄', 'pony 🦄', true],
  ])('%s on %s: %s', (pattern, name, expected) => {
    expect(compileProjectNames([pattern])(name)).toBe(expected);
  });

  test('agrees with a regular expression', () => {
    const character = fc.constantFrom('a', 'A', 'b', 'ß', 'K', 'k', 'ſ', 'σ', 'ς', '🦄', '.', '[');
    const name = fc.array(character, { maxLength: 12 }).map((list) => list.join(''));
    const pattern = fc
      .array(fc.oneof({ weight: 3, arbitrary: character }, fc.constant('*')), { maxLength: 8 })
      .map((list) => list.join(''));
    fc.assert(
      fc.property(pattern, name, (pattern, name) => {
        expect(compileProjectNames([pattern])(name)).toBe(oracle(pattern).test(name));
      }),
      { numRuns: 2000 },
    );
  });

  test('any text is its own pattern in every case', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const pattern = text.replaceAll('*', 'x');
        expect(compileProjectNames([pattern])(pattern)).toBe(true);
        expect(compileProjectNames([`${pattern}*`])(`${pattern}${text}`)).toBe(true);
      }),
    );
  });

  test('takes time linear in the length of names and patterns', () => {
    // Backtracking would take years and a quadratic search hours: the runner's timeout tells.
    const name = 'a'.repeat(2_000_000);
    const half = 'a'.repeat(500_000);
    const patterns = [`*${half}b${half}*`, `${'*a'.repeat(100_000)}*b`];
    expect(compileProjectNames(patterns)(name)).toBe(false);
    expect(compileProjectNames(patterns)(`${name}b`)).toBe(true);
  });
});
