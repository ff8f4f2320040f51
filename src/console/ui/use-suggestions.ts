import { useId, useMemo, useState, type KeyboardEvent } from 'react';

import { foldCase } from '../../contract/fold-case';

interface SuggestionsOptions {
  /** All that may be suggested, in the order in which it is shown. */
  suggestions: readonly string[];
  /** What is there already and is not suggested again, in any case. */
  taken: readonly string[];
  /** What suggestions must contain, in any case. */
  typed: string;
  onTake: (suggestion: string) => void;
}

/** More are not looked through: one types on instead. */
const most = 8;
const none = -1;
/** The one at the end, however many there will be. */
const last = Infinity;

/**
 * The suggestions under a text field: which are shown, which of them is active, and what the keys do
 * (WAI-ARIA combobox with a listbox). The focus stays in the field. None is active until an arrow
 * key says so: Enter takes what was typed, as ever. An arrow key that comes before the suggestions
 * chooses its end of them when they arrive.
 */
export function useSuggestions({ suggestions, taken, typed, onTake }: SuggestionsOptions) {
  const id = useId();
  const [wanted, setWanted] = useState(false);
  const [chosen, setChosen] = useState(none);
  const folded = useMemo(
    () => suggestions.map((text) => ({ text, folded: foldCase(text) })),
    [suggestions],
  );
  const found = useMemo(() => {
    const there = new Set(taken.map(foldCase));
    const part = foldCase(typed.trim());
    const some: string[] = [];
    for (const each of folded) {
      if (some.length === most) break;
      if (!each.folded.includes(part) || there.has(each.folded)) continue;
      there.add(each.folded);
      some.push(each.text);
    }
    return some;
  }, [taken, typed, folded]);
  const shown = wanted ? found : [];
  const active = activeOf(chosen, shown.length);
  const isOpen = shown.length > 0;

  function open() {
    setWanted(true);
    setChosen(none);
  }

  function close() {
    setWanted(false);
    setChosen(none);
  }

  function take(suggestion: string) {
    close();
    onTake(suggestion);
  }

  /** From the field through all suggestions and back to it. */
  function move(step: 1 | -1) {
    setWanted(true);
    if (active === none) setChosen(step === 1 ? 0 : last);
    else setChosen(step === 1 && active === found.length - 1 ? none : active + step);
  }

  /** Whether the key was meant for the suggestions. */
  function onKeyDown(event: KeyboardEvent): boolean {
    const suggestion = shown[active];
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Escape' && isOpen) close();
    else if (event.key === 'Enter' && suggestion !== undefined) take(suggestion);
    else return false;
    // An open dialog must not take Escape for its own.
    event.preventDefault();
    return true;
  }

  return {
    /** Empty while none are to be seen. */
    shown,
    /** The index of the active one; -1: the field itself is. */
    active,
    listId: id,
    open,
    close,
    take,
    onKeyDown,
    /** What the field says of it to assistive technology. */
    combobox: {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': isOpen,
      'aria-controls': isOpen ? id : undefined,
      'aria-activedescendant': active === none ? undefined : optionId(id, active),
    },
  } as const;
}

/** The index of the active one among those shown; none if the chosen one is not among them. */
function activeOf(chosen: number, shown: number): number {
  if (chosen === last) return shown - 1;
  return chosen < shown ? chosen : none;
}

/** The id of a suggestion in the list of that id. */
export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}
