import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { mask, masking } from './masking';

const secret = 'Tok-en/a+b=c<d>&"e\\f 1%41';
const each = (encode: (character: string, code: number) => string) => (text: string) =>
  [...text].map((character) => encode(character, character.charCodeAt(0))).join('');
const hex = (code: number) => code.toString(16);
const json = (text: string) => JSON.stringify(text).slice(1, -1);
const upperHex = (text: string) => text.replace(/[\da-f]{2}/gi, (pair) => pair.toUpperCase());
const inUrl = (text: string) => encodeURIComponent(text);
const named: Record<string, string> = {
  '/': 'sol',
  '+': 'plus',
  '=': 'equals',
  '<': 'lt',
  '>': 'GT',
  '&': 'amp',
  '"': 'quot',
  '\\': 'bsol',
  '%': 'percnt',
};
const nameOf = (character: string) => named[character];

/** How a text may be encoded. */
const encodings: [string, (text: string) => string][] = [
  ['nothing', (text) => text],
  ['upper case', (text) => text.toUpperCase()],
  ['lower case', (text) => text.toLowerCase()],
  ['JSON', json],
  ['JSON with escaped slashes', (text) => json(text).replaceAll('/', '\\/')],
  ['JSON in escapes', each((_, code) => `\\u00${hex(code)}`)],
  ['JSON in escapes in capitals', (text) => upperHex(each((_, code) => `\\u00${hex(code)}`)(text))],
  ['JSON of JSON', (text) => json(json(text))],
  ['a URL', inUrl],
  ['a URL, in lower case', (text) => inUrl(text).toLowerCase()],
  ['a URL twice', (text) => inUrl(inUrl(text))],
  ['a form', (text) => new URLSearchParams([['', text]]).toString().slice(1)],
  ['each in a URL', each((_, code) => `%${hex(code)}`)],
  ['HTML by number', each((_, code) => `&#${code};`)],
  ['HTML by hexadecimal number', each((_, code) => `&#x${hex(code).toUpperCase()};`)],
  ['HTML by number with zeros and without an end', each((_, code) => `&#00${code}`)],
  ['HTML by name', each((c) => (nameOf(c) === undefined ? c : `&${nameOf(c)};`))],
  ['slashes of a URL only', (text) => text.replaceAll('/', '%2f')],
  ['every second', each((c, code) => (code % 2 ? c : `%${hex(code)}`))],
];

describe('takes a secret out of', () => {
  it.each(encodings)('%s', (_, encode) => {
    const masked = masking(secret);
    expect(masked(`"${encode(secret)}", ${encode(secret)}!`)).toBe(`"${mask}", ${mask}!`);
  });

  it.each(encodings)('%s, as JSON that stays JSON', (_, encode) => {
    const text = JSON.stringify({ [encode(secret)]: [`"\\ ${encode(secret)} "`] });
    expect(JSON.parse(masking(secret)(text))).toEqual({ [mask]: [`"\\ ${mask} "`] });
  });

  it('base64, wherever it begins', () => {
    for (const before of ['', 'a', 'ab', 'abc', 'user:']) {
      for (const form of ['base64', 'base64url'] as const) {
        const text = Buffer.from(`${before}${secret}~~~`).toString(form);
        const passed = masking(secret)(`Basic ${text}.`);
        expect(passed).toContain(mask);
        const left = passed.replace('Basic ', '').split(mask)[0] ?? '';
        expect(left.length).toBeLessThanOrEqual(Math.ceil((before.length * 8) / 6));
      }
    }
  });

  it('any text that it is in, of which nothing else is lost', () => {
    const character = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
    const word = fc.string({ unit: character, minLength: 8, maxLength: 40 });
    const around = fc.string({ unit: fc.constantFrom('ü', 'İ', '\n', '😀', '§') });
    const encoding = fc.constantFrom(...encodings.map(([, encode]) => encode));
    fc.assert(
      fc.property(word, encoding, around, around, (word, encode, before, after) => {
        const text = `${before}${encode(word)}${after}`;
        expect(masking(word)(text)).toBe(`${before}${mask}${after}`);
      }),
    );
  });
});

it('changes nothing else, and nothing without a secret', () => {
  const text = 'a%2Fb &lt; \\u0041 % & \\ &nosuch; %zz &#99999; Tok-en/a+b=c<d>&"e\\f 1%4';
  expect(masking(secret)(text)).toBe(text);
  expect(masking(null)(secret)).toBe(secret);
});

it('takes out what overlaps once', () => {
  expect(masking('abab')('xabababx')).toBe(`x${mask}abx`);
});

it.each(['\\', '%', '%25', '&', '&amp', '&#x00000000', '\\u00', 'a', '\\\\u005c'])(
  'is done with a long text of %s',
  (piece) => {
    const text = piece.repeat(Math.ceil(200_000 / piece.length));
    expect(masking(`${'a\\%&'.repeat(60)}b`)(text)).toBe(text);
  },
);
