import { notFound } from './problem';

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

/** Whether a text is a UUID in lower case, as all ids are stored. */
export function isUuid(text: string): boolean {
  return uuid.test(text);
}

/**
 * An id in a path, as it is stored.
 *
 * @param what the thing, as the first words of a sentence.
 * @throws {ProblemError} 404 if it is no UUID: nothing can have such an id.
 */
export function pathId(value: string | undefined, what: string): string {
  const id = (value ?? '').toLowerCase();
  if (!isUuid(id)) throw notFound(what);
  return id;
}
