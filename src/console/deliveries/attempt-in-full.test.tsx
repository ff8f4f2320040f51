import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';

import { webhookEventDetailSchema } from '../../contract/webhook-event';
import { AttemptInFull } from './attempt-in-full';

test.each([
  ['with', { 'content-type': 'application/json' }, 1],
  // Not tried yet, or told by an API that keeps none: the command would lack them.
  ['without', null, 0],
])('what was sent %s headers known', (_, request_headers, commands) => {
  const attempt = webhookEventDetailSchema.parse({
    id: 'a',
    created_at: '2026-01-01T00:00:00Z',
    target_url_used: 'https://example.org/hook',
    request_headers,
    request_body: '{}',
  });
  const { unmount } = render(<AttemptInFull attempt={attempt} />);
  expect(screen.queryAllByRole('button', { name: 'Copy as curl' })).toHaveLength(commands);
  unmount();
});
