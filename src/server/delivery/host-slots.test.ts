import { describe, expect, it } from 'vitest';

import { hostOf, HostSlots } from './host-slots';

/** Takes as many slots as a host may have, and says how many. */
function fill(slots: HostSlots, host: string): number {
  let taken = 0;
  while (slots.tryTake(host)) taken += 1;
  return taken;
}

/** On a clock so quick that no pace is felt. */
function quickSlots(): HostSlots {
  let now = 0;
  return new HostSlots(() => (now += 1000));
}

function slotsWhere(sign: 'answers' | 'fails', ...hosts: string[]): HostSlots {
  const slots = quickSlots();
  for (const host of hosts) slots.release(host, sign);
  return slots;
}

const names = (count: number, prefix = 'h') =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe('a host', () => {
  it('begins with one attempt, and has 8 once it has answered', () => {
    const slots = new HostSlots();
    expect(fill(slots, 'a')).toBe(1);
    slots.release('a', 'answers');
    expect(fill(slots, 'a')).toBe(8);
    for (let count = 0; count < 8; count += 1) slots.release('a', 'answers');
    expect(fill(slots, 'a')).toBe(8);
  });

  it('that was not asked is known no better', () => {
    const slots = new HostSlots();
    slots.take('a');
    slots.release('a', null);
    expect(fill(slots, 'a')).toBe(1);
    const failing = slotsWhere('fails', 'b');
    failing.release('b', null);
    expect(fill(failing, 'b')).toBe(8);
  });

  it('is what it was at last, also with attempts in flight', () => {
    const dead = names(200, 'dead');
    const slots = slotsWhere('fails', 'a', ...dead);
    expect(fill(slots, 'a')).toBe(8);
    for (const host of dead) fill(slots, host);
    slots.release('a', 'answers');
    expect(slots.free('a')).toBe(1);
    // The half that the dead ones share is no longer used by it.
    expect(dead.map((host) => fill(slots, host)).reduce((sum, count) => sum + count)).toBe(8);
    slots.release('a', 'fails');
    expect(slots.free('a')).toBeLessThan(0);
    expect(slots.free('dead150')).toBeLessThanOrEqual(0);
  });

  it('to which nothing is sent needs no knowledge', () => {
    expect(fill(new HostSlots(), '')).toBe(8);
  });
});

it('calls a host calm only if it answered last, and while a quarter of its slots stays free', () => {
  const slots = slotsWhere('answers', 'a');
  slots.release('b', 'fails');
  expect(['a', 'b', 'new'].map((host) => slots.isCalm(host))).toEqual([true, false, false]);
  for (let count = 0; count < 5; count += 1) slots.take('a');
  expect(slots.isCalm('a')).toBe(true);
  slots.take('a');
  expect(slots.isCalm('a')).toBe(false);
});

describe('hosts that failed last', () => {
  it('begin 8 attempts in 40 ms, and others are not bound by that', () => {
    let now = 0;
    const slots = new HostSlots(() => now);
    const dead = names(20);
    for (const host of dead) slots.release(host, 'fails');
    const begun = () => dead.map((host) => fill(slots, host)).reduce((sum, count) => sum + count);
    expect(begun()).toBe(8);
    expect(slots.failingReopensIn()).toBe(40);
    slots.release('good', 'answers');
    expect(fill(slots, 'good')).toBe(8);
    expect(fill(slots, 'new')).toBe(1);
    now = 39;
    expect(begun()).toBe(0);
    now = 40;
    expect(slots.failingReopensIn()).toBe(Infinity);
    expect(begun()).toBe(8);
  });

  it('have 128 attempts together, and leave the others alone', () => {
    const dead = names(300);
    const slots = slotsWhere('fails', ...dead);
    const taken = dead.map((host) => fill(slots, host)).reduce((sum, count) => sum + count);
    expect(taken).toBe(128);
    slots.release('good', 'answers');
    expect(fill(slots, 'good')).toBe(8);
    expect(fill(slots, 'new')).toBe(1);
  });

  it('have 8 each while there are few, and leave some for one that comes later', () => {
    const dead = names(40);
    const slots = slotsWhere('fails', ...dead);
    expect(fill(slots, 'h0')).toBe(8);
    const others = dead.slice(1).map((host) => fill(slots, host));
    expect(Math.min(...others)).toBeGreaterThanOrEqual(1);
    slots.release('late', 'fails');
    expect(slots.tryTake('late')).toBe(true);
  });
});

it('keeps a quarter for hosts that answered, however many there are that have not yet', () => {
  const slots = slotsWhere('fails', ...names(200, 'dead'));
  const counted = (hosts: string[]) =>
    hosts.map((host) => fill(slots, host)).reduce((sum, count) => sum + count);
  expect(counted(names(100, 'new'))).toBe(100);
  expect(counted(names(200, 'dead'))).toBe(92);
  expect(slots.free('another')).toBe(0);
  slots.release('good', 'answers');
  expect(slots.free('good')).toBe(8);
  slots.release('dead0', 'answers');
  expect(slots.tryTake('another')).toBe(true);
});

it('can be tried out on a copy', () => {
  const slots = slotsWhere('answers', 'a');
  slots.note('webhook', 'a');
  for (let count = 0; count < 5; count += 1) slots.take('a');
  const copy = slots.copy();
  expect([1, 2, 3, 4].map(() => copy.tryTakeFor('webhook'))).toEqual([true, true, true, false]);
  expect(slots.freeFor('webhook')).toBe(3);
  slots.take('b');
  expect(copy.tryTake('b')).toBe(true);
});

it('knows 10,000 hosts, and counts right what is in flight to one it has forgotten', () => {
  const slots = slotsWhere('fails', 'a');
  expect(fill(slots, 'a')).toBe(8);
  for (const host of names(10_000)) slots.release(host, 'answers');
  for (let count = 0; count < 8; count += 1) slots.release('a', null);
  expect(fill(slots, 'a')).toBe(1);
  expect(fill(slots, 'h0')).toBe(8);
  const dead = names(200, 'dead');
  for (const host of dead) slots.release(host, 'fails');
  expect(dead.map((host) => fill(slots, host)).reduce((sum, count) => sum + count)).toBe(128);
});

it.each([
  ['https://a.example/x?y', 'a.example:443'],
  ['http://a.example', 'a.example:80'],
  ['http://A.example:8080', 'a.example:8080'],
  ['http://[::1]:81/', '[::1]:81'],
  ['nonsense', ''],
  [null, ''],
])('takes the host and port of %j', (target_url, host) => {
  expect(hostOf({ target_url, enabled: 1 })).toBe(host);
  expect(hostOf({ target_url, enabled: 0 })).toBe('');
});
