/*
 * Whether a pointer is pressed and its click is still to come. If what was pressed moves meanwhile, the
 * click is lost: it goes to what pressing and letting go have in common.
 */

let isPressed = false;
let end: ReturnType<typeof setTimeout> | undefined;
const waiting = new Set<() => void>();

function press(event: MouseEvent): void {
  if (event.button !== 0) return;
  clearTimeout(end);
  isPressed = true;
}

/** The click comes in the same task as letting go. */
function letGo(): void {
  if (!isPressed) return;
  clearTimeout(end);
  end = setTimeout(() => {
    isPressed = false;
    for (const tell of waiting) tell();
  });
}

/** A list of the browser's own, and a menu, keep to themselves that the pointer was let go. */
function letGoUnseen(event: PointerEvent): void {
  if (event.buttons === 0) letGo();
}

const begins = ['pointerdown', 'mousedown'] as const;
const ends = ['pointerup', 'pointercancel', 'mouseup', 'keydown'] as const;

function listen(action: 'addEventListener' | 'removeEventListener'): void {
  // A touch presses twice: while it lasts, and as the mouse that it then acts as.
  for (const name of begins) window[action](name, press as EventListener, true);
  for (const name of ends) window[action](name, letGo, true);
  window[action]('pointermove', letGoUnseen as EventListener, true);
  // The window's own, not those of fields.
  window[action]('blur', letGo);
}

export const pointerPress = {
  /** Tells when a press has ended, its click included; of its beginning, nothing has to know. */
  subscribe(tell: () => void): () => void {
    if (waiting.size === 0) listen('addEventListener');
    waiting.add(tell);
    return () => {
      waiting.delete(tell);
      if (waiting.size > 0) return;
      listen('removeEventListener');
      isPressed = false;
    };
  },
  isOn: (): boolean => isPressed,
};
