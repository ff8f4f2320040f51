import { expect, it } from 'vitest';

import { Agenda } from './agenda';

const never = () => false;
const always = () => true;

it('gives what is due, the longest noted first, and no more than asked for', () => {
  const agenda = new Agenda();
  for (const [id, at] of [
    ['a', 5],
    ['b', 20],
    ['c', 1],
    ['d', 5],
  ] as const)
    agenda.add(id, at);
  expect(agenda.nextAt(never)).toBe(1);
  expect(agenda.take(10, 2, always)).toEqual(['a', 'c']);
  expect(agenda.take(10, 2, always)).toEqual(['d']);
  expect(agenda.take(10, 2, always)).toEqual([]);
  expect(agenda.nextAt(never)).toBe(20);
});

it('keeps the earliest time of a webhook', () => {
  const agenda = new Agenda();
  agenda.add('a', 5);
  agenda.add('a', 9);
  expect(agenda.nextAt(never)).toBe(5);
  agenda.add('a', 2);
  expect(agenda.nextAt(never)).toBe(2);
});

it('passes over what is blocked', () => {
  const agenda = new Agenda();
  agenda.add('a', 1);
  agenda.add('b', 2);
  const isA = (id: string) => id === 'a';
  expect(agenda.nextAt(isA)).toBe(2);
  expect(agenda.take(5, 5, (id) => !isA(id))).toEqual(['b']);
  expect(agenda.nextAt(isA)).toBe(Infinity);
  expect(agenda.take(5, 5, always)).toEqual(['a']);
});
