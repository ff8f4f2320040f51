import { X } from 'lucide-react';
import type { ClipboardEvent, KeyboardEvent, Ref } from 'react';

import type { FieldControl } from './field';
import { splitTags, tagSeparator } from './split-tags';

interface TagsFieldProps extends FieldControl {
  value: string[];
  /** What stands in the field and is no tag yet: the caller keeps it, so that it cannot be lost. */
  typed: string;
  onType: (text: string) => void;
  /** Puts the texts that were committed to the others; it may merge or drop some. */
  onCommit: (committed: string[]) => void;
  onRemove: (index: number) => void;
  onBlur: () => void;
  placeholder: string;
  inputRef?: Ref<HTMLInputElement>;
}

/**
 * A list of texts as tags. Enter, a comma, leaving the field and pasting several lines all commit
 * what was typed: nothing is lost. Backspace takes the last tag back into the field.
 */
export function TagsField(props: TagsFieldProps) {
  const { value, typed, onType, onCommit, onRemove, onBlur, placeholder, inputRef, ...control } =
    props;

  function commit(text: string, rest = '') {
    const committed = splitTags(text);
    onType(rest);
    if (committed.length > 0) onCommit(committed);
  }

  function change(text: string) {
    const end = text.search(/[,\n][^,\n]*$/);
    if (end < 0) onType(text);
    else commit(text.slice(0, end), text.slice(end + 1).trimStart());
  }

  return (
    <div
      className="control flex max-h-56 flex-wrap items-center gap-1.5 overflow-y-auto px-1.5! py-[5px]!"
      aria-invalid={control['aria-invalid']}
    >
      {value.map((tag, index) => (
        <Tag key={tag} text={tag} onRemove={() => onRemove(index)} />
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
        onKeyDown={(event) => onKey(event, props, commit)}
        onPaste={(event) => onPaste(event, commit)}
        onBlur={() => {
          commit(typed);
          onBlur();
        }}
        className="min-h-6 min-w-24 flex-1 bg-transparent px-1.5 font-mono text-[13px] outline-none"
      />
    </div>
  );
}

function onKey(
  event: KeyboardEvent<HTMLInputElement>,
  { value, typed, onType, onRemove }: TagsFieldProps,
  commit: (text: string) => void,
) {
  // Never submits: a paste has become tags already when the usual Enter follows.
  if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
    event.preventDefault();
    commit(typed);
  }
  const last = value.at(-1);
  if (event.key === 'Backspace' && typed === '' && last !== undefined) {
    event.preventDefault();
    onRemove(value.length - 1);
    onType(last);
  }
}

/** Several lines at once become tags; one is left to the browser. */
function onPaste(event: ClipboardEvent<HTMLInputElement>, commit: (text: string) => void) {
  const text = event.clipboardData.getData('text');
  if (!tagSeparator.test(text.trim())) return;
  event.preventDefault();
  const { value, selectionStart, selectionEnd } = event.currentTarget;
  const before = value.slice(0, selectionStart ?? value.length);
  commit(before + text + value.slice(selectionEnd ?? value.length));
}

function Tag({ text, onRemove }: { text: string; onRemove: () => void }) {
  return (
    <span className="flex max-w-full items-center rounded-md bg-accent-soft text-accent-text">
      <span className="min-w-0 truncate py-0.5 pl-2 font-mono text-[13px]" title={text}>
        {text}
      </span>
      <button
        type="button"
        aria-label={`Remove ${text}`}
        onClick={onRemove}
        className="grid size-6 shrink-0 place-items-center rounded-md hover:bg-hover"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </span>
  );
}
