import { useEffect, useLayoutEffect, useRef, type FocusEvent, type RefObject } from 'react';

import { rescueFocus } from './open-dialogs';
import { holdToasts, type ShownToast } from './toast-store';

/**
 * The focus at the toasts: F6 leads to the newest, and back. While it is there none of them goes, and
 * if the one that has it goes, it moves on to the next or back to where it came from.
 */
export function useToastFocus(
  region: RefObject<HTMLElement | null>,
  toasts: readonly ShownToast[],
) {
  const origin = useRef<HTMLElement | null>(null);
  const inside = useRef(false);

  function enter() {
    const newest = region.current?.querySelector('li:last-child');
    newest?.querySelector<HTMLElement>('button')?.focus();
  }

  function letGo() {
    inside.current = false;
    holdToasts('focus', false);
  }

  function leave() {
    letGo();
    if (origin.current?.isConnected) origin.current.focus({ preventScroll: true });
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    rescueFocus();
  }

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const modified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
      if (event.key !== 'F6' || modified || event.defaultPrevented || toasts.length === 0) return;
      event.preventDefault();
      if (region.current?.contains(document.activeElement)) leave();
      else enter();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });

  useLayoutEffect(() => {
    // Nothing tells that what had the focus was taken away: then the page itself has it.
    if (!inside.current || document.activeElement !== document.body) return;
    if (toasts.length > 0) enter();
    else leave();
  });

  useEffect(() => () => holdToasts('focus', false), []);

  return {
    leave,
    onFocus({ relatedTarget }: FocusEvent) {
      if (!inside.current) origin.current = relatedTarget as HTMLElement | null;
      inside.current = true;
      holdToasts('focus', true);
    },
    onBlur({ currentTarget, relatedTarget }: FocusEvent) {
      if (relatedTarget !== null) {
        if (!currentTarget.contains(relatedTarget)) letGo();
        return;
      }
      // To nothing: by a click beside them, or for as long as another window has it.
      requestAnimationFrame(() => {
        if (document.hasFocus() && !region.current?.contains(document.activeElement)) letGo();
      });
    },
  };
}
