import { useEffect, useLayoutEffect, useRef, useSyncExternalStore, type RefObject } from 'react';
import { createPortal } from 'react-dom';

import { openDialogs } from './open-dialogs';
import { pointerPress } from './pointer-press';
import { ToastAnnouncer } from './toast-announcer';
import { ToastCard } from './toast-card';
import { holdToasts, setToastRoom, toastStore, unfoldToasts, type ShownToast } from './toast-store';
import { useToastFocus } from './use-toast-focus';

/** All toasts, over everything. While a dialog is open they are in it: outside, all is inert. */
export function Toaster() {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.get);
  const dialog = useSyncExternalStore(openDialogs.subscribe, openDialogs.top);
  useRoom(dialog !== null);
  return createPortal(
    <>
      <ToastRegion toasts={toasts} />
      <ToastAnnouncer toasts={toasts} />
    </>,
    dialog ?? document.body,
  );
}

/** On a small screen, and over a dialog, there is room for one; on a page that nobody sees, all wait. */
function useRoom(isOverDialog: boolean) {
  useEffect(() => {
    const small = window.matchMedia('(width < 40rem) or (height < 32rem)');
    const measure = () => setToastRoom(small.matches || isOverDialog ? 1 : 3);
    measure();
    small.addEventListener('change', measure);
    return () => small.removeEventListener('change', measure);
  }, [isOverDialog]);

  useEffect(() => {
    const look = () => holdToasts('hidden', document.visibilityState === 'hidden');
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
}

function ToastRegion({ toasts }: { toasts: readonly ShownToast[] }) {
  const region = useRef<HTMLDivElement>(null);
  const { leave, onFocus, onBlur } = useToastFocus(region, toasts);
  const folded = toasts.filter((toast) => toast.folded).length;
  useOnTop(region, toasts.at(-1)?.id);
  useHeightForOthers(region);

  useEffect(() => {
    // Nothing tells that the pointer is no longer over a toast that has gone.
    if (toasts.length === 0 || !region.current?.matches(':hover')) holdToasts('pointer', false);
  }, [toasts]);
  useEffect(() => () => holdToasts('pointer', false), []);

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- nothing is done by it: it notes who is at the toasts
    <div
      ref={region}
      popover="manual"
      role="region"
      aria-label="Notifications"
      aria-keyshortcuts="F6"
      onPointerEnter={() => holdToasts('pointer', true)}
      onPointerLeave={() => holdToasts('pointer', false)}
      onFocus={onFocus}
      onBlur={onBlur}
      className="fixed inset-auto bottom-4 left-4 w-[min(25rem,calc(100vw-2rem))] overflow-visible bg-transparent not-open:hidden"
    >
      {folded > 0 && (
        <button
          type="button"
          onClick={unfoldToasts}
          className="mb-2 min-h-8 rounded-lg border border-line bg-raised px-3 font-medium text-accent-text shadow-float hover:bg-hover"
        >
          Show {folded} more
        </button>
      )}
      <ol
        className={`flex flex-col gap-2 ${toasts.length > 3 ? 'max-h-[calc(100dvh-5rem)] overflow-y-auto' : ''}`}
      >
        {toasts
          .filter((toast) => !toast.folded)
          .map((toast) => (
            <ToastCard key={toast.id} toast={toast} onAct={leave} />
          ))}
      </ol>
    </div>
  );
}

/** Opens the region anew for each toast: what was opened last lies on top. Not under somebody's hand. */
function useOnTop(region: RefObject<HTMLDivElement | null>, newest: number | undefined) {
  useLayoutEffect(() => {
    const element = region.current;
    if (!element) return;
    const inUse = element.contains(document.activeElement) || element.matches(':hover');
    const isOpen = element.matches(':popover-open');
    if (isOpen && newest !== undefined && inUse) return;
    if (isOpen) element.hidePopover();
    if (newest !== undefined) element.showPopover();
  }, [region, newest]);
}

/** How much of the bottom they cover, for what has to make room, once nothing is being clicked: see index.css. */
function useHeightForOthers(region: RefObject<HTMLDivElement | null>) {
  useLayoutEffect(() => {
    const element = region.current;
    if (!element) return;
    const root = document.documentElement.style;
    const tell = () => {
      if (pointerPress.isOn()) return;
      const height = element.offsetHeight;
      root.setProperty('--toasts', height === 0 ? '0px' : `${height + 24}px`);
    };
    const observer = new ResizeObserver(tell);
    observer.observe(element);
    const stop = pointerPress.subscribe(tell);
    return () => {
      stop();
      observer.disconnect();
      root.removeProperty('--toasts');
    };
  }, [region]);
}
