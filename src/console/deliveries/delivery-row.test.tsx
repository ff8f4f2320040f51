import { cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router-dom';
import { afterEach, expect, test } from 'vitest';

import { webhookEventSchema } from '../../contract/webhook-event';
import { DeliveryColumnHeaders, DeliveryRow } from './delivery-row';

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
      <DeliveryRow row={row} search="" namesWebhook={false} hasPlaces tellsAttempts />
    </MemoryRouter>,
  );
  expect(screen.getAllByRole('cell')[1]?.textContent).toBe(words);
  expect(screen.getByRole('link').getAttribute('aria-label')).toContain(words);
});

test('a row of which nothing is told but that it is there', () => {
  const row = { id: 'b', event: webhookEventSchema.parse({ id: 'b' }), isGone: false };
  render(
    <MemoryRouter>
      <DeliveryRow row={row} search="" namesWebhook={false} hasPlaces tellsAttempts={false} />
    </MemoryRouter>,
  );
  expect(screen.getByRole('link').getAttribute('aria-label')).toBe(
    'Event not told, Place not told, not told',
  );
  const texts = screen.getAllByRole('cell').map(({ textContent }) => textContent);
  expect(texts).toEqual(['Event not toldPlace not told', 'Result not told', 'Time not told']);
});

test.each([
  [true, ['Event and place', 'Result', 'Attempt', 'Took', 'Time']],
  [false, ['Event and place', 'Result', 'Time']],
])('the columns, where the API tells of attempts: %s', (tellsAttempts, names) => {
  render(<DeliveryColumnHeaders tellsAttempts={tellsAttempts} />);
  expect(screen.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual(names);
});
