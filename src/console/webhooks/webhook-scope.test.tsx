import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';

import { webhookSchema } from '../../contract/webhook';
import { WebhookScope } from './webhook-scope';

afterEach(cleanup);

const stands = 'text-warning';
const events = ['DEPLOYMENT_STARTED', 'DEPLOYMENT_FAILURE'];

test.each([
  ['All projects, all environments', { events }],
  ['No events: nothing is sent', { events: [] }],
  ['No events: nothing is sent', { events: [], environment_types_filter: ['STAGING'] }],
])('what stands out: %s', (words, members) => {
  const answer = { id: 'a', created_at: '2026-01-01T00:00:00Z', ...members };
  const { container } = render(<WebhookScope webhook={webhookSchema.parse(answer)} />);
  expect(screen.getByText(words).className).toContain(stands);
  expect(container.getElementsByClassName(stands)).toHaveLength(1);
  expect(container.textContent).not.toContain('0 of');
});

test.each([
  ['All environments\u00a0· shop', { project_names_filter: ['shop'] }],
  ['sandbox\u00a0· all projects', { environment_types_filter: ['sandbox'] }],
])('what begins a line has a capital, unless it is a name: %s', (words, members) => {
  const answer = { id: 'a', created_at: '2026-01-01T00:00:00Z', events: [], ...members };
  const { container } = render(<WebhookScope webhook={webhookSchema.parse(answer)} />);
  expect(container.querySelector('p')?.textContent).toBe(words);
});

test('events that are not told are not none', () => {
  const answer = { id: 'a', created_at: '2026-01-01T00:00:00Z', environment_types_filter: ['X'] };
  const { container } = render(<WebhookScope webhook={webhookSchema.parse(answer)} />);
  expect(container.textContent).toBe('Events not told\u00a0· X\u00a0· all projects');
});
