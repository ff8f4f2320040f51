/** The middle one; between the two middle ones if there is an even number. Throws if there is none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  if (low === undefined || high === undefined) throw new Error('No values.');
  return (low + high) / 2;
}

/** The smallest value that is not exceeded by this share (0 to 1) of them. Throws if there is none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new Error('No values.');
  return value;
}

/** A number as people read it, with as many decimals. */
export function format(value: number, decimals = 0): string {
  return value.toLocaleString('en', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

/** A line of the report. */
export function report(what: string, figure: string, remark = ''): void {
  console.log(`  ${what.padEnd(56)} ${figure.padStart(10)}  ${remark}`.trimEnd());
}

/**
 * A line that says that exactly the accepted ids arrived, or what is wrong in each run; false if
 * anything is. What is 0 in all runs is right.
 */
export function reportWrong(found: Record<string, readonly (number | string)[]>): boolean {
  const wrong = Object.entries(found).filter(([, values]) => values.some((value) => value !== 0));
  if (wrong.length === 0) report('Exactly the accepted ids arrived', 'yes', 'in every run');
  for (const [what, values] of wrong) console.log(`  ✗ ${what}, run by run: ${values.join(', ')}`);
  return wrong.length === 0;
}

/** Runs `task` for 0, 1, 2 … `count` - 1, at most so many at once. */
export async function inParallel(
  count: number,
  width: number,
  task: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < count) await task(next++);
  };
  await Promise.all(Array.from({ length: width }, work));
}
