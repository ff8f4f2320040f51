import { openDialogs } from './open-dialogs';

/**
 * Copies a text. On plain http away from loopback browsers have no clipboard API; there a selected
 * field is copied instead. Gives whether it worked.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    if (window.isSecureContext) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // Refused: the selected field may still do.
  }
  return copyFromField(text);
}

function copyFromField(text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'sr-only';
  // Inside the topmost dialog: everything else is inert and cannot be selected.
  (openDialogs.top() ?? document.body).append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}
