import { ProblemError } from './problem';

/** The entity tag of a version. */
export function entityTag(version: number): string {
  return `"${version}"`;
}

const list = /^(?:W\/)?"[\x21\x23-\x7e]*"(?:[ \t]*,[ \t]*(?:W\/)?"[\x21\x23-\x7e]*")*$/;

/**
 * Holds a version against `If-Match` (RFC 9110): `*`, or a list of tags. A weak tag counts like a
 * strong one, since compression on the way makes them weak.
 *
 * @param header undefined: the caller does not mind.
 * @throws {ProblemError} 412 if another version is named, 400 if the header has no tags.
 */
export function requireMatch(header: string | undefined, version: number): void {
  const value = header?.trim();
  if (value === undefined || value === '*') return;
  if (!list.test(value)) {
    throw new ProblemError(400, 'If-Match must be an ETag in quotes, such as "3".');
  }
  const tags: string[] = value.match(/"[^"]*"/g) ?? [];
  if (!tags.includes(entityTag(version))) {
    throw new ProblemError(
      412,
      'Somebody else has changed this webhook meanwhile. Load it again and repeat the change.',
    );
  }
}
