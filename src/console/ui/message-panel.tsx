import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface MessagePanelProps {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  /** Buttons. */
  actions?: ReactNode;
  tone?: 'neutral' | 'danger';
  /** `h1` where it is all that a page has. */
  heading?: 'h1' | 'h2';
}

/** What a place says when it has nothing else to show. */
export function MessagePanel({
  icon: Icon,
  title,
  children,
  actions,
  tone = 'neutral',
  heading: Heading = 'h2',
}: MessagePanelProps) {
  return (
    <div
      role={tone === 'danger' ? 'alert' : undefined}
      className="flex flex-col items-center px-6 py-14 text-center wrap-anywhere"
    >
      <span
        className={`mb-4 grid size-12 place-items-center rounded-xl ${
          tone === 'danger' ? 'bg-danger-soft text-danger' : 'bg-accent-soft text-accent-text'
        }`}
      >
        <Icon aria-hidden className="size-6" />
      </span>
      <Heading className="text-base font-semibold">{title}</Heading>
      {children && <div className="mt-1.5 max-w-[56ch] text-balance text-muted">{children}</div>}
      {actions && <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
