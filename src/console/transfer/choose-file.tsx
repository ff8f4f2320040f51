import { useId } from 'react';

interface ChooseFileProps {
  /** The name of the one that was chosen last; null if none was. */
  name: string | null;
  disabled: boolean;
  onChoose: (file: File) => void;
}

/**
 * Takes a JSON file, by a click or dropped on it. The browser's own field lies over it unseen, and is
 * emptied each time: with the same file in it, it would not say that it was chosen again.
 */
export function ChooseFile({ name, disabled, onChoose }: ChooseFileProps) {
  const nameId = useId();
  return (
    <label className="block">
      <span className="mb-1.5 block font-medium">File</span>
      <span
        className={`control relative flex w-full max-w-md items-center gap-3 py-1.5! pl-1.5! ${disabled ? 'opacity-50' : ''}`}
      >
        <span aria-hidden className="shrink-0 rounded-md bg-sunken px-3 py-1 font-medium">
          Choose
        </span>
        <span id={nameId} className={`min-w-0 truncate ${name === null ? 'text-muted' : ''}`}>
          {name ?? 'No file chosen'}
        </span>
        <input
          type="file"
          accept=".json,application/json"
          aria-label="File"
          aria-describedby={nameId}
          disabled={disabled}
          onChange={({ target }) => {
            const file = target.files?.[0];
            target.value = '';
            if (file) onChoose(file);
          }}
          className="absolute inset-0 size-full opacity-0 not-disabled:cursor-pointer file:cursor-pointer"
        />
      </span>
    </label>
  );
}
