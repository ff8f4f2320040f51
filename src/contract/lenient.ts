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
  /** The ids of those that have one; absent if there are none. */
  unreadableIds?: string[];
}

/** Reads `{results: […]}` row by row, so that a bad row does not empty the list. */
export function lenientList<T>(row: z.core.$ZodType<T>) {
  return z.pipe(
    z.object({ results: withDefault(z.array(z.unknown()), []) }),
    z.transform(({ results }): LenientList<T> => {
      const rows: T[] = [];
      const ids: string[] = [];
      for (const value of results) {
        const read = z.safeParse(row, value);
        if (read.success) rows.push(read.data);
        else ids.push(...idOf(value));
      }
      const unreadable = results.length - rows.length;
      return { results: rows, unreadable, ...(ids.length > 0 && { unreadableIds: ids }) };
    }),
  );
}

const identified = z.object({ id: z.string() });

/** The id of a row of which nothing else may be readable; none if that is not either. */
function idOf(row: unknown): string[] {
  const { data } = z.safeParse(identified, row);
  return data ? [data.id] : [];
}
