import type { FieldError } from './api-error';

/** How deep lists and objects of a request may be nested. Far more than any real one needs. */
const maximumDepth = 64;

const nul = '\u0000';
const loneSurrogate = /\p{Surrogate}/u;

/**
 * What is wrong with a text that no part of a request may contain, in words, or null. Databases cut
 * strings at U+0000 and replace lone surrogates, so neither would come back as it was sent.
 */
export function textProblem(text: string): string | null {
  if (text.includes(nul)) return 'Must not contain the character U+0000.';
  if (loneSurrogate.test(text)) return 'Contains half of a character (a lone surrogate).';
  return null;
}

/** The number of characters (code points) of a text: what its limits are counted in. */
export function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

/** Whether a text is a UUID in lower case, as all ids are kept. */
export function isUuid(text: string): boolean {
  return uuid.test(text);
}

/** A member's name or an index as a step of a JSON pointer (RFC 6901). */
export function pointerStep(key: PropertyKey): string {
  return `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/**
 * Searches a parsed JSON value, keys included, for texts that cannot be stored, for nesting over 64
 * levels, and for members named `__proto__`, which would be lost where objects are copied. Iterative:
 * no input makes it overflow. Gives the first problem or null.
 */
export function findTextProblem(value: unknown): FieldError | null {
  const open: Place[] = [{ value, key: '', depth: 0, parent: null }];
  for (let place = open.pop(); place; place = open.pop()) {
    const { depth } = place;
    if (typeof place.value === 'string') {
      const message = textProblem(place.value);
      if (message) return { pointer: pointerOf(place), message };
    } else if (typeof place.value === 'object' && place.value !== null) {
      if (depth === maximumDepth) {
        return { pointer: '', message: `Nested too deeply: at most ${maximumDepth} levels.` };
      }
      for (const [key, child] of Object.entries(place.value)) {
        const message = textProblem(key);
        if (message) {
          return {
            pointer: pointerOf(place),
            message: `A member's name is not usable: ${message}`,
          };
        }
        const next = { value: child, key, depth: depth + 1, parent: place };
        if (key === '__proto__') {
          return { pointer: pointerOf(next), message: 'A member must not be named __proto__.' };
        }
        if (typeof child === 'string' || typeof child === 'object') open.push(next);
      }
    }
  }
  return null;
}

/** Where a value is; written as a pointer only if something is wrong there. */
interface Place {
  value: unknown;
  key: string;
  depth: number;
  parent: Place | null;
}

function pointerOf({ key, parent }: Place): string {
  return parent ? pointerOf(parent) + pointerStep(key) : '';
}
