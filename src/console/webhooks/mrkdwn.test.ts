import { describe, expect, test } from 'vitest';

import { parseMrkdwn, readPlainText, slackDate, type MrkdwnPart } from './mrkdwn';

const text = (words: string): MrkdwnPart => ({ type: 'text', text: words });
const bold = (...parts: MrkdwnPart[]): MrkdwnPart => ({ type: 'bold', parts });

describe('mrkdwn', () => {
  test.each<[string, MrkdwnPart[]]>([
    ['', []],
    ['plain', [text('plain')]],
    ['*Project*\nshop', [bold(text('Project')), text('\nshop')]],
    [
      '_soon_ ~not~',
      [
        { type: 'italic', parts: [text('soon')] },
        text(' '),
        { type: 'strike', parts: [text('not')] },
      ],
    ],
    ['*a _b_*', [bold(text('a '), { type: 'italic', parts: [text('b')] })]],
    ['`DEPLOYED`', [{ type: 'code', text: 'DEPLOYED' }]],
    ['`a *b* &amp;`', [{ type: 'code', text: 'a *b* &' }]],
    ['• web (job): `OK`', [text('• web (job): '), { type: 'code', text: 'OK' }]],
    ['snake_case_name 2*3*4', [text('snake_case_name 2*3*4')]],
    ['* not bold * **', [text('* not bold * **')]],
    ['*over\nlines*', [text('*over\nlines*')]],
    ['`open', [text('`open')]],
    ['a &lt;b&gt; &amp;amp; &quot;', [text('a <b> &amp; &quot;')]],
    ['&lt;!channel&gt;', [text('<!channel>')]],
    ['<https://a.b/?x=1&amp;y|the *log*>', [{ type: 'link', text: 'the *log*' }]],
    ['<https://a.b/?x=1&amp;y>', [{ type: 'link', text: 'https://a.b/?x=1&y' }]],
    ['<!here>', [{ type: 'link', text: '@here' }]],
    [':x: :nobody:', [text('❌ :nobody:')]],
    [':constructor:', [text(':constructor:')]],
    [
      '<!date^1769860800^{date_short_pretty} {time_secs}|2026-01-31 12:00:00 UTC>',
      [
        {
          type: 'date',
          unix: 1_769_860_800,
          format: '{date_short_pretty} {time_secs}',
          fallback: '2026-01-31 12:00:00 UTC',
        },
      ],
    ],
    ['<!date^NaN^{time_secs}|never>', [{ type: 'link', text: 'never' }]],
  ])('%j', (source, parts) => expect(parseMrkdwn(source)).toEqual(parts));

  test('a header has no marks', () => {
    expect(readPlainText(':rocket: *Deployment* &amp; more')).toBe('🚀 *Deployment* & more');
  });
});

describe('a time', () => {
  const unix = Date.UTC(2026, 0, 31, 12) / 1000;
  const usual = '{date_short_pretty} {time_secs}';
  const read = (format: string, now: number, zone?: string, at = unix) =>
    slackDate({ unix: at, format, fallback: 'fallback' }, now, zone).replaceAll('\u202f', ' ');

  test.each([
    ['the same day', Date.UTC(2026, 0, 31, 20), 'UTC', 'Today 12:00:00 PM'],
    ['the day after', Date.UTC(2026, 1, 1), 'UTC', 'Yesterday 12:00:00 PM'],
    ['the day before', Date.UTC(2026, 0, 30), 'UTC', 'Tomorrow 12:00:00 PM'],
    ['later', Date.UTC(2026, 1, 9), 'UTC', 'Jan 31, 2026 12:00:00 PM'],
    ['in another zone', Date.UTC(2026, 1, 9), 'Pacific/Kiritimati', 'Feb 1, 2026 2:00:00 AM'],
  ])('%s', (_, now, zone, words) => expect(read(usual, now, zone)).toBe(words));

  test('is in words of its own where it cannot be read', () => {
    expect(read('{ago}', 0)).toBe('fallback');
    expect(read(usual, 0, 'UTC', 1e15)).toBe('fallback');
  });
});
