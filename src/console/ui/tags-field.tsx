import { X } from 'lucide-react';
import { useMemo, useRef, type ClipboardEvent, type KeyboardEvent, type Ref } from 'react';

import type { FieldControl } from './field';
import { splitTags, tagSeparator } from './split-tags';
import { useSteady } from './steady';
import { SuggestionList } from './suggestion-list';
import { useSuggestions } from './use-suggestions';

interface TagsFieldProps extends FieldControl {
  value: string[];
  /** What stands in the field and is no tag yet: the caller keeps it, so that it cannot be lost. */
  typed: string;
  onType: (text: string) => void;
  /** Puts the texts that were committed to the others; it may merge or drop some. */
  onCommit: (committed: string[]) => void;
  onRemove: (index: number) => void;
  onBlur: () => void;
  /** What may be meant, in the order in which it is offered. */
  suggestions: readonly string[];
  /** What the suggestions are. */
  suggestionsLabel: string;
  placeholder: string;
  inputRef?: Ref<HTMLInputElement>;
}

/**
 * A list of texts as tags. Enter, a comma, leaving the field and pasting several lines all commit
 * what was typed: nothing is lost. Backspace takes the last tag back into the field. What may be
 * meant is suggested while one types, at a click and by the arrow keys.
 */
export function TagsField(props: TagsFieldProps) {
  const { value, typed, onType, onCommit, onRemove, onBlur, placeholder, inputRef } = props;
  // What leaving the field commits may need another line.
  const shown = useSteady(useMemo(() => ({ value, typed }), [value, typed]));
  const box = useRef<HTMLDivElement>(null);
  const suggestions = useSuggestions({
    suggestions: props.suggestions,
    taken: value,
    typed,
    onTake: (suggestion) => {
      onType('');
      onCommit([suggestion]);
    },
  });

  function commit(text: string, rest = '') {
    const committed = splitTags(text);
    onType(rest);
    if (committed.length > 0) onCommit(committed);
  }

  function change(text: string) {
    const end = text.search(/[,\n][^,\n]*$/);
    const rest = text.slice(end + 1).trimStart();
    if (end < 0) onType(text);
    else commit(text.slice(0, end), rest);
    if (rest === '') suggestions.close();
    else suggestions.open();
  }

  return (
    <div
      ref={box}
      className="control flex max-h-56 flex-wrap items-center gap-1.5 overflow-y-auto px-1.5! py-1.25!"
      aria-invalid={props['aria-invalid']}
    >
      {shown.value.map((tag, index) => (
        <Tag
          key={tag}
          text={tag}
          onRemove={() => {
            onRemove(index);
            box.current?.querySelector('input')?.focus();
          }}
        />
      ))}
      <input
        id={props.id}
        aria-invalid={props['aria-invalid']}
        aria-describedby={props['aria-describedby']}
        aria-required={props['aria-required']}
        {...suggestions.combobox}
        ref={inputRef}
        type="text"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={shown.typed}
        placeholder={shown.value.length === 0 ? placeholder : ''}
        onChange={(event) => change(event.target.value)}
        onClick={suggestions.open}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || suggestions.onKeyDown(event)) return;
          onKey(event, props, () => {
            suggestions.close();
            commit(typed);
          });
        }}
        onPaste={(event) => onPaste(event, commit)}
        onBlur={() => {
          suggestions.close();
          commit(typed);
          onBlur();
        }}
        className="min-h-6 min-w-24 flex-1 bg-transparent px-1.5 font-mono text-sm outline-none"
      />
      {suggestions.shown.length > 0 && (
        <SuggestionList
          id={suggestions.listId}
          label={props.suggestionsLabel}
          suggestions={suggestions.shown}
          active={suggestions.active}
          anchor={box}
          onTake={suggestions.take}
        />
      )}
    </div>
  );
}

function onKey(
  event: KeyboardEvent<HTMLInputElement>,
  { value, typed, onType, onRemove }: TagsFieldProps,
  commit: () => void,
) {
  // Never submits: a paste has become tags already when the usual Enter follows.
  if (event.key === 'Enter') {
    event.preventDefault();
    commit();
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
      <span className="min-w-0 truncate py-0.5 pl-2 font-mono text-sm" title={text}>
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
