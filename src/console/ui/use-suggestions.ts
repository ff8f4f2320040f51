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

/**
 * The suggestions under a text field: which are shown, which of them is active, and what the keys do
 * (WAI-ARIA combobox with a listbox). The focus stays in the field. None is active until an arrow
 * key says so: Enter takes what was typed, as ever. Arrow keys that come before the suggestions
 * choose among them when they arrive.
 */
export function useSuggestions({ suggestions, taken, typed, onTake }: SuggestionsOptions) {
  const id = useId();
  const [wanted, setWanted] = useState(false);
  const [chosen, setChosen] = useState(none);
  /** Of arrow keys that came before there was anything to choose. */
  const [steps, setSteps] = useState(0);
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
  const active = chosen < shown.length ? chosen : none;
  const isOpen = shown.length > 0;
  if (isOpen && steps !== 0) {
    setChosen(stepped(none, steps, shown.length));
    setSteps(0);
  }

  function begin(isWanted: boolean) {
    setWanted(isWanted);
    setChosen(none);
    setSteps(0);
  }
  const open = () => begin(true);
  const close = () => begin(false);

  function take(suggestion: string) {
    close();
    onTake(suggestion);
  }

  /** From the field through all suggestions and back to it. */
  function move(step: 1 | -1) {
    setWanted(true);
    if (isOpen) setChosen(stepped(active, step, shown.length));
    else setSteps(steps + step);
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

/** The index so many steps on: through all that are shown and the field, and round. */
function stepped(from: number, steps: number, shown: number): number {
  const places = shown + 1;
  const place = (from + 1 + steps) % places;
  return ((place + places) % places) - 1;
}

/** The id of a suggestion in the list of that id. */
export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}
