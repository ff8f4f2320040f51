import { expect, it } from 'vitest';

import { Pace } from './pace';

it('lets so many begin in a period, and says when more may', () => {
  let now = 1000;
  const pace = new Pace(2, 40, () => now);
  expect([pace.left(), pace.reopensIn()]).toEqual([2, Infinity]);
  pace.take();
  now += 30;
  expect([pace.left(), pace.reopensIn()]).toEqual([1, Infinity]);
  const copy = pace.copy();
  copy.take();
  expect([copy.left(), copy.reopensIn()]).toEqual([0, 10]);
  expect(pace.left()).toBe(1);
  now += 10;
  expect([copy.left(), copy.reopensIn()]).toEqual([2, Infinity]);
  copy.take();
  copy.take();
  expect([copy.left(), copy.reopensIn()]).toEqual([0, 40]);
});
