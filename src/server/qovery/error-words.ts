import { mostFieldErrors, type FieldError } from '../../contract/api-error';

/** Longer is no sentence. In characters. */
const mostCharacters = 500;

/** How deep the words may lie in a JSON body: in a member of an object in a list of an object. */
const deepest = 3;

/** What an error's body says. */
interface Said {
  /** One line of plain text of at most 500 characters; empty if there are no words. */
  words: string;
  /** What is wrong with each field, if the API speaks problem details. */
  errors: FieldError[];
}

/**
 * Reads an error's body: the message of a JSON object, whoever's style it has, or what a page says.
 *
 * @param masked takes the token out of a text.
 */
export function readError(body: string, masked: (text: string) => string): Said {
  const asLine = (text: string) => lineOf(text, masked);
  const value = parsed(body);
  if (value === undefined) return { words: asLine(wordsOfPage(body)), errors: [] };
  const errors = fieldErrors(value).slice(0, mostFieldErrors);
  return {
    words: asLine(wordsOf(value, 0)),
    errors: errors.map(({ pointer, message }) => ({
      pointer: asLine(pointer),
      message: asLine(message),
    })),
  };
}

function lineOf(text: string, masked: (text: string) => string): string {
  // In one line first: what is taken out may otherwise come together only then.
  const plain = withoutEntities(text)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const line = masked(plain);
  const characters = [...line];
  if (characters.length <= mostCharacters) return line;
  return `${characters.slice(0, mostCharacters - 1).join('')}…`;
}

/** Undefined if it is no JSON; what began as JSON and broke off says nothing. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return /^\s*[{[]/.test(body) ? null : undefined;
  }
}

/** From the most telling down: problem details, Qovery, OAuth, Spring. */
const members = [
  'detail',
  'message',
  'defaultMessage',
  'error_description',
  'errors',
  'error',
  'title',
];

function wordsOf(value: unknown, depth: number): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value !== 'object' || value === null || depth > deepest) return '';
  if (Array.isArray(value)) {
    const said = value.map((item) => wordsOf(item, depth + 1)).filter((words) => words !== '');
    return said.join('; ');
  }
  for (const name of members) {
    const words = wordsOf((value as Record<string, unknown>)[name], depth + 1);
    if (words !== '') return words;
  }
  return '';
}

function fieldErrors(value: unknown): FieldError[] {
  if (typeof value !== 'object' || value === null || !('errors' in value)) return [];
  return Array.isArray(value.errors) ? value.errors.filter(isFieldError) : [];
}

function isFieldError(value: unknown): value is FieldError {
  if (typeof value !== 'object' || value === null) return false;
  const { pointer, message } = value as Record<string, unknown>;
  return typeof pointer === 'string' && typeof message === 'string';
}

/** What opens a tag, a comment, or an element of which nothing is to be seen. */
const opening = /<(?:!--|(head|script|style)\b|[a-z!/])/g;

/**
 * What people would see of an HTML page, but for its entities; any other text as it is. However odd
 * the page is, nothing of it is looked for more than once.
 */
function wordsOfPage(body: string): string {
  // Unlike `toLowerCase` of all, this keeps every character in its place.
  const folded = body.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  const missing = new Set<string>();
  function after(end: string, from: number): number | null {
    const at = missing.has(end) ? -1 : folded.indexOf(end, from);
    if (at !== -1) return at + end.length;
    missing.add(end);
    return null;
  }
  let words = '';
  let read = 0;
  for (const { 0: opened, 1: element, index } of folded.matchAll(opening)) {
    if (index < read) continue;
    const end = opened === '<!--' ? '-->' : element === undefined ? '>' : `</${element}>`;
    const next = after(end, index) ?? after('>', index);
    if (next === null) break;
    words += `${body.slice(read, index)} `;
    read = next;
  }
  return words + body.slice(read);
}

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** HTML's names of characters that every page needs, and its numbers; other names stay as they are. */
function withoutEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi,
    (entity, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return entities[name.toLowerCase()] ?? entity;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
    },
  );
}
