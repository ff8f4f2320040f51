import { useSyncExternalStore } from 'react';

const key = 'single-key-shortcuts';
const listeners = new Set<() => void>();
let on = stored();

function stored(): boolean {
  try {
    return localStorage.getItem(key) !== 'off';
  } catch {
    return true;
  }
}

/** Whether single keys do something; who speaks to the computer may not want that (WCAG 2.1.4). */
export const singleKeys = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  areOn: (): boolean => on,
  /** Remembers it; where the browser keeps nothing, it lasts until a reload. */
  switch(wanted: boolean): void {
    on = wanted;
    try {
      if (wanted) localStorage.removeItem(key);
      else localStorage.setItem(key, 'off');
    } catch {
      // Storage is switched off.
    }
    for (const listener of listeners) listener();
  },
};

/**
 * The value of `aria-keyshortcuts` for a control that a single key leads to, by which that key finds
 * it: pressing the key clicks a link or a button, and focuses a field.
 */
export function useSingleKey(letter: string): { 'aria-keyshortcuts'?: string } {
  const areOn = useSyncExternalStore(singleKeys.subscribe, singleKeys.areOn);
  return areOn ? { 'aria-keyshortcuts': letter } : {};
}
