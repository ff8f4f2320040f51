import { useEffect } from 'react';

import { openDialogs } from '../ui/open-dialogs';
import { singleKeys } from './single-keys';

/** Where a key is text, or finds an option by its first letter. */
const takesText =
  'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable], ' +
  '[role="textbox"], [role="combobox"], [role="listbox"], [role="menu"]';

/** `n` and `/` lead to the control that names them (`useSingleKey`), `?` to the list of all keys. */
export function useSingleKeys(showAll: () => void): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (!isMeant(event)) return;
      const control =
        event.key === 'n' || event.key === '/'
          ? document.querySelector<HTMLElement>(`[aria-keyshortcuts="${event.key}"]`)
          : null;
      if (event.key !== '?' && !control) return;
      event.preventDefault();
      if (control instanceof HTMLInputElement) control.select();
      if (control instanceof HTMLInputElement) control.focus();
      else if (control) control.click();
      else showAll();
    }
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [showAll]);
}

/** Shift is part of some of these characters; any other modifier makes it somebody else's key. */
function isMeant(event: KeyboardEvent): boolean {
  if (!singleKeys.areOn() || openDialogs.top() !== null) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.shiftKey && /^[a-z]$/.test(event.key)) return false;
  if (event.defaultPrevented || event.isComposing || event.repeat) return false;
  return !(event.target instanceof Element && event.target.closest(takesText));
}
