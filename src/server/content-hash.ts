import { createHash } from 'node:crypto';

/**
 * SHA-256 of what a request says, in hex: the same for two that differ only in the order of members,
 * in white space, or in members that are undefined instead of absent.
 *
 * @param content parsed JSON, nested at most as deeply as requests may be (64 levels).
 */
export function contentHash(content: object): string {
  return createHash('sha256').update(canonical(content)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}
