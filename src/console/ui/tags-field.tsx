import { X } from 'lucide-react';
import type { FieldControl } from './field';
import { useState, type ClipboardEvent, type KeyboardEvent, type Ref } from 'react';

interface TagsFieldProps extends FieldControl {
  value: string[];
  /** Puts the texts that were committed to the others; it may merge or drop some. */
  onCommit: (committed: string[]) => void;
  onRemove: (index: number) => void;
  onBlur: () => void;
  placeholder: string;
  inputRef?: Ref<HTMLInputElement>;
}

const separators = /[\n\r,]+/;

function split(text: string): string[] {
  return text
    .split(separators)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/**
 * A list of texts as tags. Enter, a comma, leaving the field and pasting several lines all commit
 * what was typed: nothing is lost. Backspace takes the last tag back into the field.
 */
export function TagsField({
  value,
  onCommit,
  onRemove,
  onBlur,
  placeholder,
  inputRef,
  ...control
}: TagsFieldProps) {
  const [typed, setTyped] = useState('');

  function commit(text: string) {
    const committed = split(text);
    setTyped('');
    if (committed.length > 0) onCommit(committed);
  }

  function change(text: string) {
    const lastSeparator = text.search(/[,\n][^,\n]*$/);
    if (lastSeparator < 0) return setTyped(text);
    commit(text.slice(0, lastSeparator));
    setTyped(text.slice(lastSeparator + 1).trimStart());
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing && typed.trim() !== '') {
      event.preventDefault();
      commit(typed);
    }
    const last = value.at(-1);
    if (event.key === 'Backspace' && typed === '' && last !== undefined) {
      event.preventDefault();
      onRemove(value.length - 1);
      setTyped(last);
    }
  }

  function onPaste(event: ClipboardEvent<HTMLInputElement>) {
    const text = event.clipboardData.getData('text');
    if (!separators.test(text.trim())) return;
    event.preventDefault();
    commit(`${typed}${text}`);
  }

  return (
    <div
      className="control flex max-h-56 flex-wrap overflow-y-auto items-center gap-1.5 px-1.5! py-[5px]!"
      aria-invalid={control['aria-invalid']}
    >
      {value.map((tag, index) => (
        <span
          key={tag}
          className="flex max-w-full items-center rounded-md bg-accent-soft text-accent-text"
        >
          <span className="min-w-0 truncate py-0.5 pl-2 font-mono text-[13px]" title={tag}>
            {tag}
          </span>
          <button
            type="button"
            aria-label={`Remove ${tag}`}
            onClick={() => onRemove(index)}
            className="grid size-6 shrink-0 place-items-center rounded-md hover:bg-hover"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </span>
      ))}
      <input
        {...control}
        ref={inputRef}
        type="text"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={typed}
        placeholder={value.length === 0 ? placeholder : ''}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={() => {
          commit(typed);
          onBlur();
        }}
        className="min-h-6 min-w-24 flex-1 bg-transparent px-1.5 font-mono text-[13px] outline-none"
      />
    </div>
  );
}
