/** What stands where a secret was. */
export const mask = '••••••••';

/** Base64 of fewer characters would be found by chance. */
const shortestInBase64 = 8;

/** How often a text may have been encoded: JSON in JSON in a URL. */
const deepest = 4;

/**
 * Makes what replaces a secret in a text, however that writes it: in upper or lower case, and with any
 * of its characters encoded as URLs, HTML or JSON do, several times over; or in base64. Without a
 * secret nothing is replaced.
 *
 * The text is decoded step by step and searched after each, in a time that grows with its length
 * alone: one regular expression of all forms would take longer to build than most texts to search.
 *
 * @param secret of printable ASCII characters.
 */
export function masking(secret: string | null): (text: string) => string {
  if (secret === null || secret === '') return (text) => text;
  const needed = neededFor(secret);
  const needles = needlesOf(secret, needed);
  return (text) => {
    const found = [...search(text, needles, needed)];
    return found.length === 0 ? text : withMasks(text, found);
  };
}

/** What has to be decoded: what is in the secret, or may itself be a part of an encoding. */
interface Needed {
  characters: ReadonlySet<string>;
  escape: RegExp;
}

function neededFor(secret: string): Needed {
  const characters = new Set(`${secret.toLowerCase()}${secret.toUpperCase()}%&#;\\`);
  if (characters.has('+')) characters.add(' ');
  // Of JSON's own, only what is needed: `\"` and `\n` are everywhere.
  const signs = ['"', "'", '/'].filter((sign) => characters.has(sign)).join('');
  const json = `\\\\(?:u00[2-7][\\da-f]|[\\\\${signs}])`;
  const html = '&(?:#x0{0,8}[2-7][\\da-f]|#0{0,8}\\d{2,3}|[a-z]{2,7}(?=;));?';
  return { characters, escape: new RegExp(`%[2-7][\\da-f]|${json}|${html}`, 'gi') };
}

/** From where to where, without the latter. */
type Range = readonly [number, number];

/** All that is looked for, after each step alike. */
function needlesOf(secret: string, needed: Needed): string[] {
  const decoded = steps(secret, needed).at(-1)?.text ?? secret;
  const base64 = secret.length < shortestInBase64 ? [] : [0, 1, 2].flatMap(inBase64);
  return [...new Set([secret, decoded, ...base64].map(folded))];

  /** What is always the same of it after so many other bytes. */
  function inBase64(before: number): string[] {
    const bytes = Buffer.from(' '.repeat(before) + secret);
    const from = Math.ceil((before * 8) / 6);
    const to = Math.floor((bytes.length * 8) / 6);
    return (['base64', 'base64url'] as const).map((form) => bytes.toString(form).slice(from, to));
  }
}

/** Of the same length as the text. `+` is a space in a URL's query. */
function folded(text: string): string {
  const lower = text.toLowerCase();
  const same =
    lower.length === text.length ? lower : text.replace(/[A-Z]+/g, (some) => some.toLowerCase());
  return same.replaceAll('+', ' ');
}

function* search(text: string, needles: readonly string[], needed: Needed): Generator<Range> {
  const taken: Decoded[] = [];
  for (const step of [{ text, escapes: [] }, ...steps(text, needed)]) {
    taken.push(step);
    const hay = folded(step.text);
    for (const needle of needles) {
      for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + needle.length)) {
        const last = at + needle.length - 1;
        yield [sourceOf(at, taken)[0], sourceOf(last, taken)[1]];
      }
    }
  }
}

/** Characters that stood encoded in a text, in its order. */
interface Decoded {
  text: string;
  escapes: { at: number; from: number; to: number }[];
}

/** HTML's names of ASCII's signs, each with its sign. */
const named = new Map(
  (
    'excl! quot" num# dollar$ percnt% amp& apos\' lpar( rpar) ast* midast* plus+ comma, period. ' +
    'sol/ colon: semi; lt< equals= gt> quest? commat@ lsqb[ lbrack[ bsol\\ rsqb] rbrack] hat^ ' +
    'lowbar_ grave` lcub{ lbrace{ verbar| vert| rcub} rbrace}'
  )
    .split(' ')
    .map((both) => [both.slice(0, -1), both.slice(-1)]),
);

/** The text after each decoding of all that is encoded in it, as long as something is. */
function steps(text: string, needed: Needed): Decoded[] {
  const taken: Decoded[] = [];
  for (
    let step = decoded(text, needed);
    step && taken.length < deepest;
    step = decoded(step.text, needed)
  ) {
    taken.push(step);
  }
  return taken;
}

/** Decodes printable ASCII that is needed, one character each. Null if nothing is. */
function decoded(text: string, { escape, characters }: Needed): Decoded | null {
  const escapes: Decoded['escapes'] = [];
  const parts: string[] = [];
  let end = 0;
  let length = 0;
  escape.lastIndex = 0;
  for (let match = escape.exec(text); match; match = escape.exec(text)) {
    const [escaped] = match;
    const character = characterOf(escaped);
    if (!characters.has(character)) continue;
    const from = match.index;
    parts.push(text.slice(end, from), character);
    length += from - end + 1;
    end = from + escaped.length;
    escapes.push({ at: length - 1, from, to: end });
  }
  if (escapes.length === 0) return null;
  return { text: parts.join('') + text.slice(end), escapes };
}

/** Empty for a name that is none. */
function characterOf(escaped: string): string {
  const inside = escaped.replace(/^[%\\&]|;$/g, '').toLowerCase();
  if (escaped.startsWith('%')) return ofCode(inside, 16);
  if (escaped.startsWith('\\')) return inside.length === 1 ? inside : ofCode(inside.slice(1), 16);
  if (inside.startsWith('#x')) return ofCode(inside.slice(2), 16);
  return inside.startsWith('#') ? ofCode(inside.slice(1), 10) : (named.get(inside) ?? '');
}

function ofCode(digits: string, base: 10 | 16): string {
  return String.fromCharCode(Number.parseInt(digits, base));
}

/** Where a character of a decoded text stands in the first of the texts that it was decoded from. */
function sourceOf(at: number, taken: readonly Decoded[]): Range {
  let [from, to] = [at, at + 1];
  for (const { escapes } of taken.toReversed()) {
    from = placeBefore(from, escapes)[0];
    to = placeBefore(to - 1, escapes)[1];
  }
  return [from, to];
}

function placeBefore(at: number, escapes: Decoded['escapes']): Range {
  let low = 0;
  let high = escapes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((escapes[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  const last = escapes[low - 1];
  if (!last) return [at, at + 1];
  if (last.at === at) return [last.from, last.to];
  const from = last.to + (at - last.at - 1);
  return [from, from + 1];
}

function withMasks(text: string, found: Range[]): string {
  const parts: string[] = [];
  let end = 0;
  for (const [from, to] of found.toSorted((a, b) => a[0] - b[0])) {
    if (from >= end) parts.push(text.slice(end, from), mask);
    end = Math.max(end, to);
  }
  return parts.join('') + text.slice(end);
}
