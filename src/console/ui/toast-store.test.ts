import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import {
  dismissToast,
  holdToasts,
  setToastRoom,
  showToast,
  toastStore,
  unfoldToasts,
  type Toast,
} from './toast-store';

const undo = { label: 'Undo', run: () => undefined };
const disabled: Toast = { tone: 'neutral', title: 'Disabled', action: undo };
const saved: Toast = { tone: 'success', title: 'Saved' };
const failed: Toast = { tone: 'error', title: 'Failed' };

const titles = () => toastStore.get().map(({ title }) => title);
const inSight = () =>
  toastStore
    .get()
    .filter(({ folded }) => !folded)
    .map(({ title }) => title);

beforeEach(() => {
  vi.useFakeTimers();
  setToastRoom(3);
});
afterEach(() => {
  for (const why of ['pointer', 'focus', 'hidden'] as const) holdToasts(why, false);
  for (const { id } of toastStore.get()) dismissToast(id);
  vi.useRealTimers();
});

test('one that can be undone stays ten seconds at least, and goes by itself', () => {
  showToast(disabled);
  vi.advanceTimersByTime(10_000);
  expect(titles()).toEqual(['Disabled']);
  vi.advanceTimersByTime(5_000);
  expect(titles()).toEqual([]);
});

test.each([
  [failed, 10_000],
  [{ ...failed, tone: 'warning' } satisfies Toast, 10_000],
  [saved, 5_000],
])('what there is to read stays as long: %o', (toast, atLeast) => {
  showToast(toast);
  vi.advanceTimersByTime(atLeast);
  expect(titles()).toEqual([toast.title]);
  vi.advanceTimersByTime(5_000);
  expect(titles()).toEqual([]);
});

test.each(['pointer', 'focus', 'hidden'] as const)('all wait while held: %s', (why) => {
  showToast(disabled);
  vi.advanceTimersByTime(6_000);
  holdToasts(why, true);
  showToast(saved);
  vi.advanceTimersByTime(600_000);
  expect(titles()).toEqual(['Disabled', 'Saved']);
  holdToasts(why, false);
  vi.advanceTimersByTime(5_900);
  expect(titles()).toEqual(['Disabled', 'Saved']);
  vi.advanceTimersByTime(200);
  expect(titles()).toEqual([]);
});

test('let go at the last moment, one stays a little longer', () => {
  showToast(disabled);
  vi.advanceTimersByTime(11_999);
  holdToasts('pointer', true);
  holdToasts('pointer', false);
  vi.advanceTimersByTime(2_900);
  expect(titles()).toEqual(['Disabled']);
  vi.advanceTimersByTime(200);
  expect(titles()).toEqual([]);
});

test('held for two reasons, they wait until both are gone', () => {
  showToast(saved);
  holdToasts('pointer', true);
  holdToasts('focus', true);
  holdToasts('pointer', false);
  vi.advanceTimersByTime(60_000);
  expect(titles()).toEqual(['Saved']);
  holdToasts('focus', false);
  vi.advanceTimersByTime(60_000);
  expect(titles()).toEqual([]);
});

test('those without room wait out of sight, with all their time, and are not lost', () => {
  for (const subject of ['1', '2', '3', '4', '5']) {
    showToast({ ...disabled, title: `Disabled ${subject}`, subject });
  }
  expect(inSight()).toEqual(['Disabled 3', 'Disabled 4', 'Disabled 5']);
  vi.advanceTimersByTime(12_500);
  expect(inSight()).toEqual(['Disabled 1', 'Disabled 2']);
  vi.advanceTimersByTime(10_000);
  expect(inSight()).toEqual(['Disabled 1', 'Disabled 2']);
  vi.advanceTimersByTime(5_000);
  expect(titles()).toEqual([]);
});

test('all are shown if asked for, until there is room again', () => {
  for (const number of [1, 2, 3, 4]) showToast({ ...saved, title: `Saved ${number}` });
  unfoldToasts();
  expect(inSight()).toHaveLength(4);
  vi.advanceTimersByTime(7_000);
  for (const number of [1, 2, 3, 4]) showToast({ ...saved, title: `Again ${number}` });
  expect(inSight()).toEqual(['Again 2', 'Again 3', 'Again 4']);
  setToastRoom(1);
  expect(inSight()).toEqual(['Again 4']);
});

test('what happens again is said again, not piled up', () => {
  showToast(failed);
  showToast(saved);
  vi.advanceTimersByTime(5_500);
  const [before] = toastStore.get();
  showToast(failed);
  expect(titles()).toEqual(['Saved', 'Failed']);
  expect(toastStore.get()[1]?.id).not.toBe(before?.id);
  vi.advanceTimersByTime(11_000);
  expect(titles()).toEqual(['Failed']);
  vi.advanceTimersByTime(2_000);
  expect(titles()).toEqual([]);
});

test('one of what is lost stays until it is dismissed, in sight of what comes after', () => {
  setToastRoom(1);
  const id = showToast({ ...failed, stays: true });
  showToast(saved);
  expect(inSight()).toEqual(['Failed']);
  vi.advanceTimersByTime(60 * 60_000);
  expect(titles()).toContain('Failed');
  dismissToast(id);
  expect(titles()).not.toContain('Failed');
});
