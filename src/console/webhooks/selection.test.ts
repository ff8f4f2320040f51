import { expect, test, vi } from 'vitest';

import { createSelection } from './selection';

const shown = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }));

function selectionOf(...ids: string[]) {
  const selection = createSelection();
  selection.show(shown);
  for (const id of ids) selection.set(id, true);
  return selection;
}

const selected = (selection: ReturnType<typeof createSelection>) =>
  ['a', 'b', 'c', 'd', 'e', 'x'].filter(selection.has).join('');

test.each([
  { from: 'b', to: 'd', wanted: true, after: 'bcd' },
  { from: 'd', to: 'b', wanted: true, after: 'bcd' },
  { from: 'c', to: 'c', wanted: true, after: 'c' },
  { from: 'x', to: 'd', wanted: true, after: 'dx' },
])('a range from $from to $to selects $after', ({ from, to, wanted, after }) => {
  const selection = selectionOf(from);
  selection.set(to, wanted, true);
  expect(selected(selection)).toBe(after);
});

test('a range takes away as it gives, from where the last click was', () => {
  const selection = selectionOf('a', 'b', 'c', 'd', 'e', 'b');
  selection.set('d', false, true);
  expect(selected(selection)).toBe('ae');
  selection.set('e', false, true);
  expect(selected(selection)).toBe('a');
});

test('a range goes by what is shown now', () => {
  const selection = selectionOf('a');
  selection.show(shown.toReversed().filter(({ id }) => id !== 'c'));
  selection.set('d', true, true);
  expect(selected(selection)).toBe('abd');
});

test('many are selected and cleared with one notice each', () => {
  const selection = selectionOf();
  const listener = vi.fn<() => void>();
  selection.subscribe(listener);
  selection.setAll(['a', 'e'], true);
  expect(selected(selection)).toBe('ae');
  selection.clear();
  expect(selected(selection)).toBe('');
  expect(listener).toHaveBeenCalledTimes(2);
});
