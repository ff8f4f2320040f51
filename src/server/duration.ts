const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** In milliseconds; days are those of UTC. */
export const dayLength = units.d;

const form = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/**
 * Reads a duration: a number and `ms`, `s`, `m`, `h` or `d`.
 *
 * @returns whole milliseconds, or null if the text is no duration.
 */
export function parseDuration(text: string): number | null {
  const match = form.exec(text.trim());
  if (!match) return null;
  const unit = match[2] as keyof typeof units;
  return Math.round(Number(match[1]) * units[unit]);
}
