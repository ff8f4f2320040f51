import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';

import { SlackDrawing } from './slack-drawing';

afterEach(cleanup);

const draw = (blocks: object[]) =>
  render(<SlackDrawing body={JSON.stringify({ text: '', blocks })} postedAt={0} />).container;

// Our messages have none of these: a later version's may.
test('says what it does not draw, and draws the rest', () => {
  const container = draw([
    { type: 'actions', elements: [{ type: 'button' }] },
    { type: 'divider' },
    { type: 'context', elements: [{ type: 'image', image_url: 'x' }] },
    { type: 'section', text: { type: 'mrkdwn', text: '<https://example.org|here> ~old~ _new_' } },
  ]);
  expect(container.textContent).toContain('A block of the type “actions” is not drawn here.');
  expect(container.textContent).toContain('“image” is not drawn here.');
  expect(container.querySelectorAll('hr')).toHaveLength(1);
  expect(container.querySelector('s')?.textContent).toBe('old');
  expect(container.querySelector('em')?.textContent).toBe('new');
  expect(screen.getByText('here')).toBeDefined();
  expect(container.querySelectorAll('a, img')).toHaveLength(0);
});

test('stops where it becomes too much, and says so', () => {
  const section = { type: 'section', text: { type: 'mrkdwn', text: 'one of many' } };
  const container = draw(Array.from({ length: 50 }, () => section));
  expect(screen.getAllByText('one of many')).toHaveLength(8);
  expect(container.textContent).toContain('42 more blocks are not drawn here.');
});
