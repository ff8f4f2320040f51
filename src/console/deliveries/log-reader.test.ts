import { QueryClient } from '@tanstack/react-query';
import { beforeEach, expect, test, vi } from 'vitest';

import { readerOf } from './log-reader';
import type { LogRange } from './log-queries';

/** The log as the API has it, the newest first; its ids as an API might have them that is not ours. */
let ids: string[];
let features: string[] | null;
let asked: URLSearchParams[];
let times: Record<string, string>;
/** Further rows, as they are. */
let others: object[];

beforeEach(() => {
  asked = [];
  times = {};
  others = [];
  vi.stubGlobal('fetch', async (path: string) => {
    const { pathname, searchParams } = new URL(path, 'http://localhost');
    if (pathname === '/api/capabilities') {
      return features ? Response.json({ features }) : Response.json({}, { status: 404 });
    }
    asked.push(searchParams);
    const timeOf = (id: string) => times[id] ?? '2026-01-01T00:00:00Z';
    const rows = ids.map((id) => ({ id, created_at: timeOf(id) }));
    return Response.json({ results: [...others, ...rows] });
  });
});

function wholeReader() {
  const scope = { organizationId: 'o', webhookId: 'w' };
  return readerOf(new QueryClient(), scope, { status: null, event: null });
}

function newReader(): (range: LogRange) => Promise<string[]> {
  const reader = wholeReader();
  return async (range) => (await reader.read(range)).map(({ id }) => id);
}

test.each<[what: string, range: Omit<LogRange, 'limit'>, expected: string[]]>([
  ['the newest', {}, ['e-5', 'e-4', 'e-3', 'e-2', 'e-1']],
  ['what is older: all that there is came before', { before: 'e-1' }, []],
  ['what is newer', { after: 'e-3' }, ['e-5', 'e-4']],
  ['a part', { within: { newest: 'e-4', oldest: 'e-2' } }, ['e-4', 'e-3', 'e-2']],
])('of an API that gives all it has: %s', async (_, range, expected) => {
  features = null;
  ids = ['e-5', 'e-4', 'e-3', 'e-2', 'e-1'];
  const read = newReader();
  await read({ limit: 100 });
  expect(await read({ ...range, limit: 100 })).toEqual(expected);
});

test.each<[what: string, now: string[], range: Omit<LogRange, 'limit'>, expected: string[]]>([
  ['the newest is gone', ['e-4', 'e-3'], { after: 'e-5' }, []],
  ['its attempt is there instead', ['f', 'e-4', 'e-3'], { after: 'e-5' }, ['f']],
  ['the newest ones are gone, and others came', ['f', 'e-2'], { after: 'e-5' }, ['f']],
  ['all are gone', ['g', 'f'], { after: 'e-5' }, ['g', 'f']],
  [
    'a part without its newest',
    ['e-4', 'e-1'],
    { within: { newest: 'e-5', oldest: 'e-3' } },
    ['e-4'],
  ],
  [
    'a part without its oldest',
    ['e-5', 'e-1'],
    { within: { newest: 'e-5', oldest: 'e-3' } },
    ['e-5'],
  ],
  ['a part that is gone', ['f', 'e-1'], { within: { newest: 'e-5', oldest: 'e-3' } }, []],
])('of an API that gives all it has, by what it had: %s', async (_, now, range, expected) => {
  features = null;
  ids = ['e-5', 'e-4', 'e-3', 'e-2', 'e-1'];
  const read = newReader();
  await read({ limit: 100 });
  ids = now;
  expect(await read({ ...range, limit: 100 })).toEqual(expected);
  // It does not forget what was there before that.
  expect(await read({ ...range, limit: 100 })).toEqual(expected);
});

test('an API that can is asked for the part, by the ids around it', async () => {
  features = ['organization-log'];
  ids = ['01900000-0000-7000-8000-000000000002', '01900000-0000-7000-8000-000000000001'];
  const [newest = '', oldest = ''] = ids;
  const read = newReader();
  expect(await read({ within: { newest, oldest }, limit: 100 })).toEqual(ids);
  expect(asked.map(String)).toEqual([
    'view=summary&limit=100&before=01900000-0000-7000-8000-000000000003&after=01900000-0000-7000-8000-000000000000',
  ]);
});

test('of an API that gives all it has, in whatever order: the newest first', async () => {
  features = null;
  ids = ['e-1', 'e-3', 'e-2'];
  times = { 'e-1': '2026-01-01T00:00:00.5Z', 'e-3': '2026-01-02T00:00:00Z' };
  expect(await newReader()({ limit: 100 })).toEqual(['e-3', 'e-1', 'e-2']);
});

test('tells how many rows could not be read, of all that were', async () => {
  features = null;
  ids = ['e-1'];
  others = [{ id: null }, { created_at: '2026-01-01T00:00:00Z' }];
  const plain = wholeReader();
  await plain.read({ limit: 100 });
  await plain.read({ after: 'e-1', limit: 100 });
  expect(plain.told().unreadable).toBe(2);
  others = [];
  await plain.read({ limit: 100 });
  expect(plain.told().unreadable).toBe(0);

  features = ['organization-log'];
  others = [{}];
  const paged = wholeReader();
  await paged.read({ limit: 1 });
  await paged.read({ before: 'e-1', limit: 1 });
  // Of what is new every answer would have them again.
  await paged.read({ after: 'e-1', limit: 1 });
  expect(paged.told().unreadable).toBe(2);
});

test('tells whether any row says where its event happened', async () => {
  features = null;
  ids = ['e-1'];
  const reader = wholeReader();
  await reader.read({ limit: 100 });
  const before = reader.told();
  expect(before.hasPlaces).toBe(false);
  await reader.read({ limit: 100 });
  expect(reader.told()).toBe(before);
  const [project, environment] = [
    { id: 'p', name: 'shop' },
    { id: 'e', name: 'live', mode: 'STAGING' },
  ];
  others = [{ id: 'e-2', request: { payload: { project, environment } } }];
  await reader.read({ limit: 100 });
  expect(reader.told().hasPlaces).toBe(true);
});
