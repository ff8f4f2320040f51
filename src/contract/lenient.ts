import * as z from 'zod/mini';

/*
 * Readings of what an API answered. It may be newer than we are: members that are missing or null
 * get a default, unknown ones are passed over, enumerations are plain text.
 */

/** Reads a member; one that is missing or null becomes `fallback`. A wrong type is still an error. */
export function withDefault<T, D extends T | null>(schema: z.core.$ZodType<T>, fallback: D) {
  return z.pipe(
    z.nullish(schema),
    z.transform(
      (value: T | null | undefined) => (value ?? fallback) as null extends D ? T | null : T,
    ),
  );
}

/** A list whose rows are read one by one. */
export interface LenientList<T> {
  results: T[];
  /** How many rows could not be read and were left out. */
  unreadable: number;
}

/** Reads `{results: […]}` row by row, so that a bad row does not empty the list. */
export function lenientList<T>(row: z.core.$ZodType<T>) {
  return z.pipe(
    z.object({ results: withDefault(z.array(z.unknown()), []) }),
    z.transform(({ results }): LenientList<T> => {
      const rows: T[] = [];
      for (const value of results) {
        const read = z.safeParse(row, value);
        if (read.success) rows.push(read.data);
      }
      return { results: rows, unreadable: results.length - rows.length };
    }),
  );
}
