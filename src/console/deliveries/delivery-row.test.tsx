import { cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router-dom';
import { afterEach, expect, test } from 'vitest';

import { webhookEventSchema } from '../../contract/webhook-event';
import { DeliveryRow } from './delivery-row';

afterEach(cleanup);

const event = webhookEventSchema.parse({
  id: 'a',
  created_at: '2026-01-01T00:00:00Z',
  target_response_status_code: 503,
});

test.each([
  ['one that waited', 0, 'No longer waiting'],
  ['one that was tried is too old', 1, 'No longer in the log'],
  ['the API told of no attempts', null, 'No longer in the log'],
])('a row that is gone from the log: %s', (_, attempt, words) => {
  const row = { id: event.id, event: { ...event, attempt }, isGone: true };
  render(
    <MemoryRouter>
      <DeliveryRow row={row} search="" namesWebhook={false} />
    </MemoryRouter>,
  );
  expect(screen.getAllByRole('cell')[1]?.textContent).toBe(words);
  expect(screen.getByRole('link').getAttribute('aria-label')).toContain(words);
});
