import { beforeEach, expect, test } from 'vitest';

import { webhookEventSchema, type WebhookEvent } from '../../contract/webhook-event';
import { LogBook } from './log-book';
import { idBeside } from './log-pages';
import type { LogRange } from './log-queries';

/** The log as the API has it, the newest first. */
let log: WebhookEvent[];
let asked: LogRange[];

const idOf = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;

function event(number: number, members: Partial<WebhookEvent> = {}): WebhookEvent {
  const created_at = '2026-01-01T00:00:00Z';
  return { ...webhookEventSchema.parse({ id: idOf(number), created_at }), attempt: 1, ...members };
}

function add(...events: WebhookEvent[]) {
  log = [...events, ...log].toSorted((a, b) => (a.id < b.id ? 1 : -1));
}

async function read(range: LogRange): Promise<WebhookEvent[]> {
  asked.push(range);
  const { before = 'g', after = '', within, limit } = range;
  if (within) return log.filter(({ id }) => id <= within.newest && id >= within.oldest);
  const found = log.filter(({ id }) => id < before && id > after);
  return after === '' ? found.slice(0, limit) : found.slice(-limit);
}

beforeEach(() => {
  asked = [];
  log = [];
});

function shown(book: LogBook): string[] {
  return Array.from({ length: book.state().count }, (_, index) => {
    const row = book.rowAt(index);
    return typeof row === 'object' ? String(Number(row.event.id.slice(-12))) : row;
  });
}

async function openedBook(rows: number): Promise<LogBook> {
  add(...Array.from({ length: rows }, (_, index) => event(index + 1)));
  const book = new LogBook(read);
  await book.loadOlder();
  book.show(0, 20);
  return book;
}

/** Until all that was begun has been answered. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

test('goes on to the end, page by page', async () => {
  const book = await openedBook(250);
  expect(book.state()).toMatchObject({ count: 100, isPending: false, isAtEnd: false });
  for (let page = 0; page < 3; page += 1) await book.loadOlder();
  expect(book.state()).toMatchObject({ count: 250, isAtEnd: true });
  book.show(0, 250);
  await settled();
  expect(shown(book)).toEqual(Array.from({ length: 250 }, (_, index) => String(250 - index)));
});

test('asks for the next page once, however often it is wanted', async () => {
  const book = await openedBook(250);
  asked = [];
  await Promise.all([book.loadOlder(), book.loadOlder()]);
  expect(asked).toHaveLength(1);
});

test('whoever is told of a page can ask for the next one at once', async () => {
  add(...Array.from({ length: 250 }, (_, index) => event(index + 1)));
  const book = new LogBook(read);
  book.subscribe(() => void book.loadOlder());
  await book.loadOlder();
  await settled();
  expect(book.state()).toMatchObject({ count: 250, isAtEnd: true });
});

test('holds the rows near what is in sight only, and reads the others again', async () => {
  const book = await openedBook(1000);
  for (let page = 0; page < 10; page += 1) await book.loadOlder();
  book.show(900, 930);
  await settled();
  const held = shown(book).filter((row) => row !== 'loading');
  expect(held.length).toBeLessThanOrEqual(500);
  expect(book.rowAt(0)).toBe('loading');
  book.show(0, 20);
  await settled();
  expect(shown(book).slice(0, 3)).toEqual(['1000', '999', '998']);
});

test('lets new rows wait until they are taken, also more than one page of them', async () => {
  const book = await openedBook(5);
  await book.loadOlder();
  add(...Array.from({ length: 450 }, (_, index) => event(index + 6)));
  await book.look();
  expect(book.state()).toMatchObject({ count: 5, waiting: 450 });
  expect(shown(book)).toEqual(['5', '4', '3', '2', '1']);
  book.takeNew();
  expect(book.state()).toMatchObject({ count: 455, waiting: 0 });
  book.show(0, 455);
  await settled();
  expect(shown(book)).toEqual(Array.from({ length: 455 }, (_, index) => String(455 - index)));
});

test('shows the first rows of an empty log at once: there is nothing that they could move', async () => {
  const book = await openedBook(0);
  expect(book.state()).toMatchObject({ count: 0, isAtEnd: true });
  add(event(1));
  await book.look();
  expect(book.state()).toMatchObject({ count: 1, waiting: 0 });
  await book.loadOlder();
  expect(book.state()).toMatchObject({ count: 1, isAtEnd: true });
});

test('finds all of an empty log to which more came than are read at once', async () => {
  const book = await openedBook(0);
  add(...Array.from({ length: 450 }, (_, index) => event(index + 1)));
  await book.look();
  expect(book.state()).toMatchObject({ count: 200, isAtEnd: false });
  for (let page = 0; page < 4; page += 1) await book.loadOlder();
  expect(book.state()).toMatchObject({ count: 450, isAtEnd: true });
  book.show(0, 450);
  await settled();
  expect(shown(book)).toEqual(Array.from({ length: 450 }, (_, index) => String(450 - index)));
});

test('many small pages become one', async () => {
  const book = await openedBook(1);
  for (let number = 2; number <= 50; number += 1) {
    add(event(number));
    await book.look();
    book.takeNew();
  }
  asked = [];
  book.show(0, 0);
  book.show(300, 301);
  book.show(0, 50);
  await settled();
  expect(asked).toHaveLength(1);
  expect(shown(book)).toHaveLength(50);
});

test('what comes row by row while one reads further down is not read row by row', async () => {
  const book = await openedBook(1);
  for (let number = 2; number <= 251; number += 1) {
    add(event(number));
    await book.look();
  }
  expect(book.state()).toMatchObject({ count: 1, waiting: 250 });
  asked = [];
  book.takeNew();
  book.show(0, 250);
  await settled();
  expect(asked.length).toBeLessThanOrEqual(3);
  expect(shown(book)).toEqual(Array.from({ length: 251 }, (_, index) => String(251 - index)));
});

const waiting = (number: number) => event(number, { attempt: 0, delivery_id: idOf(number) });

/** What waited is tried: another row of the log instead. */
function tried(delivery: number, number: number) {
  log = log.filter(({ id }) => id !== idOf(delivery));
  add(event(number, { delivery_id: idOf(delivery) }));
}

const numbers = (newest: number, oldest: number) =>
  Array.from({ length: newest - oldest + 1 }, (_, index) => String(newest - index));

test('a row that waited becomes its newest attempt where it is, and then stands on top', async () => {
  add(waiting(1), event(2));
  const book = new LogBook(read);
  await book.loadOlder();
  book.show(0, 1);
  tried(1, 3);
  await book.look();
  expect(book.state()).toMatchObject({ count: 2, waiting: 0 });
  expect(shown(book)).toEqual(['2', '3']);
  expect(book.rowAt(1)).toMatchObject({ id: idOf(1), isGone: false });
  add(event(4, { attempt: 2, delivery_id: idOf(1) }));
  await book.look();
  expect(book.state()).toMatchObject({ count: 2, waiting: 1 });
  expect(shown(book)).toEqual(['2', '4']);
  book.takeNew();
  expect(shown(book)).toEqual(['4', '3', '2']);
});

test('a row that waits no longer, and whose attempt is no part of it, says so as long as it is in sight', async () => {
  add(waiting(1), waiting(2), event(3));
  const book = new LogBook(read);
  await book.loadOlder();
  book.show(0, 1);
  log = log.filter(({ id }) => id === idOf(3));
  await book.look();
  expect(shown(book)).toEqual(['3', '2']);
  expect(book.rowAt(1)).toMatchObject({ isGone: true });
});

test('a burst counts by deliveries, and leaves nothing behind, wherever one looks', async () => {
  const book = await openedBook(30);
  await book.loadOlder();
  const burst = Array.from({ length: 150 }, (_, index) => 31 + index);
  add(...burst.map(waiting));
  await book.look();
  expect(book.state().waiting).toBe(150);
  book.takeNew();
  for (const number of burst.slice(0, 70)) tried(number, number + 1000);
  add(waiting(2000));
  await book.look();
  expect(book.state().waiting).toBe(1);
  tried(2000, 3000);
  for (const number of burst.slice(70)) tried(number, number + 2000);
  book.show(150, 180);
  await settled();
  await book.look();
  expect(book.state().waiting).toBe(1);
  for (const first of [0, 80, 150, 0]) {
    book.show(first, first + 20);
    await settled();
    await book.look();
  }
  const rows = Array.from({ length: book.state().count }, (_, index) => book.rowAt(index));
  expect(rows.filter((row) => row === 'loading' || row.isGone || row.event.attempt === 0)).toEqual(
    [],
  );
  book.takeNew();
  book.show(0, 200);
  await settled();
  expect(shown(book)).toEqual([
    '3000',
    ...numbers(2180, 2101),
    ...numbers(1100, 1031),
    ...numbers(30, 1),
  ]);
});

/** One that was scrolled through until its first page was let go, of whose rows 40 have waited. */
async function leftBook(): Promise<LogBook> {
  add(...Array.from({ length: 40 }, (_, index) => waiting(461 + index)));
  const book = await openedBook(460);
  for (let page = 0; page < 5; page += 1) await book.loadOlder();
  book.show(400, 420);
  await settled();
  for (let number = 461; number <= 500; number += 1) tried(number, number + 1000);
  return book;
}

test('what was tried far above leaves its place as one comes back, and what is in sight stays there', async () => {
  const book = await leftBook();
  const before = book.rowAt(100);
  book.keep({ id: idOf(400), at: 100 });
  book.show(95, 110);
  await settled();
  expect(before).toBe('loading');
  expect(book.state()).toMatchObject({ count: 460, vanishedAbove: 40, keptAt: 60 });
  expect(shown(book).slice(55, 71)).toEqual(numbers(405, 390));
});

test('what was tried leaves its place beneath the first row in sight', async () => {
  const book = await leftBook();
  book.show(0, 10);
  await settled();
  expect(book.state()).toMatchObject({ count: 460, vanishedAbove: 0 });
  expect(shown(book).slice(0, 10)).toEqual(numbers(460, 451));
});

test('the row that is kept stays, and is known wherever it comes to be', async () => {
  add(waiting(1), waiting(2), event(3));
  const book = new LogBook(read);
  await book.loadOlder();
  book.show(0, 2);
  book.keep({ id: idOf(1), at: 2 });
  tried(1, 11);
  tried(2, 12);
  await book.look();
  book.takeNew();
  expect(shown(book)).toEqual(['12', '11', '3', '11']);
  expect(book.state().keptAt).toBe(3);
  expect(book.rowAt(3)).toMatchObject({ id: idOf(1) });
});

test('what is too old by now goes from beneath, and nothing moves', async () => {
  const book = await openedBook(450);
  for (let page = 0; page < 5; page += 1) await book.loadOlder();
  book.show(0, 10);
  await settled();
  log = log.filter(({ id }) => id > idOf(30));
  book.show(400, 420);
  await settled();
  expect(shown(book).slice(400)).toEqual(numbers(50, 31));
  expect(book.state().vanishedAbove).toBe(0);
});

/** A book whose reads fail as long as one says so. */
function brokenBook(): { book: LogBook; setBroken: (isBroken: boolean) => void } {
  let isBroken = true;
  const book = new LogBook((range) => (isBroken ? Promise.reject(new Error('No')) : read(range)));
  return { book, setBroken: (now) => void (isBroken = now) };
}

test('says why the first rows could not be loaded, until they are there', async () => {
  add(event(1), event(2));
  const { book, setBroken } = brokenBook();
  await book.loadOlder();
  const failed = { isPending: false, count: 0, error: new Error('No') };
  expect(book.state()).toMatchObject(failed);
  setBroken(false);
  const again = book.loadOlder();
  expect(book.state()).toMatchObject(failed);
  await again;
  expect(book.state()).toMatchObject({ count: 2, error: null });
});

test('a look loads the first rows where that has failed', async () => {
  add(event(1), event(2));
  const { book, setBroken } = brokenBook();
  await book.loadOlder();
  await book.look();
  expect(book.state()).toMatchObject({ count: 0, error: new Error('No'), lookError: null });
  setBroken(false);
  await book.look();
  expect(book.state()).toMatchObject({ count: 2, error: null });
});

test('says why older rows could not be loaded, and goes on when asked again', async () => {
  add(...Array.from({ length: 150 }, (_, index) => event(index + 1)));
  const { book, setBroken } = brokenBook();
  setBroken(false);
  await book.loadOlder();
  setBroken(true);
  await book.loadOlder();
  expect(book.state()).toMatchObject({ count: 100, isAtEnd: false, error: new Error('No') });
  setBroken(false);
  await book.loadOlder();
  expect(book.state()).toMatchObject({ count: 150, error: null });
});

test('says that it is not known what is new, until it is', async () => {
  add(event(1));
  const { book, setBroken } = brokenBook();
  setBroken(false);
  await book.loadOlder();
  setBroken(true);
  await book.look();
  expect(book.state()).toMatchObject({ count: 1, error: null, lookError: new Error('No') });
  add(event(2));
  setBroken(false);
  await book.look();
  expect(book.state()).toMatchObject({ count: 1, waiting: 1, lookError: null });
});

test('a look that is ended reads no further', async () => {
  const book = await openedBook(5);
  await book.loadOlder();
  add(...Array.from({ length: 1000 }, (_, index) => event(index + 6)));
  asked = [];
  const end = new AbortController();
  const ended = book.look(end.signal);
  end.abort();
  await ended;
  expect(asked).toHaveLength(1);
});

test.each([
  ['01900000-0000-7000-8000-00000000000f', 1, '01900000-0000-7000-8000-000000000010'],
  ['01900000-0000-7000-8000-000000000000', -1, '01900000-0000-7000-7fff-ffffffffffff'],
] as const)('beside %s by %i is %s', (id, step, beside) => {
  expect(idBeside(id, step)).toBe(beside);
});
