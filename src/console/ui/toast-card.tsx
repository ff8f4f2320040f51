import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';

import { IconButton } from './button';
import { dismissToast, type ShownToast } from './toast-store';

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

interface ToastCardProps {
  toast: ShownToast;
  /** Called before what the toast offers is done. */
  onAct: () => void;
}

export function ToastCard({ toast, onAct }: ToastCardProps) {
  const { id, tone, title, subject, detail, action } = toast;
  const Icon = icons[tone];
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc is a short way to its ×
    <li
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Not also what lies under it.
        event.preventDefault();
        event.stopPropagation();
        dismissToast(id);
      }}
      className="grid animate-[appear_140ms_ease-out] grid-cols-[auto_minmax(0,1fr)_auto_auto] items-start gap-x-3 rounded-lg border border-line bg-raised py-2.5 pr-2 pl-3.5 text-ink shadow-float"
    >
      <Icon aria-hidden className={`mt-1.5 size-4 shrink-0 ${colours[tone]}`} />
      <div className="min-w-0 py-1">
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
            onAct();
            dismissToast(id);
            action.run();
          }}
          className="min-h-8 rounded-md px-2 font-medium whitespace-nowrap text-accent-text hover:bg-hover max-sm:col-start-2 max-sm:row-start-2 max-sm:-ml-2 max-sm:justify-self-start"
        >
          {action.label}
        </button>
      )}
      <IconButton
        icon={X}
        label="Dismiss"
        className="col-start-4 row-start-1 size-8!"
        onClick={() => dismissToast(id)}
      />
    </li>
  );
}
