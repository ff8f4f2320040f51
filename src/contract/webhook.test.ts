import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { fieldErrorsOf } from './api-error';
import {
  secretMustBeGiven,
  toWebhookRequest,
  webhookListSchema,
  webhookRequestSchema,
  mayHaveSecret,
  webhookSchema,
} from './webhook';

const valid = {
  kind: 'STANDARD',
  target_url: 'https://example.org/hook',
  events: ['DEPLOYMENT_FAILURE'],
};

function errorsOf(change: object) {
  const read = webhookRequestSchema.safeParse({ ...valid, ...change });
  return read.success ? [] : fieldErrorsOf(read.error);
}

function read(change: object) {
  return webhookRequestSchema.parse({ ...valid, ...change });
}

describe('webhookRequestSchema', () => {
  test.each<[string, object, string, RegExp]>([
    ['no URL', { target_url: undefined }, '/target_url', /Enter the URL/],
    ['an empty URL', { target_url: '  ' }, '/target_url', /Enter the URL/],
    ['a number as URL', { target_url: 5 }, '/target_url', /as text/],
    ['another scheme', { target_url: 'ftp://example.org' }, '/target_url', /http:\/\//],
    ['a scheme without slashes', { target_url: 'https:example.org' }, '/target_url', /start/],
    ['no host', { target_url: 'https://' }, '/target_url', /not a valid URL/],
    ['a bad port', { target_url: 'https://a:99999' }, '/target_url', /not a valid URL/],
    ['credentials', { target_url: 'https://u:p@a.org' }, '/target_url', /password/],
    ['only a user', { target_url: 'https://u@a.org' }, '/target_url', /user name/],
    ['a line break', { target_url: 'https://a.org/x\ny' }, '/target_url', /line breaks/],
    ['a long URL', { target_url: `https://a.org/${'x'.repeat(2035)}` }, '/target_url', /2,048/],
    ['U+0000', { target_url: 'https://a.org/\u0000' }, '/target_url', /U\+0000/],
    ['no kind', { kind: undefined }, '/kind', /STANDARD, SLACK/],
    ['an unknown kind', { kind: 'TEAMS' }, '/kind', /STANDARD, SLACK/],
    ['no events', { events: [] }, '/events', /at least one/],
    ['absent events', { events: undefined }, '/events', /must be a list/],
    ['an unknown event', { events: ['X'] }, '/events/0', /DEPLOYMENT_STARTED/],
    ['a long description', { description: 'é'.repeat(1001) }, '/description', /1,000/],
    ['a number as description', { description: 1 }, '/description', /must be text/],
    ['a lone surrogate', { description: 'a\ud800' }, '/description', /surrogate/],
    ['text as enabled', { enabled: 'yes' }, '/enabled', /true or false/],
    [
      'an unknown mode',
      { environment_types_filter: ['QA'] },
      '/environment_types_filter/0',
      /PREV/,
    ],
    ['text as modes', { environment_types_filter: 'QA' }, '/environment_types_filter', /list/],
    ['an empty pattern', { project_names_filter: ['a', ' '] }, '/project_names_filter/1', /empty/],
    [
      'a long pattern',
      { project_names_filter: ['x'.repeat(251)] },
      '/project_names_filter/0',
      /250/,
    ],
    [
      'too many patterns',
      { project_names_filter: Array.from({ length: 101 }, (_, i) => `p${i}`) },
      '/project_names_filter',
      /at most 100/,
    ],
    ['endless events', { events: Array(1001).fill('X') }, '/events', /At most 1,000/],
    ['a space at the secret’s end', { target_secret: 'abc ' }, '/target_secret', /space/],
    ['a secret beyond ASCII', { target_secret: 'geheim€' }, '/target_secret', /ASCII/],
    ['a line break in the secret', { target_secret: 'a\nb' }, '/target_secret', /ASCII/],
    ['a long secret', { target_secret: 'x'.repeat(257) }, '/target_secret', /256/],
    ['whsec_ of nothing', { target_secret: 'whsec_' }, '/target_secret', /24 to 64/],
    ['whsec_ of no base64', { target_secret: 'whsec_%%%' }, '/target_secret', /base64/],
    ['whsec_ of 23 bytes', { target_secret: whsec(23) }, '/target_secret', /24 to 64/],
    ['whsec_ of 65 bytes', { target_secret: whsec(65) }, '/target_secret', /24 to 64/],
  ])('refuses %s', (_, change, pointer, message) => {
    const [error, ...more] = errorsOf(change);
    expect(more).toEqual([]);
    expect(error?.pointer).toBe(pointer);
    expect(error?.message).toMatch(message);
  });

  test.each<[string, object]>([
    ['2,048 characters of URL', { target_url: `https://a.org/${'x'.repeat(2034)}` }],
    ['an IPv6 host', { target_url: 'http://[2001:db8::1]:8080/' }],
    ['an international host', { target_url: 'https://münchen.example/ü?q=1#f' }],
    ['1,000 characters of description', { description: '🦄'.repeat(1000) }],
    ['HTML and other directions', { description: '<b>"&amp;</b> \u202eשלום 👩‍👩‍👧' }],
    ['100 patterns of 250', { project_names_filter: numbered(100, 250) }],
    ['a secret of 256', { target_secret: `~${' '.repeat(254)}!` }],
    ['a secret of 1', { target_secret: 'x' }],
    ['no secret', { target_secret: '' }],
    ['whsec_ of 24 bytes', { target_secret: whsec(24) }],
    ['whsec_ of 64 bytes', { target_secret: whsec(64) }],
    ['disabled', { enabled: false }],
  ])('takes %s as it is', (_, change) => {
    expect(read(change)).toMatchObject(change);
  });

  test('trims the URL and the patterns, and nothing else', () => {
    const request = read({
      target_url: ' https://example.org/a \n',
      project_names_filter: [' api '],
      description: ' as typed ',
    });
    expect(request.target_url).toBe('https://example.org/a');
    expect(request.project_names_filter).toEqual(['api']);
    expect(request.description).toBe(' as typed ');
  });

  test('merges what is said twice', () => {
    const request = read({
      events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STARTED', 'DEPLOYMENT_FAILURE'],
      project_names_filter: ['Api', 'api ', 'API', 'ſtore', 'STORE'],
      environment_types_filter: ['STAGING', 'STAGING'],
    });
    expect(request.events).toEqual(['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STARTED']);
    expect(request.project_names_filter).toEqual(['Api', 'ſtore']);
    expect(request.environment_types_filter).toEqual(['STAGING']);
  });

  test('reads null as absent and passes over unknown members', () => {
    const request = read({
      description: null,
      enabled: null,
      target_secret: null,
      project_names_filter: null,
      id: 'x',
      colour: 'red',
    });
    expect(request.description).toBeUndefined();
    expect(request.target_secret).toBeUndefined();
    expect(request).not.toHaveProperty('id');
    expect(request).not.toHaveProperty('colour');
  });

  test.each([[null], [[]], ['text'], [7]])('refuses %j as a body', (body) => {
    const result = webhookRequestSchema.safeParse(body);
    expect(result.error && fieldErrorsOf(result.error)[0]?.message).toMatch(/JSON object/);
  });

  test('answers whatever comes without throwing', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        webhookRequestSchema.safeParse(anything);
        webhookRequestSchema.safeParse({ ...valid, description: anything, events: anything });
      }),
    );
  });
});

describe('reading answers', () => {
  const row = { id: 'a', created_at: '2026-01-01T00:00:00Z' };

  test('fills in what is missing or null', () => {
    expect(webhookSchema.parse({ ...row, description: null })).toMatchObject({
      ...row,
      description: '',
      enabled: false,
      events: [],
      version: null,
      warnings: [],
    });
  });

  test('tells what it was not told, which is no value to be written back', () => {
    const bare = webhookSchema.parse({ ...row, kind: 'SLACK', events: null });
    expect(bare).toMatchObject({
      target_secret_set: null,
      untold: ['target_url', 'events', 'enabled'],
    });
    expect(mayHaveSecret(bare)).toBe(true);
    const whole = { ...bare, target_url: 'https://example.org/a', target_secret_set: false };
    expect(webhookSchema.parse({ ...whole, untold: ['kind'] })).toMatchObject({ untold: [] });
    expect(mayHaveSecret(whole)).toBe(false);
  });

  test('keeps values it does not know, also through an edit', () => {
    const webhook = webhookSchema.parse({ ...row, kind: 'TEAMS', events: ['ROLLBACK'] });
    expect(toWebhookRequest(webhook)).toMatchObject({ kind: 'TEAMS', events: ['ROLLBACK'] });
  });

  test('leaves out the rows it cannot read, and counts them', () => {
    const list = webhookListSchema.parse({ results: [row, { id: 5 }, null, { ...row, id: 'b' }] });
    expect(list.results.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(list.unreadable).toBe(2);
    expect(list.unreadableIds).toBeUndefined();
  });

  test('a wrong type is not taken for "no filter"', () => {
    const list = webhookListSchema.parse({ results: [{ ...row, project_names_filter: 'api' }] });
    expect(list).toEqual({ results: [], unreadable: 1, unreadableIds: ['a'] });
  });
});

test('toWebhookRequest sends back no member that only the API may say', () => {
  const webhook = webhookSchema.parse({ id: 'a', created_at: 'x', version: 3, enabled: true });
  expect(Object.keys(toWebhookRequest(webhook)).toSorted()).toEqual([
    'description',
    'enabled',
    'environment_types_filter',
    'events',
    'kind',
    'project_names_filter',
    'target_url',
  ]);
});

describe('secretMustBeGiven', () => {
  const stored = { target_url: 'https://example.org/a?x=1', target_secret_set: true };
  test.each([
    ['the same', 'https://example.org/a?x=1', false],
    ['another query', 'https://example.org/a?y=2', false],
    ['no query', 'https://EXAMPLE.org:443/a', false],
    ['another path', 'https://example.org/b?x=1', true],
    ['another host', 'https://example.net/a?x=1', true],
    ['another port', 'https://example.org:8443/a?x=1', true],
    ['another scheme', 'http://example.org/a?x=1', true],
  ])('%s', (_, url, expected) => {
    expect(secretMustBeGiven(stored, url)).toBe(expected);
    expect(secretMustBeGiven({ ...stored, target_secret_set: false }, url)).toBe(false);
  });
});

function whsec(bytes: number): string {
  return `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`;
}

function numbered(count: number, length: number): string[] {
  return Array.from({ length: count }, (_, i) => `${i}-`.padEnd(length, 'x'));
}
