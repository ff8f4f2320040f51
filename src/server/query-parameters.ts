import { readTime } from '../contract/deployment-event';
import { isUuid } from '../contract/text';
import type { HttpContext } from './http-context';
import { invalid } from './problem';

/*
 * The parameters of lists. Each may be absent; what is there must be right, or the answer is a 400 that
 * names it. Given twice, it would mean one thing to us and another to the caller: that is refused too.
 */

/** How many rows a page has. */
export const pageLimits = { usual: 50, highest: 200 } as const;

/** `limit`: how many rows are wanted, from 1 to 200; 50 unless it says otherwise. */
export function limitParameter(c: HttpContext): number {
  const text = parameter(c, 'limit');
  if (text === null) return pageLimits.usual;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > pageLimits.highest) {
    throw wrong('limit', `must be a whole number from 1 to ${pageLimits.highest}.`);
  }
  return limit;
}

/**
 * An id, in lower case as ids are stored; null if it is absent.
 *
 * @param what what it must be the id of, such as "a webhook".
 */
export function idParameter(c: HttpContext, name: string, what: string): string | null {
  const id = parameter(c, name)?.toLowerCase() ?? null;
  if (id !== null && !isUuid(id)) throw wrong(name, `must be the id of ${what}.`);
  return id;
}

/** One of some words, or null if it is absent. */
export function wordParameter<const T extends string>(
  c: HttpContext,
  name: string,
  words: readonly T[],
): T | null {
  const text = parameter(c, name);
  if (text === null) return null;
  const word = words.find((one) => one === text);
  if (word === undefined) {
    throw wrong(
      name,
      words.length === 1 ? `must be ${words[0]}.` : `must be one of ${words.join(', ')}.`,
    );
  }
  return word;
}

/**
 * A time as milliseconds since 1970, or null if it is absent. A `+` of the zone that was not escaped
 * arrives as a space and is read all the same.
 */
export function timeParameter(c: HttpContext, name: string): number | null {
  const text = parameter(c, name);
  if (text === null) return null;
  const time = readTime(text.replace(' ', '+'));
  if (time === null) {
    throw wrong(name, 'must be a time with its zone, such as 2026-01-31T12:00:00Z (ISO 8601).');
  }
  return time;
}

/** What must be wrong with a parameter, in words that follow its name. */
export function wrong(name: string, problem: string) {
  return invalid([{ pointer: `/${name}`, message: `${name} ${problem}` }]);
}

function parameter(c: HttpContext, name: string): string | null {
  const [text, ...others] = c.req.queries(name) ?? [];
  if (others.length > 0) throw wrong(name, 'is given more than once.');
  return text ?? null;
}
