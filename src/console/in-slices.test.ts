import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { useInSlices, type SlicedWork } from './in-slices';

let now = 0;
let done = 0;
beforeEach(() => {
  now = 0;
  done = 0;
  vi.useFakeTimers();
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** So many steps of a millisecond each. */
function steps(count: number, result: string): SlicedWork<string> {
  return function* work() {
    for (let i = 0; i < count; i += 1) {
      now += 1;
      done += 1;
      yield;
    }
    return result;
  };
}

const works = { long: steps(100, 'all'), short: steps(3, 'other') };
const nextSlice = () => act(() => vi.advanceTimersToNextTimer());

test('no slice takes longer than half a frame, and nothing is done while drawing', () => {
  const { result } = renderHook(() => useInSlices(works.long));
  expect(done).toBe(0);
  let slices = 0;
  while (result.current === null) {
    const before = done;
    nextSlice();
    slices += 1;
    expect(done - before).toBeLessThanOrEqual(8);
  }
  expect(result.current).toBe('all');
  expect(slices).toBeGreaterThanOrEqual(100 / 8);
});

test('other work calls it off; the last result stays until there is another', () => {
  const { result, rerender } = renderHook(({ work }) => useInSlices(work), {
    initialProps: { work: works.short },
  });
  nextSlice();
  expect(result.current).toBe('other');
  rerender({ work: works.long });
  nextSlice();
  expect(done).toBe(3 + 8);
  expect(result.current).toBe('other');
  rerender({ work: works.short });
  nextSlice();
  expect(done).toBe(3 + 8 + 3);
  expect(vi.getTimerCount()).toBe(0);
});
