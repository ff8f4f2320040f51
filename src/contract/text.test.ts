import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { findTextProblem } from './text';

test.each<[string, unknown, string, RegExp]>([
  ['U+0000', { a: [{ b: 'x\u0000' }] }, '/a/0/b', /U\+0000/],
  ['a lone surrogate', ['\udc00'], '/0', /surrogate/],
  ['a bad key', { a: { 'x\u0000': 1 } }, '/a', /name/],
  [
    'a member __proto__',
    JSON.parse('[{"a":{"__proto__":{"b":1}}}]'),
    '/0/a/__proto__',
    /__proto__/,
  ],
  ['a pointer with special characters', { 'a/b~c': '\u0000' }, '/a~1b~0c', /U\+0000/],
])('finds %s', (_, value, pointer, message) => {
  const problem = findTextProblem(value);
  expect(problem?.pointer).toBe(pointer);
  expect(problem?.message).toMatch(message);
});

test('refuses what is nested too deeply, however deeply', () => {
  const nested = (depth: number): unknown => {
    let value: unknown = 'x';
    for (let i = 0; i < depth; i += 1) value = [value];
    return value;
  };
  expect(findTextProblem(nested(64))).toBeNull();
  expect(findTextProblem(nested(65))?.message).toMatch(/deep/);
  expect(findTextProblem(nested(50_000))?.message).toMatch(/64 levels/);
});

test('finds nothing in ordinary JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue({ depthSize: 'medium' }), (value) => {
      const text = JSON.stringify(value);
      const clean = !/\\u0000|\\ud[89a-f]|__proto__/i.test(text);
      if (clean) expect(findTextProblem(value)).toBeNull();
    }),
  );
});
