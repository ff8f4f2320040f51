import { expect, it } from 'vitest';

import { webhookEventListSchema, webhookEventSchema } from './webhook-event';

const members = Object.keys(webhookEventSchema.parse({ id: 'a' })).filter((name) => name !== 'id');
const allAre = (value: unknown) => Object.fromEntries(members.map((name) => [name, value]));

it.each([
  ['missing', {}],
  ['null', allAre(null)],
  ['of no type that it has', allAre([{}])],
])('reads a row of which all but the id is %s', (_, rest) => {
  expect(webhookEventListSchema.parse({ results: [{ id: 'a', ...rest }] })).toEqual({
    results: [expect.objectContaining({ id: 'a', created_at: '', request: {} })],
    unreadable: 0,
  });
});

it('reads a request that is a text, and counts what has no id', () => {
  const { results, unreadable } = webhookEventListSchema.parse({
    results: [{ id: 'a', request: '<xml>' }, { created_at: '2026-01-01T00:00:00Z' }, null],
  });
  expect(results).toMatchObject([{ request: '<xml>', target_response_status_code: null }]);
  expect(unreadable).toBe(2);
});
