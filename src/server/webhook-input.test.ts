import { describe, expect, it } from 'vitest';

import { webhooksPath } from '../contract/api-paths';
import { createTestServer, organizationId } from './test-server';

const valid = {
  kind: 'STANDARD',
  target_url: 'https://example.org/hook',
  events: ['DEPLOYMENT_STARTED'],
};
const list = webhooksPath(organizationId);
const url = (length: number) => `https://example.org/${'x'.repeat(length - 20)}`;
const whsec = (bytes: number) => `whsec_${Buffer.alloc(bytes, 1).toString('base64')}`;
const patterns = (count: number) => Array.from({ length: count }, (_, i) => `project ${i}`);

describe('taken, and given back as expected', () => {
  it.each<[string, object, object?]>([
    ['a URL of 2,048 characters', { target_url: url(2048) }],
    ['a URL with spaces around', { target_url: `  ${valid.target_url}\n` }, valid],
    ['a plain http URL', { target_url: 'http://example.org' }],
    ['a scheme in capitals', { target_url: 'HTTPS://example.org' }],
    ['a description of 1,000 characters', { description: '👋'.repeat(1000) }],
    ['HTML, emoji, right-to-left text', { description: '<script>x</script> 👩‍👩‍👧 ‮שלום‬ ' }],
    ['spaces around a description', { description: '  x  ' }],
    ['100 patterns', { project_names_filter: patterns(100) }],
    ['a pattern of 250 characters', { project_names_filter: ['é'.repeat(250)] }],
    [
      'patterns that say the same',
      { project_names_filter: [' API ', 'api', 'ſ*', 'S*', 'x'] },
      { project_names_filter: ['API', 'ſ*', 'x'] },
    ],
    [
      '101 patterns of which two are the same',
      { project_names_filter: [...patterns(100), 'PROJECT 0'] },
      { project_names_filter: patterns(100) },
    ],
    [
      'events and modes twice',
      {
        events: ['DEPLOYMENT_STARTED', 'DEPLOYMENT_STARTED'],
        environment_types_filter: ['PREVIEW', 'PREVIEW'],
      },
      { events: ['DEPLOYMENT_STARTED'], environment_types_filter: ['PREVIEW'] },
    ],
    [
      'null for what is optional',
      {
        description: null,
        target_secret: null,
        enabled: null,
        project_names_filter: null,
        environment_types_filter: null,
      },
      { description: '', target_secret_set: false, enabled: true, project_names_filter: [] },
    ],
    ['unknown members', { id: 'x', version: 7, of: { the: ['future'] } }, valid],
    ['a secret of 1 character', { target_secret: '~' }, { target_secret_set: true }],
    ['a secret of 256', { target_secret: 'a b'.padEnd(256, 'c') }, { target_secret_set: true }],
    ['whsec_ of 24 bytes', { target_secret: whsec(24) }, { target_secret_set: true }],
    ['whsec_ of 64 bytes', { target_secret: whsec(64) }, { target_secret_set: true }],
    ['an empty secret', { target_secret: '' }, { target_secret_set: false }],
  ])('%s', async (_, members, expected = members) => {
    const { call } = await createTestServer();
    const { status, body } = await call('POST', list, { body: { ...valid, ...members } });
    expect({ status, body }).toMatchObject({ status: 201, body: expected });
  });
});

describe('refused at its place, in words', () => {
  it.each<[string, object, string, RegExp]>([
    ['no URL', { target_url: undefined }, '/target_url', /Enter the URL/],
    ['an empty URL', { target_url: ' ' }, '/target_url', /Enter the URL/],
    ['a URL that is a number', { target_url: 5 }, '/target_url', /text/],
    ['a URL of 2,049', { target_url: url(2049) }, '/target_url', /longer than 2,048/],
    ['another scheme', { target_url: 'ftp://example.org' }, '/target_url', /start with http/],
    ['no scheme', { target_url: 'example.org' }, '/target_url', /start with http/],
    ['credentials', { target_url: 'https://u:p@example.org' }, '/target_url', /user name/],
    ['no host', { target_url: 'https://' }, '/target_url', /valid URL/],
    ['a port that is none', { target_url: 'https://a:99999' }, '/target_url', /valid URL/],
    ['a description of 1,001', { description: 'x'.repeat(1001) }, '/description', /1,000/],
    ['a description that is a list', { description: [] }, '/description', /text/],
    ['no kind', { kind: undefined }, '/kind', /STANDARD, SLACK/],
    ['an unknown kind', { kind: 'TEAMS' }, '/kind', /STANDARD, SLACK/],
    ['no events', { events: undefined }, '/events', /list/],
    ['an empty list of events', { events: [] }, '/events', /at least one/],
    ['an unknown event', { events: ['DEPLOYMENT_STARTED', 'X'] }, '/events/1', /DEPLOYMENT_/],
    ['enabled as text', { enabled: 'yes' }, '/enabled', /true or false/],
    [
      '101 patterns',
      { project_names_filter: patterns(101) },
      '/project_names_filter',
      /at most 100/,
    ],
    ['an empty pattern', { project_names_filter: ['a', ' '] }, '/project_names_filter/1', /empty/],
    [
      'a pattern of 251',
      { project_names_filter: ['x'.repeat(251)] },
      '/project_names_filter/0',
      /250/,
    ],
    ['a pattern for a list', { project_names_filter: 'a*' }, '/project_names_filter', /list/],
    [
      'an unknown mode',
      { environment_types_filter: ['QA'] },
      '/environment_types_filter/0',
      /PRODUCTION/,
    ],
    ['U+0000 in a text', { description: 'a\u0000b' }, '/description', /U\+0000/],
    ['half a character', { target_url: 'https://a/\ud800' }, '/target_url', /surrogate/],
    ['U+0000 in an unknown member', { x: { y: ['\u0000'] } }, '/x/y/0', /U\+0000/],
    ['U+0000 in a name', { 'a\u0000': 1 }, '', /name is not usable/],
    ['a secret of 257', { target_secret: 'x'.repeat(257) }, '/target_secret', /256/],
    ['a space before a secret', { target_secret: ' x' }, '/target_secret', /space/],
    ['a secret that is a space', { target_secret: ' ' }, '/target_secret', /space/],
    ['an umlaut in a secret', { target_secret: 'ä' }, '/target_secret', /ASCII/],
    ['a line break in a secret', { target_secret: 'a\nb' }, '/target_secret', /ASCII/],
    ['whsec_ of 23 bytes', { target_secret: whsec(23) }, '/target_secret', /24 to 64/],
    ['whsec_ of 65 bytes', { target_secret: whsec(65) }, '/target_secret', /24 to 64/],
    ['whsec_ without base64', { target_secret: 'whsec_%%%' }, '/target_secret', /base64/],
  ])('%s', async (_, members, pointer, message) => {
    const { call, logLines } = await createTestServer();
    const answer = await call('POST', list, { body: { ...valid, ...members } });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ title: 'Bad Request', status: 400 });
    expect(answer.body.errors).toContainEqual({
      pointer,
      message: expect.stringMatching(message),
    });
    if ('target_secret' in members && String(members.target_secret).length > 3) {
      expect(answer.text + logLines.join('')).not.toContain(members.target_secret);
    }
    expect((await call('GET', list)).body).toEqual({ results: [] });
  });

  it('every place at once, but not a hundred thousand', async () => {
    const { call } = await createTestServer();
    const several = await call('POST', list, { body: { events: ['X'], enabled: 1 } });
    const pointers = (several.body.errors as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(pointers.toSorted()).toEqual(['/enabled', '/events/0', '/kind', '/target_url']);
    const many = await call('POST', list, { body: { ...valid, events: Array(150).fill(1) } });
    expect(many.status).toBe(400);
    expect(many.body.errors).toHaveLength(100);
    const endless = await call('POST', list, { body: { ...valid, events: Array(60_000).fill(1) } });
    expect(endless.body.errors).toEqual([
      { pointer: '/events', message: 'At most 1,000 are taken.' },
    ]);
  });
});
