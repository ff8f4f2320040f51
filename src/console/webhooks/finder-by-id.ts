/** Finds rows by id; what it needs for that is made when it is asked first. */
export function finderById<T extends { id: string }>(
  rows: readonly T[],
): (id: string) => T | undefined {
  let byId: Map<string, T> | null = null;
  return (id) => {
    byId ??= new Map(rows.map((row) => [row.id, row]));
    return byId.get(id);
  };
}
