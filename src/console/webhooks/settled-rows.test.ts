import { expect, it } from 'vitest';

import type { Webhook } from '../../contract/webhook';
import { asTheyAre, settleRows } from './settled-rows';
import { testWebhook } from './test-webhook';

const list = [testWebhook('a'), testWebhook('b')] as const;
const [a, b] = list;
const toggled = { ...a, enabled: true, version: 2, updated_at: '2026-02-01T00:00:00Z' };
const healthy = new Map();

it('stays itself while nothing changes', () => {
  const first = settleRows(null, list, healthy, 'v');
  expect(settleRows(first, list, healthy, 'v')).toBe(first);
  expect(settleRows(first, list, new Map(), 'v')).toBe(first);
});

it('keeps the rows that were toggled as they were, and with them the health', () => {
  const first = settleRows(null, list, healthy, 'v');
  const after = [toggled, b];
  const next = settleRows(first, after, new Map(), 'v');
  expect(next).toEqual({ of: after, rows: list, health: healthy, view: 'v' });
  expect(next.rows).toBe(first.rows);
  expect(asTheyAre([b, a], next)).toEqual([b, toggled]);
  expect(next.health).toBe(healthy);
  expect(settleRows(next, after, healthy, 'v')).toBe(next);
});

it('goes by the rows as they are once the view changes', () => {
  const first = settleRows(null, list, healthy, 'v');
  const after = [toggled, b];
  const kept = settleRows(first, after, healthy, 'v');
  expect(settleRows(kept, after, healthy, 'w').rows).toEqual([toggled, b]);
  const copied = settleRows(first, [...list], healthy, 'w');
  expect(copied.rows).toBe(first.rows);
});

it.each<[string, Webhook[]]>([
  ['gone', [b]],
  ['new', [a, b, testWebhook('c')]],
  ['edited', [{ ...a, description: 'x' }, b]],
  ['edited in a filter', [{ ...a, project_names_filter: ['x'] }, b]],
])('arranges anew with a row that is %s, but leaves toggled ones alone', (_, after) => {
  const first = settleRows(null, list, healthy, 'v');
  const latest = new Map();
  const next = settleRows(first, after, latest, 'v');
  expect(next.rows).toEqual(after);
  expect(next.health).toBe(latest);
  const toggledToo = after.map((row) => (row.id === 'b' ? { ...row, enabled: true } : row));
  expect(settleRows(next, toggledToo, healthy, 'v').rows).toBe(next.rows);
});

it('takes health in when it comes', () => {
  const first = settleRows(null, list, null, 'v');
  const next = settleRows(first, list, healthy, 'v');
  expect(next.health).toBe(healthy);
  expect(next.rows).toBe(first.rows);
});

it('shows few and many that were toggled as they are', () => {
  const many = Array.from({ length: 50 }, (_, index) => testWebhook(`${index}`));
  const before = settleRows(null, many, healthy, 'v');
  for (const count of [0, 1, 20, 21, 50]) {
    const after = many.map((row, index) => (index < count ? { ...row, enabled: true } : row));
    const settled = settleRows(before, after, healthy, 'v');
    const shown = asTheyAre(many.toReversed(), settled);
    expect(shown).toEqual(after.toReversed());
    expect(asTheyAre(many.slice(10), settled)).toEqual(after.slice(10));
  }
});
