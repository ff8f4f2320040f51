import { expect, it } from 'vitest';

import { readError } from './error-words';

const wordsOf = (body: string) => readError(body, (text) => text).words;

it.each([
  ['<a title="a<b">x', 'x'],
  ['<p>1 < 2, and 2 > 1', '1 < 2, and 2 > 1'],
  ['<HEAD><title>Oops</title></HEAD><Body>İ: <b>no</b>', 'İ: no'],
  ['<head><title>Oops</title><header>No</header>', 'Oops No'],
  ['<p>No <!-- because', 'No <!-- because'],
  ['<p>No <!-- because</p>', 'No'],
  ['a<script>if (1 < 2) x("</p>")</script>b<style>p{}</style>c', 'a b c'],
])('reads the words of a page: %s', (body, words) => {
  expect(wordsOf(body)).toBe(words);
});

it.each(['<!--', '<head', '<script>', '<a "', '<!-- <style <b>'])(
  'is through with a page that has nothing else than: %s',
  (part) => {
    const body = part.repeat(1_000_000 / part.length);
    expect(wordsOf(body).length).toBeLessThanOrEqual(500);
  },
);
