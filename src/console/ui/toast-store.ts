import { Countdown } from './countdown';

/** A short message over the page, which goes by itself. */
export interface Toast {
  tone: 'success' | 'warning' | 'error' | 'neutral';
  title: string;
  /** What it is about, such as a webhook's URL: in one line, cut if it is long. */
  subject?: string;
  detail?: string;
  /** Whether it goes only when somebody dismisses it: something is lost, and has to be seen to. */
  stays?: boolean;
  /** Of what it is, by id: it goes along when that is deleted. */
  about?: string;
  /** Something to do about it, such as Undo. */
  action?: { label: string; run: () => void };
}

export interface ShownToast extends Toast {
  id: number;
  /** Whether it waits out of sight behind newer ones, for which there was no room beside it. */
  folded: boolean;
}

/** Why no toast may go now: somebody is at them, or nobody looks at the page. */
type Hold = 'pointer' | 'focus' | 'hidden';

/** The oldest first. */
let shown: readonly ShownToast[] = [];
/** How many are shown at once, unless all are asked for. */
let room = 3;
let unfolded = false;
let nextId = 1;
const countdowns = new Map<number, Countdown>();
const holds = new Set<Hold>();
const listeners = new Set<() => void>();

/** How long a toast stays, in milliseconds: the longer, the more there is to read or to do. */
function lifetime({ tone, action }: Toast): number {
  if (action || tone === 'error' || tone === 'warning') return 12_000;
  return 6_000;
}

function update(toasts: readonly ShownToast[]) {
  if (toasts.length <= room) unfolded = false;
  const firstInSight = unfolded ? 0 : toasts.length - room;
  shown = toasts.map((toast, index) => {
    const folded = index < firstInSight;
    const countdown = countdowns.get(toast.id);
    if (folded || holds.size > 0) countdown?.hold();
    else countdown?.run();
    return toast.folded === folded ? toast : { ...toast, folded };
  });
  for (const listener of listeners) listener();
}

const isSame = (a: Toast, b: Toast) =>
  a.tone === b.tone && a.title === b.title && a.subject === b.subject && a.detail === b.detail;

function without(isGone: (toast: ShownToast) => boolean): ShownToast[] {
  return shown.filter((toast) => {
    if (!isGone(toast)) return true;
    countdowns.get(toast.id)?.hold();
    countdowns.delete(toast.id);
    return false;
  });
}

/**
 * Shows a toast; gives its id. One that says the same goes: what happens again is said again, not
 * piled up.
 */
export function showToast(toast: Toast): number {
  const id = nextId++;
  const others = without((each) => isSame(each, toast));
  if (!toast.stays) countdowns.set(id, new Countdown(lifetime(toast), () => dismissToast(id)));
  // What stays is not folded away for what comes and goes.
  const [staying, going] = [
    others.filter(({ stays }) => stays),
    others.filter(({ stays }) => !stays),
  ];
  const next = { ...toast, id, folded: false };
  update(toast.stays ? [...others, next] : [...going, next, ...staying]);
  return id;
}

/** Takes a toast away, if it is still there. */
export function dismissToast(id: number): void {
  update(without((toast) => toast.id === id));
}

/** Takes away what is of something that has been deleted. */
export function dismissToastsAbout(id: string): void {
  update(without((toast) => toast.about === id));
}

/** Takes all toasts away: what they say is not for who comes next. */
export function dismissAllToasts(): void {
  update(without(() => true));
}

/** Keeps all toasts from going, or lets them go on. Their time stands still meanwhile. */
export function holdToasts(why: Hold, held: boolean): void {
  if (holds.has(why) === held) return;
  if (held) holds.add(why);
  else holds.delete(why);
  update(shown);
}

/** How many toasts there is room for; the others are folded away and wait. */
export function setToastRoom(count: number): void {
  room = count;
  update(shown);
}

/** Shows those, too, that were folded away. */
export function unfoldToasts(): void {
  unfolded = true;
  update(shown);
}

/** For `useSyncExternalStore`. */
export const toastStore = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  get: (): readonly ShownToast[] => shown,
};
