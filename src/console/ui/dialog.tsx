import { X } from 'lucide-react';
import { useId, useLayoutEffect, useRef, type ReactNode, type SyntheticEvent } from 'react';

import { IconButton } from './button';
import { openDialogs, rescueFocus } from './open-dialogs';

interface DialogProps {
  title: string;
  /** Esc, × and a click outside ask for this; the caller decides. */
  onClose: () => void;
  children: ReactNode;
  size?: 'small' | 'medium' | 'large';
  /** `alertdialog` where an answer is asked for. */
  role?: 'dialog' | 'alertdialog';
  /** The id of the element that says more than the title. */
  describedBy?: string;
}

const shape =
  'm-auto max-h-dvh cramped:bottom-[var(--toasts,0px)] cramped:max-h-[calc(100dvh-var(--toasts,0px))] w-full overflow-clip rounded-xl border border-line bg-surface text-ink shadow-float ' +
  'backdrop:bg-[rgb(0_0_0/0.4)] open:animate-[appear_140ms_ease-out] max-sm:max-w-none outline-none';
const sizes = {
  large:
    'h-dvh max-w-[75rem] max-sm:rounded-none max-sm:border-0 sm:h-[min(92dvh,65rem)] sm:w-[calc(100%-2rem)]',
  medium: 'max-w-[45rem] max-sm:w-[calc(100%-2rem)]',
  small: 'max-w-[27.5rem] max-sm:w-[calc(100%-2rem)]',
};

/**
 * A modal dialog on the browser's own `<dialog>`: it keeps the focus inside and gives it back. Open
 * as long as it is in the document. What carries `data-autofocus` has the focus at first, else the
 * dialog itself.
 */
export function Dialog(props: DialogProps) {
  const { title, onClose, children, size = 'small', role = 'dialog', describedBy } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const pressedOutside = useRef(false);

  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    element.showModal();
    (element.querySelector<HTMLElement>('[data-autofocus]') ?? element).focus();
    openDialogs.add(element);
    return () => {
      openDialogs.remove(element);
      element.close();
      rescueFocus();
    };
  }, []);

  const isOutside = (event: SyntheticEvent) => event.target === dialog.current;

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc and a click outside close every dialog; × is the control for it
    <dialog
      ref={dialog}
      role={role}
      tabIndex={-1}
      aria-labelledby={titleId}
      aria-describedby={describedBy}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        pressedOutside.current = isOutside(event);
      }}
      onClick={(event) => {
        if (pressedOutside.current && isOutside(event)) onClose();
      }}
      className={`${shape} ${sizes[size]}`}
    >
      <div className="flex h-full max-h-[inherit] flex-col">
        <header className="flex items-center justify-between gap-4 border-b border-line py-2.5 pr-3 pl-5">
          <h2 id={titleId} className="text-lg font-semibold">
            {title}
          </h2>
          <IconButton icon={X} label="Close" onClick={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  );
}
