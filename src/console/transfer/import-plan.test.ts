import { expect, test } from 'vitest';

import { toWebhookRequest, type Webhook } from '../../contract/webhook';
import { testWebhook } from '../webhooks/test-webhook';
import { planImport, requestOf } from './import-plan';
import { readWebhookFile, writeWebhookFile } from './webhook-file';

const planOf = (text: string, stored: readonly Webhook[], keepsSecrets = true) =>
  planImport(readWebhookFile(text), stored, { keepsSecrets });

const full = testWebhook('a', {
  version: null,
  kind: 'SOMETHING_NEW',
  description: 'for the tests',
  events: ['DEPLOYMENT_FAILURE', 'SOMETHING_ELSE'],
  environment_types_filter: ['PRODUCTION', 'SANDBOX'],
  project_names_filter: ['product*', 'shop'],
  target_secret_set: true,
});

test('what is exported creates the same elsewhere, but for the secret', () => {
  const text = writeWebhookFile([full]);
  expect(text).not.toMatch(/"(id|version|created_at)"/);
  const [row] = planOf(text, []);
  expect(row).toMatchObject({ outcome: 'create', lacksSecret: true });
  expect(row?.outcome === 'create' && requestOf(row.wanted)).toEqual({
    kind: 'SOMETHING_NEW',
    target_url: full.target_url,
    description: 'for the tests',
    enabled: false,
    events: ['DEPLOYMENT_FAILURE', 'SOMETHING_ELSE'],
    environment_types_filter: ['PRODUCTION', 'SANDBOX'],
    project_names_filter: ['product*', 'shop'],
  });
});

test('what is imported again is left as it is', () => {
  const stored = [full, testWebhook('b')];
  const outcomes = planOf(writeWebhookFile(stored), stored).map(({ outcome }) => outcome);
  expect(outcomes).toEqual(['same', 'same']);
});

test.each<[string, Partial<Webhook>, string[]]>([
  ['description', { description: 'another' }, ['description']],
  ['enabled', { enabled: true }, ['enabled']],
  ['events', { events: ['DEPLOYMENT_FAILURE'] }, ['events']],
  ['their order', { events: full.events.toReversed() }, []],
  ['modes', { environment_types_filter: [] }, ['environment_types_filter']],
  ['patterns', { project_names_filter: ['shop'] }, ['project_names_filter']],
  ['their case', { project_names_filter: ['SHOP', 'Product*'] }, []],
])('tells what would change: %s', (_, change, fields) => {
  const [row] = planOf(writeWebhookFile([full]), [{ ...full, ...change }]);
  expect(row).toMatchObject(
    fields.length === 0 ? { outcome: 'same' } : { outcome: 'change', fields },
  );
});

test('of several with the same URL, each is matched once, and the one that is alike first', () => {
  const one = { ...full, id: '1', description: '1' };
  const two = { ...full, id: '2', description: '2' };
  const rows = planOf(writeWebhookFile([two, one, two]), [one, two]);
  expect(rows).toMatchObject([
    { outcome: 'same', stored: { id: '2' } },
    { outcome: 'same', stored: { id: '1' } },
    { outcome: 'create' },
  ]);
});

test('another URL or kind is another webhook', () => {
  const stored = [{ ...full, kind: 'SLACK' }, testWebhook('x')];
  expect(planOf(writeWebhookFile([full]), stored)).toMatchObject([{ outcome: 'create' }]);
});

test('a secret in the file is set', () => {
  const row = { ...full, target_secret: 'given' };
  expect(planOf(JSON.stringify([row]), [full])).toMatchObject([
    { outcome: 'change', fields: ['target_secret'] },
  ]);
});

test('leaves out what would lose its secret, unless the file has one', () => {
  const stored = [{ ...full, description: 'another' }];
  expect(planOf(writeWebhookFile([full]), stored, false)).toMatchObject([{ outcome: 'secret' }]);
  expect(planOf(writeWebhookFile(stored), stored, false)).toMatchObject([{ outcome: 'same' }]);
  const given = JSON.stringify([{ ...full, target_secret: 'given' }]);
  expect(planOf(given, stored, false)).toMatchObject([{ outcome: 'change' }]);
  // With versions it is the embedded API, which keeps it, whatever became of the question for that.
  const versioned = [{ ...full, version: 1, description: 'another' }];
  expect(planOf(writeWebhookFile([full]), versioned, false)).toMatchObject([{ outcome: 'change' }]);
});

test('an empty secret removes one, and is none where none is stored', () => {
  const text = JSON.stringify([{ ...full, target_secret: '' }]);
  const [removed] = planOf(text, [full], false);
  expect(removed).toMatchObject({ outcome: 'change', fields: ['target_secret'] });
  expect(removed?.outcome === 'change' && requestOf(removed.wanted).target_secret).toBe('');
  const without = { ...full, target_secret_set: false };
  expect(planOf(text, [without])).toMatchObject([{ outcome: 'same' }]);
  const [created] = planOf(text, []);
  expect(created?.outcome === 'create' && requestOf(created.wanted)).not.toHaveProperty(
    'target_secret',
  );
});

test('what an API did not tell is neither in the file nor written back', () => {
  const odd: Webhook = { ...full, enabled: false, events: [], untold: ['events', 'enabled'] };
  expect(writeWebhookFile([odd])).not.toMatch(/"(events|enabled)"/);
  const row = { target_url: full.target_url, kind: full.kind };
  expect(planOf(JSON.stringify([row]), [odd])).toMatchObject([{ outcome: 'same' }]);
  const changed = { ...row, description: 'another', events: ['DEPLOYMENT_FAILURE'] };
  expect(planOf(JSON.stringify([changed]), [odd])).toMatchObject([
    { outcome: 'untold', fields: ['enabled'] },
  ]);
  expect(planOf(JSON.stringify([{ ...changed, enabled: false }]), [odd])).toMatchObject([
    { outcome: 'change', fields: ['description', 'events', 'enabled'] },
  ]);
  const ofNoKind: Webhook = { ...full, kind: 'STANDARD', untold: ['kind'] };
  expect(planOf(writeWebhookFile([full]), [ofNoKind])).toMatchObject([
    { outcome: 'change', fields: ['kind'], wanted: { kind: full.kind } },
  ]);
});

test('one that may have a secret counts as if it had', () => {
  const stored = { ...full, target_secret_set: null };
  const text = JSON.stringify([{ ...full, description: 'another' }]);
  expect(planOf(text, [stored], false)).toMatchObject([{ outcome: 'secret' }]);
  expect(planOf(text, [stored])).toMatchObject([{ outcome: 'change', lacksSecret: false }]);
});

const target_url = 'https://example.org/a';

test.each([null, undefined])('what a row does not say (%s) is no change', (absent) => {
  const row = {
    target_url: ` ${full.target_url}\n`,
    kind: absent,
    target_secret: absent,
    description: absent,
    enabled: absent,
    events: absent,
    project_names_filter: absent,
    environment_types_filter: absent,
  };
  const stored = { ...full, enabled: false };
  expect(planOf(JSON.stringify([row]), [stored], false)).toMatchObject([{ outcome: 'same' }]);
  const [change] = planOf(JSON.stringify([{ ...row, description: 'another' }]), [stored]);
  expect(change).toMatchObject({ outcome: 'change', fields: ['description'] });
  expect(change?.outcome === 'change' && requestOf(change.wanted)).toEqual({
    ...toWebhookRequest(stored),
    description: 'another',
  });
  const [created] = planOf(JSON.stringify([{ ...row, events: ['DEPLOYMENT_FAILURE'] }]), []);
  expect(created?.outcome === 'create' && requestOf(created.wanted)).toEqual({
    kind: 'STANDARD',
    target_url: full.target_url,
    description: '',
    enabled: true,
    events: ['DEPLOYMENT_FAILURE'],
    project_names_filter: [],
    environment_types_filter: [],
  });
});

test('reads patterns as the API does, and keeps a stored URL as it is written there', () => {
  const stored = { ...full, target_url: `${full.target_url} ` };
  const row = { target_url: full.target_url, project_names_filter: [' SHOP ', 'product*'] };
  expect(planOf(JSON.stringify([row]), [stored])).toMatchObject([{ outcome: 'same' }]);
  const [change] = planOf(JSON.stringify([{ ...row, enabled: true }]), [stored]);
  expect(change).toMatchObject({ wanted: { target_url: stored.target_url } });
});

test.each<[string, Partial<Webhook> | null, object, boolean]>([
  ['new', null, { target_secret_set: true }, true],
  ['new, from an API that does not tell', null, { target_secret_set: null }, true],
  ['new, never had one', null, { target_secret_set: false }, false],
  ['new, with one', null, { target_secret_set: true, target_secret: 'given' }, false],
  ['changed, none stored', { target_secret_set: false }, { target_secret_set: true }, true],
  ['changed, one stored', { target_secret_set: true }, { target_secret_set: true }, false],
])('tells whether a secret is missing: %s', (_, stored, row, lacksSecret) => {
  const text = JSON.stringify([{ target_url, events: [], description: 'x', ...row }]);
  const known = stored ? [testWebhook('a', stored)] : [];
  expect(planOf(text, known)).toMatchObject([{ lacksSecret }]);
});

test('takes an API’s answer and a plain list, and says what is wrong with a row', () => {
  const rows = [
    { target_url, events: ['DEPLOYMENT_FAILURE'], enabled: null },
    { target_url },
    { target_url, events: [1] },
    { target_url, events: 'all' },
    { target_url: 1, events: [] },
    'a text',
  ];
  const expected = [
    { outcome: 'create', wanted: { kind: 'STANDARD', enabled: true, description: '' } },
    { outcome: 'unreadable', problem: 'Events: They are missing.' },
    { outcome: 'unreadable', problem: 'Events, 1: Must be text.' },
    { outcome: 'unreadable', problem: 'Events: Must be a list.' },
    { outcome: 'unreadable', problem: 'URL: It is missing, or no text.' },
    { outcome: 'unreadable', problem: 'It is no webhook.' },
  ];
  expect(planOf(JSON.stringify({ results: rows }), [])).toMatchObject(expected);
  expect(planOf(`\uFEFF${JSON.stringify(rows)}`, [])).toMatchObject(expected);
});

test.each([
  ['ftp://example.org', 'URL: The URL must start with http:// or https://.'],
  ['example.org/a', 'URL: The URL must start with http:// or https://.'],
  ['https://a:b@example.org', expect.stringMatching(/^URL: .* user name or password/)],
  ['https://', 'URL: This is not a valid URL.'],
  [' ', 'URL: Enter the URL that deployment events are sent to.'],
  ['https://example.org/\0', 'URL: Must not contain the character U+0000.'],
])(
  'a new webhook of the URL %j cannot be read; one that is stored is what it is',
  (url, problem) => {
    const text = JSON.stringify([{ target_url: url, events: ['DEPLOYMENT_FAILURE'] }]);
    expect(planOf(text, [])).toMatchObject([{ outcome: 'unreadable', problem }]);
    const stored = testWebhook('a', { target_url: url, events: ['DEPLOYMENT_FAILURE'] });
    expect(planOf(text, [stored])).toMatchObject([{ outcome: 'same' }]);
  },
);

test('a new one tells which row is for the same URL and kind: one that is stored, or one before it', () => {
  const events = ['DEPLOYMENT_FAILURE'];
  const one = { target_url, events };
  const slack = { ...one, kind: 'SLACK' };
  const again = { ...one, kind: 'STANDARD', description: 'again' };
  const rows = JSON.stringify([slack, one, again, { ...slack, target_url: 'ftp://a' }, again]);
  expect(planOf(rows, []).map((row) => row.outcome === 'create' && row.twin)).toEqual([
    undefined,
    undefined,
    1,
    false,
    1,
  ]);
  const stored = testWebhook('a', { target_url, events, description: 'again' });
  expect(
    planOf(JSON.stringify([{ ...again, description: 'other' }, again]), [stored]),
  ).toMatchObject([{ outcome: 'create', twin: 1 }, { outcome: 'same' }]);
});

test('names the members that are not taken, but not those that only an API says', () => {
  const answer = { ...full, warnings: [], organization: 'o', foo: null };
  const { untold: _, ...row } = answer;
  const rows = [row, { ...row, target_url: 1 }, { ...full, untold: undefined }, ['text']];
  expect(planOf(JSON.stringify(rows), [full])).toMatchObject([
    { outcome: 'same', notTaken: ['organization', 'foo'] },
    { outcome: 'unreadable', notTaken: ['organization', 'foo'] },
    { outcome: 'create', notTaken: [] },
    { outcome: 'unreadable', notTaken: [] },
  ]);
});

test.each([
  ['', 'is no JSON, or is broken'],
  ['[{"target_url": "https://exa', 'is no JSON, or is broken'],
  ['"text"', 'has no list of webhooks'],
  ['{}', 'has no list of webhooks'],
  ['{"results": 1}', 'has no list of webhooks'],
])('%j is no file of webhooks', (text, problem) => {
  expect(() => readWebhookFile(text)).toThrow(problem);
});
