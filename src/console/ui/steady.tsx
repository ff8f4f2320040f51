import { useState, useSyncExternalStore, type ReactNode } from 'react';

import { pointerPress } from './pointer-press';

/**
 * Gives a value as it was when a pointer was pressed, until its click has come: what leaving a field
 * has to say must not move what is being clicked. By keyboard it comes at once.
 */
export function useSteady<T>(value: T): T {
  const isPressed = useSyncExternalStore(pointerPress.subscribe, pointerPress.isOn);
  const [steady, setSteady] = useState(value);
  if (!isPressed && !Object.is(steady, value)) setSteady(() => value);
  return isPressed ? steady : value;
}

/** Keeps what it holds as it is while a pointer is pressed. */
export function Steady({ children }: { children: ReactNode }) {
  return useSteady(children);
}
