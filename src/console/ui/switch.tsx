interface SwitchProps {
  checked: boolean;
  /** Its accessible name. */
  label: string;
  onClick: () => void;
}

export function Switch({ checked, label, onClick }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={checked}
      aria-label={label}
      title={checked ? 'Enabled: click to disable' : 'Disabled: click to enable'}
      onClick={onClick}
      className={`relative inline-flex h-5.5 w-9.5 shrink-0 items-center rounded-full border transition-colors before:absolute before:-inset-2 ${
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
