import type { Ref } from 'react';

interface SwitchProps {
  ref?: Ref<HTMLButtonElement>;
  checked: boolean;
  /** Its accessible name. */
  label: string;
  onClick: () => void;
  /** Why it does nothing now. */
  off?: string | undefined;
}

export function Switch({ ref, checked, label, onClick, off }: SwitchProps) {
  return (
    <button
      ref={ref}
      type="button"
      role="switch"
      aria-checked={checked}
      aria-label={label}
      aria-disabled={off !== undefined || undefined}
      title={off ?? (checked ? 'Enabled: click to disable' : 'Disabled: click to enable')}
      onClick={off === undefined ? onClick : undefined}
      className={`relative inline-flex h-5.5 w-9.5 shrink-0 items-center rounded-full border transition-colors before:absolute before:-inset-2 aria-disabled:cursor-not-allowed! aria-disabled:opacity-50 ${
        checked ? 'border-transparent bg-success-fill' : 'border-line-strong bg-sunken'
      }`}
    >
      <span
        aria-hidden
        className={`size-4 rounded-full transition-transform ${
          checked ? 'translate-x-4.5 bg-white' : 'translate-x-0.5 bg-line-strong'
        }`}
      />
    </button>
  );
}
