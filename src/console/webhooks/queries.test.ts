import { expect, it } from 'vitest';

import type { Webhook } from '../../contract/webhook';
import { shareRows, sharing } from './queries';
import { testWebhook } from './test-webhook';

const [a, b, c] = [testWebhook('a'), testWebhook('b'), testWebhook('c')];
const before = { results: [a, b, c], unreadable: 0 };
const copied = (...rows: Webhook[]) => ({
  results: rows.map((row) => structuredClone(row)),
  unreadable: 0,
});

it('is the list as it was if nothing in it has changed', () => {
  expect(shareRows(before, copied(a, b, c))).toBe(before);
  expect(shareRows(before, { ...before })).toBe(before);
});

it('keeps the rows that have not changed, wherever they stand now', () => {
  const shared = shareRows(before, copied(testWebhook('z'), c, { ...b, enabled: true }, a));
  expect(shared.results.map(({ id }) => id)).toEqual(['z', 'c', 'b', 'a']);
  expect(shared.results[1]).toBe(c);
  expect(shared.results[2]).toEqual({ ...b, enabled: true });
  expect(shared.results[3]).toBe(a);
});

it('is another list once a row is gone or could not be read', () => {
  const gone = shareRows(before, copied(b, c));
  expect(gone.results).toEqual([b, c]);
  expect(gone.results[0]).toBe(b);
  const unreadable = { ...copied(a, b, c), unreadable: 1 };
  expect(shareRows(before, unreadable)).toEqual(unreadable);
  expect(shareRows(undefined, unreadable)).toBe(unreadable);
  const another = { ...unreadable, unreadableIds: ['z'] };
  expect(shareRows(unreadable, another)).toEqual(another);
});

it('takes a list that was made of the one before as it is', () => {
  const made = sharing({ ...before, results: [a, { ...b, enabled: true }, c] });
  expect(shareRows(before, made)).toBe(made);
});
