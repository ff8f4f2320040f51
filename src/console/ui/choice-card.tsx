import type { ComponentProps, ReactNode } from 'react';

interface ChoiceCardProps extends Omit<ComponentProps<'input'>, 'title' | 'children'> {
  type: 'radio' | 'checkbox';
  title: ReactNode;
  /** One line on what the choice means. */
  detail?: string;
}

/** A radio button or checkbox with its words in a frame that can be clicked anywhere. */
export function ChoiceCard({ title, detail, className = '', ...input }: ChoiceCardProps) {
  return (
    <label
      className={`flex cursor-pointer gap-2.5 rounded-lg border border-line-strong px-3 py-2.5 transition-colors hover:bg-hover has-checked:border-accent-text has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-text ${className}`}
    >
      <input {...input} className="mt-0.5 size-4 shrink-0 accent-accent outline-none" />
      <span className="min-w-0">
        <span className="flex items-center gap-1.5 font-medium">{title}</span>
        {detail !== undefined && <span className="block text-sm text-muted">{detail}</span>}
      </span>
    </label>
  );
}
