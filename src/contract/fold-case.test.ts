import { expect, test } from 'vitest';

import { foldCase } from './fold-case';

/** Every character that has a case, and those that only folding brings together. */
function charactersWithCase(): string[] {
  const found = new Set(['\u0345', '\u1fbe', '\u0390', '\u1fd3', '\u03b0', '\u1fe3', '\ufb05']);
  for (let code = 1; code < 0x110000; code += 1) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const character = String.fromCodePoint(code);
    if (character.toLowerCase() !== character || character.toUpperCase() !== character) {
      found.add(character);
    }
  }
  return [...found];
}

test('brings together exactly what a regular expression with the flags iu does', () => {
  const characters = charactersWithCase();
  expect(characters.length).toBeGreaterThan(2500);
  const all = characters.join('');
  const families = new Map<string, string[]>();
  for (const character of characters) {
    const folded = foldCase(character);
    families.set(folded, [...(families.get(folded) ?? []), character]);
  }
  for (const character of characters) {
    const code = character.codePointAt(0)?.toString(16);
    const expected = all.match(new RegExp(`\\u{${code}}`, 'giu')) ?? [];
    expect(families.get(foldCase(character))?.toSorted()).toEqual(expected.toSorted());
  }
});

test.each([
  ['Kelvin sign', '\u212a', 'k'],
  ['long s', 'ſ', 's'],
  ['final sigma', 'ΟΔΟΣ', 'οδος'],
  ['capital sharp s', 'STRAẞE', 'straße'],
])('folds %s', (_, a, b) => {
  expect(foldCase(a)).toBe(foldCase(b));
});

test('keeps apart what only looks alike', () => {
  expect(foldCase('İ')).not.toBe(foldCase('i'));
  expect(foldCase('ı')).not.toBe(foldCase('I'));
  expect(foldCase('ß')).not.toBe(foldCase('ss'));
});
