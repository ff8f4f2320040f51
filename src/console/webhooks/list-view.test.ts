import { describe, expect, it } from 'vitest';

import { webhookSchema, type Webhook } from '../../contract/webhook';
import { webhookHealthSchema, type WebhookHealth } from '../../contract/webhook-health';
import {
  filterWebhooks,
  isFiltered,
  readListView,
  sortWebhooks,
  unfiltered,
  writeListView,
  type ListView,
} from './list-view';

const whole: ListView = { q: '', kind: null, state: null, health: null, sort: 'newest' };

function webhook(id: string, change: Partial<Webhook> = {}): Webhook {
  const read = webhookSchema.parse({ id, created_at: `2026-01-0${id}T00:00:00Z` });
  return { ...read, target_url: `https://example.org/${id}`, enabled: true, ...change };
}

function health(webhook_id: string, last: number[], succeeded_24h = 0, failed_24h = 0) {
  return webhookHealthSchema.parse({ webhook_id, last, succeeded_24h, failed_24h });
}

const byId = (...rows: WebhookHealth[]) => new Map(rows.map((row) => [row.webhook_id, row]));
const ids = (rows: Webhook[]) => rows.map(({ id }) => id).join(' ');

describe('the address', () => {
  it.each<[string, Partial<ListView>]>([
    ['', {}],
    ['q=foo%20bar', { q: 'foo bar' }],
    ['q=a&q=b', { q: 'a' }],
    [
      'kind=SLACK&state=disabled&health=none&sort=url',
      { kind: 'SLACK', state: 'disabled', health: 'none', sort: 'url' },
    ],
    ['kind=slack&state=on&health=ill&sort=upwards', {}],
    ['kind=&state=&health=&sort=', {}],
    ['kind=constructor&sort=__proto__', {}],
  ])('%s is read', (params, view) => {
    expect(readListView(new URLSearchParams(params))).toEqual({ ...whole, ...view });
  });

  it.each<[string, Partial<ListView>, string]>([
    ['', { q: 'a b' }, 'q=a+b'],
    ['', { q: ' ' }, 'q=+'],
    ['q=a&sort=url', { q: '' }, 'sort=url'],
    ['sort=url', { sort: 'newest' }, ''],
    ['state=enabled', { state: null, kind: 'SLACK' }, 'kind=SLACK'],
    ['other=1&q=a&kind=SLACK&state=enabled&health=none&sort=url', unfiltered, 'other=1&sort=url'],
    ['q=a', {}, 'q=a'],
  ])('%s is changed', (params, change, expected) => {
    expect(writeListView(new URLSearchParams(params), change).toString()).toBe(expected);
  });

  it('may leave something out, or not', () => {
    expect(isFiltered({ ...whole, sort: 'url' })).toBe(false);
    expect(isFiltered({ ...whole, q: '  ' })).toBe(false);
    for (const change of [{ q: 'a' }, { kind: 'SLACK' }, { state: 'enabled' }, { health: 'none' }])
      expect(isFiltered({ ...whole, ...change } as ListView)).toBe(true);
  });
});

describe('what is found', () => {
  const secret = 'https://hooks.slack.com/services/T0123/B0123/abcdefghwxyz';
  const rows = [
    webhook('1', { description: 'Straße und Ärger', enabled: false }),
    webhook('2', { target_url: secret, kind: 'SLACK', description: 'On call' }),
    webhook('3', { project_names_filter: ['api', 'Checkout*'] }),
    webhook('4', { target_url: 'http://example.org/Path?q=a b' }),
  ];

  it.each<[string, string]>([
    ['', '1 2 3 4'],
    ['   ', '1 2 3 4'],
    ['EXAMPLE.ORG', '1 3 4'],
    ['ärger', '1'],
    ['stra\u017f', ''],
    ['\u212aall', ''],
    ['checkout*', '3'],
    ['checkOUT', '3'],
    ['org call', ''],
    ['slack call', '2'],
    ['call slack', '2'],
    ['wxyz', '2'],
    ['…wxyz', '2'],
    [secret, '2'],
    [`  ${secret}  `, '2'],
    [secret.slice(0, -6), '2'],
    ['abcdefgh', ''],
    ['B0123', ''],
    ['http://example.org/path?q=a b', '4'],
    ['org/1\nstraße', '1'],
    ['.*', ''],
  ])('by %j', (q, expected) => {
    expect(ids(filterWebhooks(rows, { ...whole, q }, null))).toBe(expected);
  });

  it('folds case as filters do', () => {
    const kelvin = webhook('1', { description: 'In \u212aelvin, ΣΑΣ' });
    for (const q of ['kelvin', 'KELVIN', 'σας', 'σασ']) {
      expect(ids(filterWebhooks([kelvin], { ...whole, q }, null))).toBe('1');
    }
  });

  it.each<[Partial<ListView>, string]>([
    [{ kind: 'SLACK' }, '2'],
    [{ kind: 'STANDARD' }, '1 3 4'],
    [{ state: 'enabled' }, '2 3 4'],
    [{ state: 'disabled' }, '1'],
    [{ health: 'failing' }, '1 2'],
    [{ health: 'healthy' }, '3'],
    [{ health: 'none' }, '4'],
    [{ kind: 'STANDARD', health: 'failing', q: 'example' }, '1'],
    [{ kind: 'SLACK', state: 'disabled' }, ''],
  ])('by %j', (change, expected) => {
    const known = byId(health('1', [200, 503]), health('2', [0]), health('3', [500, 204]));
    expect(ids(filterWebhooks(rows, { ...whole, ...change }, known))).toBe(expected);
  });

  it('is not filtered by health that is not known', () => {
    expect(ids(filterWebhooks(rows, { ...whole, health: 'failing' }, null))).toBe('1 2 3 4');
  });
});

describe('the order', () => {
  it('is that of creation, the newest first', () => {
    const same = { created_at: '2026-01-02T00:00:00Z' };
    const rows = [webhook('1'), webhook('2'), webhook('3', same), webhook('4')];
    expect(ids(sortWebhooks(rows, 'newest', null))).toBe('4 3 2 1');
    expect(ids(sortWebhooks(rows.toReversed(), 'newest', null))).toBe('4 3 2 1');
    expect(ids(sortWebhooks(rows, 'health', null))).toBe('4 3 2 1');
  });

  it('is that of URLs as they are shown, whatever their protocol and case', () => {
    const rows = [
      webhook('1', { target_url: 'https://b.org' }),
      webhook('2', { target_url: 'http://C.org' }),
      webhook('3', { target_url: 'http://a.org' }),
      webhook('4', { target_url: 'https://a.org' }),
      webhook('5', { target_url: 'https://hooks.slack.com/services/T/B/x', kind: 'SLACK' }),
    ];
    expect(ids(sortWebhooks(rows, 'url', null))).toBe('4 3 1 2 5');
  });

  it('is that of the last changes', () => {
    const rows = [
      webhook('1', { updated_at: '2026-03-01T00:00:00Z' }),
      webhook('2', { updated_at: null }),
      webhook('3', { updated_at: '2026-02-01T00:00:00Z' }),
    ];
    expect(ids(sortWebhooks(rows, 'updated', null))).toBe('1 3 2');
  });

  it('has the worst health first', () => {
    const rows = ['1', '2', '3', '4', '5', '6', '7'].map((id) => webhook(id));
    const known = byId(
      health('1', [200], 10),
      health('2', [503], 9, 1),
      health('4', [0], 1, 9),
      health('5', [200], 9, 1),
      health('6', []),
      health('7', [500, 200]),
    );
    expect(ids(sortWebhooks(rows, 'health', known))).toBe('4 2 7 5 1 6 3');
  });
});
