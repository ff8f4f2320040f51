import { expect, test } from 'vitest';

import { shownResponseHeaders } from './shown-headers';

const slack = 'hooks.slack.com/services/T024BE7LD/B07WLN3CE/Jp4sYt6uQe1aVh9c';
const masked = 'hooks.slack.com/services/…Vh9c';

test.each([
  ['a URL that is a secret', `http://${slack}`, `https://${slack}`, 'STANDARD', masked],
  ['a path of one', `https://${slack}`, new URL(`https://${slack}`).pathname, 'STANDARD', masked],
  ['any URL of a Slack webhook', 'https://chat.example/a', '/hooks/abcdef', 'SLACK', /…\w*$/],
  ['credentials', 'https://a.example', 'https://me:pw@a.example/', 'STANDARD', /^https:\/\/…@/],
])('masks %s', (_, target_url_used, location, kind, shown) => {
  const answered = { target_url_used, kind, response_headers: { location } };
  const value = shownResponseHeaders(answered)?.['location'];
  expect(value).toEqual(typeof shown === 'string' ? shown : expect.stringMatching(shown));
});

test.each(['/moved', 'https://b.example/x?y=1', 'not a : url', ''])(
  'leaves %j as it is',
  (location) => {
    const response_headers = { location, date: 'today' };
    const answered = { target_url_used: 'https://a.example/', kind: 'STANDARD', response_headers };
    expect(shownResponseHeaders(answered)).toEqual(response_headers);
  },
);
