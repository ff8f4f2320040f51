/** A short message over the page, which goes by itself. */
export interface Toast {
  tone: 'success' | 'warning' | 'error' | 'neutral';
  title: string;
  /** What it is about, such as a webhook's URL: in one line, cut if it is long. */
  subject?: string;
  detail?: string;
  /** Something to do about it, such as Undo. */
  action?: { label: string; run: () => void };
}

export interface ShownToast extends Toast {
  id: number;
}

let shown: readonly ShownToast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

/** At most so many at a time: the oldest makes room. */
const most = 4;

function replace(toasts: readonly ShownToast[]) {
  shown = toasts;
  for (const listener of listeners) listener();
}

export function showToast(toast: Toast): void {
  replace([...shown.slice(1 - most), { ...toast, id: nextId++ }]);
}

export function dismissToast(id: number): void {
  replace(shown.filter((toast) => toast.id !== id));
}

/** For `useSyncExternalStore`. */
export const toastStore = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  get: (): readonly ShownToast[] => shown,
};
