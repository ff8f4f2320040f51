import { expect, it } from 'vitest';

import { webhookHealthListSchema } from './webhook-health';

const row = {
  webhook_id: 'w',
  last: [200, 0, 503],
  succeeded_24h: 1,
  failed_24h: 2,
  last_failure: { at: '2026-01-31T12:00:00.000Z', status: 503, error: 'answered 503' },
};

it('reads what an API says, older or newer than we are', () => {
  const newer = { ...row, trend: 'up', last_failure: { ...row.last_failure, since: 'x' } };
  const older = { webhook_id: 'w' };
  expect(webhookHealthListSchema.parse({ results: [row, newer, older, { last: [] }] })).toEqual({
    results: [
      row,
      row,
      { webhook_id: 'w', last: [], succeeded_24h: 0, failed_24h: 0, last_failure: null },
    ],
    unreadable: 1,
  });
});
