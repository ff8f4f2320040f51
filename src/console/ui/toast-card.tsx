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
    <li className="flex animate-[appear_140ms_ease-out] items-start gap-3 rounded-lg border border-line bg-raised py-2.5 pr-2 pl-3.5 text-ink shadow-float">
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
            onAct();
            dismissToast(id);
            action.run();
          }}
          className="min-h-8 rounded-md px-2 font-medium whitespace-nowrap text-accent-text hover:bg-hover"
        >
          {action.label}
        </button>
      )}
      <IconButton icon={X} label="Dismiss" className="size-8!" onClick={() => dismissToast(id)} />
    </li>
  );
}
