import { expect, test } from 'vitest';

import { webhookEventSchema } from '../../contract/webhook-event';
import { attemptResult, formatDuration } from './attempt-words';
import { failureAdvice, successDoubt } from './failure-advice';

const row = (members: object) =>
  webhookEventSchema.parse({
    id: 'a',
    created_at: '2026-01-01T00:00:00Z',
    attempt: 1,
    target_url_used: 'https://example.org/hook',
    ...members,
  });
const failed = (error: string) => row({ error });
const answered = (status: number, members: object = {}) =>
  row({ target_response_status_code: status, error: `answered ${status}`, ...members });
const slack = (status: number, target_response_body: string) =>
  answered(status, {
    kind: 'SLACK',
    target_url_used: 'https://hooks.slack.com/services/T/B/x',
    target_response_body,
  });

test.each([
  [row({ attempt: 0 }), 'waiting', 'being sent'],
  [row({ attempt: 0, next_attempt_at: '2026-01-01T00:00:00Z' }), 'waiting', 'waiting to be sent'],
  [row({ target_response_status_code: 204 }), 'success', '204'],
  [answered(503), 'failure', '503'],
  [failed('timed out after 15 s'), 'failure', 'timed out after 15 s'],
  [
    row({ target_response_status_code: 200, error: 'connection reset' }),
    'failure',
    'connection reset',
  ],
  [row({ target_response_status_code: 0 }), 'failure', 'no response'],
  [row({}), 'unknown', 'not told'],
])('%#: %o is a %s: %s', (event, tone, words) => {
  expect(attemptResult(event)).toEqual({ tone, words });
});

test.each([
  [failed('name not found'), /spelling.*DNS/],
  [failed('refused: private address'), /ALLOWED_PRIVATE_TARGETS/],
  [failed('connection refused'), /Nothing listens/],
  [failed('connection timed out'), /firewall/],
  [failed('timed out after 15 s'), /answer 2xx at once/],
  [failed('connection reset'), /hung up/],
  [failed('certificate has expired'), /Renew/],
  [failed('certificate is self-signed'), /public authority/],
  [failed('certificate is for another name'), /host in the URL/],
  [failed('certificate was revoked'), /issued anew/],
  [failed('TLS handshake failed'), /port/],
  [failed('not sent: the webhook is disabled'), /Enable/],
  [failed('something new'), /receiver runs and can be reached/],
  [answered(301), /Redirects are not followed/],
  [
    answered(307, { response_headers: { location: '/new?x=1' } }),
    /: https:\/\/example.org\/new\?x=1$/,
  ],
  [
    answered(302, { response_headers: { location: 'https://login.example.com/sso?next=/a' } }),
    /looks like a sign-in page: https:\/\/login.*without signing in/,
  ],
  [answered(400), /kind of webhook/],
  [answered(401), /secret/],
  [answered(403), /access rules/],
  [answered(404), /path/],
  [
    answered(410, { trigger: 'event' }),
    /gone for good, which disables the webhook.*enable the webhook again/,
  ],
  // A test disables nothing, nor does an API that knows no attempts.
  [answered(410, { trigger: 'test' }), /gone for good\. Change the URL\.$/],
  [answered(410, { attempt: null }), /gone for good\. Change the URL\.$/],
  [answered(413), /larger/],
  [answered(429), /rate limit/],
  [answered(418), /Its answer may say why/],
  [answered(500), /own log/],
  [answered(503), /overloaded/],
  [slack(400, 'invalid_payload'), /could not read the message/],
  [slack(404, 'no_service\n'), /Create a new one/],
  [slack(410, 'channel_is_archived'), /Unarchive/],
  [slack(429, 'rate_limited'), /one message a second/],
  [slack(429, ''), /one message a second/],
  [slack(404, 'constructor'), /path/],
  [
    answered(400, {
      target_url_used: 'https://hooks.slack.com/services/T/B/x',
      target_response_body: 'invalid_payload',
    }),
    /choose the kind Slack/,
  ],
  [
    answered(400, { kind: 'SLACK', target_response_body: 'invalid_payload' }),
    /choose the kind Standard/,
  ],
  // Whoever says the same words and is not Slack does not mean the same.
  [answered(404, { target_response_body: 'no_service' }), /path/],
])('%#: has a line on how to mend %o', (event, advice) => {
  expect(failureAdvice(event)).toMatch(advice);
});

test('says nothing of where a redirect leads that is a secret', () => {
  const location = 'https://hooks.slack.com/services/T012345/B012345/abcdefghijkl';
  const advice = failureAdvice(answered(302, { response_headers: { location } }));
  expect(advice).toContain('hooks.slack.com/services/…ijkl');
  expect(advice).not.toContain('abcdefgh');
});

test('doubts a success that is a web page for people', () => {
  const page = {
    target_response_status_code: 200,
    response_headers: { 'content-type': 'text/html; charset=utf-8' },
    target_response_body: '<h1>Sign in</h1>',
  };
  expect(successDoubt(row(page))).toMatch(/answered with a web page/);
  expect(successDoubt(row({ ...page, target_response_body: '' }))).toBeNull();
  expect(successDoubt(row({ ...page, response_headers: {} }))).toBeNull();
  expect(successDoubt(row({ ...page, target_response_status_code: 500 }))).toBeNull();
});

test.each([row({ target_response_status_code: 200 }), row({ attempt: 0 })])(
  '%#: has nothing to say where nothing failed',
  (event) => {
    expect(failureAdvice(event)).toBeNull();
  },
);

test.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1000, '1 s'],
  [15_040, '15 s'],
  [2_310, '2.3 s'],
])('%i is %s', (duration, words) => {
  expect(formatDuration(duration)).toBe(words);
});
