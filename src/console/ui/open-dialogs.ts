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

/**
 * Gives the focus to where the work goes on if what has it goes away: a keyboard's user would start
 * again at the top of the page otherwise.
 */
export function rescueFocus(frames = patience): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) {
      (openDialogs.top() ?? document.getElementById('content'))?.focus({ preventScroll: true });
    } else if (frames > 1) rescueFocus(frames - 1);
  });
}
