import { expect, test } from 'vitest';

import type { Webhook } from '../../contract/webhook';
import { testWebhook } from './test-webhook';
import { initialValues, webhookResolver, type WebhookFormValues } from './webhook-form-values';

/** Which fields stop a form over `stored` from being saved. */
async function stopped(
  stored: Webhook,
  change: Partial<WebhookFormValues> = {},
  keepsSecret = true,
): Promise<string[]> {
  const values = { ...initialValues(stored), ...change };
  const options = { fields: {}, shouldUseNativeValidation: undefined };
  const { errors } = await webhookResolver(stored, keepsSecret)(values, undefined, options);
  return Object.keys(errors);
}

const odd = testWebhook('a', {
  kind: 'TEAMS',
  target_url: 'https://user:password@example.org/a',
  description: 'x'.repeat(1001),
  events: [],
  project_names_filter: Array.from({ length: 101 }, (_, index) => `project-${index}`),
});

test('what another API has taken against our rules survives an edit', async () => {
  expect(await stopped(odd, { enabled: true })).toEqual([]);
});

test('nor does what stands for what was not told', async () => {
  expect(await stopped({ ...odd, untold: ['events'] })).toEqual(['events']);
});

test.each<[string, Partial<WebhookFormValues>]>([
  ['target_url', { target_url: 'https://user:other@example.org/a' }],
  ['description', { description: 'y'.repeat(1001) }],
  ['kind', { kind: 'OTHER' }],
  ['events', { events: ['SOMETHING'] }],
  ['project_names_filter', { project_names_filter: odd.project_names_filter.concat('one more') }],
])('but not what is new of it: %s', async (field, change) => {
  expect(await stopped(odd, change)).toEqual([field]);
});

test('a secret that is given again may be against our rules, a new one not', async () => {
  const stored = testWebhook('a', { version: null, target_secret_set: true });
  const given = { target_secret: { action: 'set', value: 'Straße' } } as const;
  expect(await stopped(stored, given, false)).toEqual([]);
  expect(await stopped(stored, given)).toEqual(['target_secret']);
  expect(await stopped(stored, {}, false)).toEqual(['target_secret']);
});
