import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const looks = {
  info: { icon: Info, className: 'bg-accent-soft text-ink', iconClass: 'text-accent-text' },
  warning: {
    icon: TriangleAlert,
    className: 'bg-warning-soft text-ink',
    iconClass: 'text-warning',
  },
  danger: { icon: CircleAlert, className: 'bg-danger-soft text-ink', iconClass: 'text-danger' },
};

interface NoticeProps {
  tone: keyof typeof looks;
  children: ReactNode;
}

/** A sentence that stands out within a page; `danger` is announced. */
export function Notice({ tone, children }: NoticeProps) {
  const { icon: Icon, className, iconClass } = looks[tone];
  return (
    <div
      role={tone === 'danger' ? 'alert' : undefined}
      className={`flex gap-2.5 rounded-lg px-3 py-2.5 ${className}`}
    >
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${iconClass}`} />
      <div className="min-w-0 flex-1 wrap-anywhere">{children}</div>
    </div>
  );
}
