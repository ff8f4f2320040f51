import { isUuid } from '../contract/text';
import { notFound } from './problem';

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
