import * as z from 'zod/mini';

/*
 * What the embedded API answers, to the letter: what it is built by, what `GET /openapi.json` says, and
 * what the tests hold every answer against. The console reads answers leniently, by schemas of the contract.
 */

/** An id: a UUID of any version, since callers may bring their own. */
export const id = z.guid();

/** A moment of our clock: ISO 8601, UTC, milliseconds. */
export const moment = z.iso.datetime();

/**
 * A moment that a caller has named, in UTC. No `date-time`: with an offset, the year may be 10000
 * (`+010000`) or lie before 0000.
 */
export const namedMoment = z
  .string()
  .check(z.regex(/^(?:\d{4}|[+-]\d{6})-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/));

/** How many there are. */
export const count = z.int().check(z.minimum(0));

/** A list as all of them are answered. */
export function results<T extends z.core.$ZodType>(row: T) {
  return z.strictObject({ results: z.array(row) });
}
