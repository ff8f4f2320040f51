/*
 * Which dialogs are open, the topmost last. While one is, everything outside it is inert: what has to
 * stay usable over it, such as toasts, moves in.
 */

let open: readonly HTMLDialogElement[] = [];
const listeners = new Set<() => void>();

function replace(dialogs: readonly HTMLDialogElement[]) {
  open = dialogs;
  for (const listener of listeners) listener();
}

export const openDialogs = {
  add: (dialog: HTMLDialogElement) => replace([...open, dialog]),
  remove: (dialog: HTMLDialogElement) => replace(open.filter((each) => each !== dialog)),
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** The topmost; null if none is open. */
  top: (): HTMLDialogElement | null => open.at(-1) ?? null,
};

/** How many frames what has the focus may take to go: a list hears of a deletion by a timer. */
const patience = 12;

/** Where the focus goes on instead of the page's content, the next time that it is rescued. */
let heir: (() => HTMLElement | null) | null = null;

/** Says where the work goes on once what has the focus is gone, such as at the next row of a list. */
export function bequeathFocus(to: () => HTMLElement | null): void {
  heir = to;
}

/**
 * Gives the focus to where the work goes on if what has it goes away: a keyboard's user would start
 * again at the top of the page otherwise.
 */
export function rescueFocus(frames = patience): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) {
      const goesOn = openDialogs.top() ?? heir?.() ?? document.getElementById('content');
      goesOn?.focus({ preventScroll: true });
      heir = null;
    } else if (frames > 1) rescueFocus(frames - 1);
    else heir = null;
  });
}
