import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';

import { IconButton } from './button';
import { openDialogs, rescueFocus } from './open-dialogs';
import { dismissToast, toastStore, type ShownToast } from './toast-store';

const icons = {
  success: CircleCheck,
  warning: TriangleAlert,
  error: CircleAlert,
  neutral: Info,
};
const colours = {
  success: 'text-success',
  warning: 'text-warning',
  error: 'text-danger',
  neutral: 'text-muted',
};

/** How long a toast stays, in milliseconds: the longer, the more there is to read or to do. */
function lifetime({ tone, action }: ShownToast): number {
  if (action || tone === 'error' || tone === 'warning') return 12_000;
  return 5_000;
}

/** All toasts, over everything. While a dialog is open they are in it: outside, all is inert. */
export function Toaster() {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.get);
  const dialog = useSyncExternalStore(openDialogs.subscribe, openDialogs.top);
  return createPortal(
    <>
      <ToastRegion toasts={toasts} />
      <Announcer toasts={toasts} />
    </>,
    dialog ?? document.body,
  );
}

function ToastRegion({ toasts }: { toasts: readonly ShownToast[] }) {
  const region = useRef<HTMLDivElement>(null);
  const newest = toasts.at(-1)?.id;

  useEffect(() => {
    // Shown anew for each toast: what was opened last lies on top.
    if (newest === undefined) return;
    const element = region.current;
    element?.showPopover();
    return () => element?.hidePopover();
  }, [newest]);

  return (
    <div
      ref={region}
      popover="manual"
      role="region"
      aria-label="Notifications"
      className="fixed inset-auto bottom-4 left-4 flex max-sm:top-4 max-sm:bottom-auto w-[min(400px,calc(100vw-32px))] flex-col gap-2 overflow-visible bg-transparent not-open:hidden"
    >
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastCard({ toast }: { toast: ShownToast }) {
  const [held, setHeld] = useState(false);
  const { id, tone, title, subject, detail, action } = toast;
  const Icon = icons[tone];

  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismissToast(id), lifetime(toast));
    return () => clearTimeout(timer);
  }, [held, id, toast]);

  function dismiss() {
    dismissToast(id);
    rescueFocus();
  }

  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="flex animate-[appear_140ms_ease-out] items-start gap-3 rounded-lg border border-line bg-raised py-2.5 pr-2 pl-3.5 text-ink shadow-float"
    >
      <Icon aria-hidden className={`mt-1.5 size-4 shrink-0 ${colours[tone]}`} />
      <div className="min-w-0 flex-1 py-1">
        <p className="font-medium">{title}</p>
        {subject && (
          <p title={subject} className="mt-0.5 truncate text-muted">
            {subject}
          </p>
        )}
        {detail && <p className="mt-0.5 text-muted wrap-anywhere">{detail}</p>}
      </div>
      {action && (
        <button
          type="button"
          onClick={() => {
            dismiss();
            action.run();
          }}
          className="min-h-8 rounded-md px-2 font-medium text-accent-text hover:bg-hover"
        >
          {action.label}
        </button>
      )}
      <IconButton icon={X} label="Dismiss" className="size-8!" onClick={dismiss} />
    </div>
  );
}

/**
 * Says each new toast aloud, once, from regions that were there before, as screen readers ask; a
 * toast that was there when the regions were made has been said.
 */
function Announcer({ toasts }: { toasts: readonly ShownToast[] }) {
  const newest = toasts.at(-1);
  const [said] = useState(newest?.id ?? 0);
  const fresh = newest && newest.id > said ? newest : null;
  const text = fresh && (
    <span key={fresh.id}>
      {fresh.title}. {fresh.subject} {fresh.detail}
    </span>
  );
  const urgent = fresh?.tone === 'error';
  return (
    <>
      <div role="status" className="sr-only">
        {!urgent && text}
      </div>
      <div role="alert" className="sr-only">
        {urgent && text}
      </div>
    </>
  );
}
