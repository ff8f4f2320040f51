import { Eye, EyeOff } from 'lucide-react';
import { useState, type Ref } from 'react';

import { IconButton } from '../ui/button';
import { CopyButton } from '../ui/copy-button';
import type { FieldControl } from '../ui/field';

interface SecretInputProps {
  control: FieldControl;
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  /** Whether it is shown at first. */
  revealed?: boolean;
  inputRef?: Ref<HTMLInputElement>;
  /** Whether it has the focus at first: see `Dialog`. */
  focused?: boolean;
}

/** A secret that is typed: hidden, with what reveals and what copies it. */
export function SecretInput(props: SecretInputProps) {
  const { control, value, onChange, onBlur, inputRef, focused } = props;
  const [revealed, setRevealed] = useState(props.revealed ?? false);
  return (
    <div
      className="control flex min-w-0 flex-1 items-center py-0! pr-0.5!"
      aria-invalid={control['aria-invalid']}
    >
      <input
        {...control}
        ref={inputRef}
        data-autofocus={focused}
        type={revealed ? 'text' : 'password'}
        autoComplete="new-password"
        data-1p-ignore
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onBlur}
        className="min-w-0 flex-1 bg-transparent font-mono text-sm outline-none"
      />
      <IconButton
        icon={revealed ? EyeOff : Eye}
        label={revealed ? 'Hide the secret' : 'Show the secret'}
        disabled={value === ''}
        onClick={() => setRevealed(!revealed)}
        className="size-8!"
      />
      <CopyButton
        label="Copy the secret"
        text={value}
        disabled={value === ''}
        className="size-8!"
      />
    </div>
  );
}
