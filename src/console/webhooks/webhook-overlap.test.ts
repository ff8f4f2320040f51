import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { compileProjectNames } from '../../contract/filter';
import { overlapping, type OverlapSide } from './webhook-overlap';

const plain: OverlapSide = {
  target_url: 'https://example.org/hook',
  events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STARTED'],
  environment_types_filter: [],
  project_names_filter: [],
};

const overlaps = (a: Partial<OverlapSide>, b: Partial<OverlapSide>) =>
  overlapping({ ...plain, ...a }, [{ ...plain, ...b }]).length > 0;

test.each<[string, Partial<OverlapSide>, Partial<OverlapSide>, boolean]>([
  ['the same', {}, {}, true],
  ['another path', {}, { target_url: 'https://example.org/other' }, false],
  ['another query', {}, { target_url: 'https://example.org/hook?x=1' }, false],
  ['another scheme', {}, { target_url: 'http://example.org/hook' }, false],
  ['the path in another case', {}, { target_url: 'https://example.org/HOOK' }, false],
  ['the host in another case', {}, { target_url: 'HTTPS://Example.ORG/hook' }, true],
  ['the port that goes without saying', {}, { target_url: 'https://example.org:443/hook' }, true],
  ['another port', {}, { target_url: 'https://example.org:8443/hook' }, false],
  ['a fragment, which is not sent', {}, { target_url: 'https://example.org/hook#x' }, true],
  ['spaces around', { target_url: ' https://example.org/hook ' }, {}, true],
  ['no path and the root', { target_url: 'https://a.org' }, { target_url: 'https://a.org/' }, true],
  ['no URL yet', { target_url: '' }, { target_url: '' }, false],
  ['half a URL', { target_url: 'https://' }, { target_url: 'https://' }, false],
  ['one event in common', {}, { events: ['DEPLOYMENT_STARTED'] }, true],
  ['no event in common', {}, { events: ['DEPLOYMENT_CANCELLED'] }, false],
  ['a mode against all', {}, { environment_types_filter: ['PREVIEW'] }, true],
  [
    'a mode in common',
    { environment_types_filter: ['PRODUCTION', 'PREVIEW'] },
    { environment_types_filter: ['PREVIEW'] },
    true,
  ],
  [
    'no mode in common',
    { environment_types_filter: ['PRODUCTION'] },
    { environment_types_filter: ['PREVIEW'] },
    false,
  ],
])('%s', (_, a, b, expected) => {
  expect(overlaps(a, b)).toBe(expected);
  expect(overlaps(b, a)).toBe(expected);
});

test.each<[string[], string[], boolean]>([
  [[], ['api'], true],
  [['api'], ['API'], true],
  [['api'], ['web'], false],
  [['api', 'web'], ['billing', 'web'], true],
  [['product*'], ['product-a'], true],
  [['product*'], ['a-product'], false],
  [['product*'], ['billing*'], false],
  [['product*'], ['prod*'], true],
  [['*-api'], ['*-web'], false],
  [['*-api'], ['shop*'], true],
  [['a*b*c'], ['a*d*c'], true],
  [['*'], ['x'], true],
])('projects %j and %j', (a, b, expected) => {
  expect(overlaps({ project_names_filter: a }, { project_names_filter: b })).toBe(expected);
  expect(overlaps({ project_names_filter: b }, { project_names_filter: a })).toBe(expected);
});

test('a project that both filters take is never denied', () => {
  const piece = fc.string({
    unit: fc.constantFrom('a', 'B', 'ß', '*'),
    minLength: 1,
    maxLength: 5,
  });
  const patterns = fc.array(piece, { maxLength: 3 });
  const name = fc.string({ unit: fc.constantFrom('a', 'b', 'ß'), maxLength: 6 });
  fc.assert(
    fc.property(patterns, patterns, name, (a, b, project) => {
      fc.pre(compileProjectNames(a)(project) && compileProjectNames(b)(project));
      expect(overlaps({ project_names_filter: a }, { project_names_filter: b })).toBe(true);
    }),
  );
});

test('names all that overlap, in their order', () => {
  const others = [
    { ...plain, id: 'a' },
    { ...plain, id: 'b', events: [] },
    { ...plain, id: 'c' },
  ];
  expect(overlapping(plain, others).map(({ id }) => id)).toEqual(['a', 'c']);
});
