import { render, screen } from '@testing-library/react';
import { Trash2 } from 'lucide-react';
import { expect, test } from 'vitest';

import { IconButton } from './button';

test('an icon that is off keeps its size and its place', () => {
  render(<IconButton icon={Trash2} label="Delete" off="Not now" className="col-start-4 size-8!" />);
  const button = screen.getByRole('button', { name: 'Delete' });
  expect([...button.classList]).toEqual(expect.arrayContaining(['col-start-4', 'size-8!']));
});
