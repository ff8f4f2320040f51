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

async function read({ before = 'g', after = '', limit }: LogRange): Promise<WebhookEvent[]> {
  asked.push({ before, after, limit });
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
  expect(book.state()).toMatchObject({ count: 5, waiting: 450, onTop: 0 });
  expect(shown(book)).toEqual(['5', '4', '3', '2', '1']);
  book.takeNew();
  expect(book.state()).toMatchObject({ count: 455, waiting: 0, onTop: 450 });
  book.show(0, 455);
  await settled();
  expect(shown(book)).toEqual(Array.from({ length: 455 }, (_, index) => String(455 - index)));
});

test('finds the first rows of an empty log', async () => {
  const book = await openedBook(0);
  expect(book.state()).toMatchObject({ count: 0, isAtEnd: true });
  add(event(1));
  await book.look();
  expect(book.state().waiting).toBe(1);
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

test('a row that was overtaken by its attempt stays where it is, and says so', async () => {
  add(event(1, { attempt: 0 }), event(2));
  const book = new LogBook(read);
  await book.loadOlder();
  book.show(0, 1);
  log = log.filter(({ id }) => id !== idOf(1));
  add(event(3));
  await book.look();
  book.takeNew();
  expect(shown(book)).toEqual(['3', '2', '1']);
  expect(book.rowAt(2)).toMatchObject({ isOvertaken: true });
});

test('what was overtaken out of sight leaves its place, so that nothing moves', async () => {
  add(event(150, { attempt: 0 }));
  const book = await openedBook(149);
  await book.loadOlder();
  await book.loadOlder();
  book.show(500, 500);
  log = log.filter(({ id }) => id !== idOf(150));
  book.show(0, 120);
  await settled();
  expect(book.state().count).toBe(150);
  expect(shown(book).slice(0, 2)).toEqual(['149', '148']);
  expect(shown(book)[99]).toBe('gone');
  expect(shown(book)[100]).toBe('50');
});

test('tells of a page that could not be loaded, and goes on when asked again', async () => {
  const book = await openedBook(150);
  const broken = new LogBook(() => Promise.reject(new Error('No')));
  await broken.loadOlder();
  expect(broken.state()).toMatchObject({ isPending: false, count: 0, error: new Error('No') });
  log.push(event(0));
  await book.loadOlder();
  expect(book.state()).toMatchObject({ count: 151, error: null });
});

test.each([
  ['01900000-0000-7000-8000-00000000000f', 1, '01900000-0000-7000-8000-000000000010'],
  ['01900000-0000-7000-8000-000000000000', -1, '01900000-0000-7000-7fff-ffffffffffff'],
] as const)('beside %s by %i is %s', (id, step, beside) => {
  expect(idBeside(id, step)).toBe(beside);
});
