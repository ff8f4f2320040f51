/*
 * Unicode simple case folding, by which patterns and names are compared: what the flags `iu` of a
 * regular expression do, for whole strings. `toLowerCase` is not enough (the Kelvin sign, long s,
 * final sigma), and some of what it does is too much (İ).
 */

/** Characters that fold to each other although no change of case leads from one to the other. */
const withoutCase = ['\u0345\u03b9\u1fbe', '\u0390\u1fd3', '\u03b0\u1fe3', '\ufb05\ufb06'];

const folded = new Map<string, string>();

/** A text in the form in which two texts are the same if they differ only in case. */
export function foldCase(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  let result = '';
  for (const character of text) result += foldCharacter(character);
  return result;
}

function foldCharacter(character: string): string {
  const known = folded.get(character);
  if (known !== undefined) return known;
  const found = candidates(character).find((candidate) => sameButForCase(character, candidate));
  const result = found ?? character;
  folded.set(character, result);
  return result;
}

/** What a character may fold to, the likeliest first; each member of a family gives the same. */
function candidates(character: string): string[] {
  const family = withoutCase.find((members) => members.includes(character));
  if (family) return [...family].slice(1, 2);
  return [character.toUpperCase().toLowerCase(), character.toLowerCase()].filter(isOneCharacter);
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

function isOneCharacter(text: string): boolean {
  return [...text].length === 1;
}

/** The engine's own Unicode tables have the last word. */
function sameButForCase(a: string, b: string): boolean {
  const code = a.codePointAt(0) ?? 0;
  return new RegExp(`^\\u{${code.toString(16)}}$`, 'iu').test(b);
}
