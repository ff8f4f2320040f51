/** Rows that are written together go into few statements, whose texts the engine has prepared. */
const sizes = [64, 32, 16, 8, 4, 2, 1] as const;

/** Rows in portions for one `insert` each: as few as there are of few different sizes. */
export function* statementsOf<Row>(rows: readonly Row[]): Generator<Row[]> {
  let given = 0;
  for (const size of sizes) {
    for (; rows.length - given >= size; given += size) yield rows.slice(given, given + size);
  }
}
