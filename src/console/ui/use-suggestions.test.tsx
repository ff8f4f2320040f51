import { act, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';

import { useSuggestions } from './use-suggestions';

type Key = Parameters<ReturnType<typeof useSuggestions>['onKeyDown']>[0];

test('the active one stays it when others come after it', () => {
  const { result, rerender } = renderHook(
    ({ suggestions }) =>
      useSuggestions({ suggestions, taken: [], typed: '', onTake: () => undefined }),
    { initialProps: { suggestions: ['a', 'b'] } },
  );
  const press = (key: string) =>
    act(() => result.current.onKeyDown({ key, preventDefault: () => undefined } as Key));
  const active = () => result.current.shown[result.current.active];
  press('ArrowUp');
  expect(active()).toBe('b');
  rerender({ suggestions: ['a', 'b', 'c'] });
  expect(active()).toBe('b');
  press('ArrowDown');
  expect(active()).toBe('c');
});
