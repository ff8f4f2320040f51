import { expect, test } from 'vitest';

import type { Webhook } from '../../contract/webhook';
import { isAsSeen } from './is-as-seen';
import { testWebhook } from './test-webhook';

const at = '2026-01-01T00:00:00Z';
const seen = testWebhook('a', {
  version: null,
  updated_at: at,
  events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STARTED'],
});
const withSecret = { ...seen, target_secret_set: true };

test.each<[string, Partial<Webhook>, boolean]>([
  ['the same', {}, true],
  ['the events in another order', { events: seen.events.toReversed() }, true],
  ['saved again as it was', { updated_at: '2026-01-02T00:00:00Z' }, true],
  ['another description', { description: 'theirs' }, false],
  ['switched', { enabled: !seen.enabled }, false],
  ['a filter more', { environment_types_filter: ['PRODUCTION'] }, false],
  ['a secret was set', { target_secret_set: true }, false],
])('%s', (_, theirs, expected) => {
  expect(isAsSeen({ ...seen, ...theirs }, seen)).toBe(expected);
});

test.each<[string, string | null, boolean]>([
  ['at another time', '2026-01-01T00:00:05Z', false],
  ['at the same time, rounded', '2026-01-01T00:00:00.250Z', true],
  ['at a time that cannot be read', 'yesterday', false],
  ['at no time', null, true],
])('with a secret, which may have been replaced: saved %s', (_, updated_at, expected) => {
  expect(isAsSeen({ ...withSecret, updated_at }, withSecret)).toBe(expected);
  expect(isAsSeen({ ...withSecret, updated_at: at }, { ...withSecret, updated_at: null })).toBe(
    false,
  );
});
