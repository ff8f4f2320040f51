import { useLayoutEffect, useRef, type RefObject } from 'react';

import { optionId } from './use-suggestions';

interface SuggestionListProps {
  id: string;
  /** What is suggested, as the name of the list. */
  label: string;
  suggestions: readonly string[];
  /** The index of the active one; -1: none. */
  active: number;
  /** What the list stands under, or over where there is more room. */
  anchor: RefObject<HTMLElement | null>;
  onTake: (suggestion: string) => void;
}

/**
 * The list that pops up at a field with suggestions. It lies over everything (a popover), so that no
 * edge cuts it off, and stays at its field while that moves.
 */
export function SuggestionList(props: SuggestionListProps) {
  const { id, label, suggestions, active, anchor, onTake } = props;
  const popup = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const list = popup.current;
    const field = anchor.current;
    if (!list || !field) return;
    const stay = () => place(list, field);
    list.showPopover();
    stay();
    const sizes = new ResizeObserver(stay);
    sizes.observe(field);
    sizes.observe(list);
    window.addEventListener('scroll', stay, { capture: true, passive: true });
    window.addEventListener('resize', stay);
    return () => {
      sizes.disconnect();
      window.removeEventListener('scroll', stay, { capture: true });
      window.removeEventListener('resize', stay);
    };
  }, [anchor]);

  useLayoutEffect(() => {
    document.getElementById(optionId(id, active))?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);

  return (
    <div
      ref={popup}
      popover="manual"
      id={id}
      role="listbox"
      tabIndex={-1}
      aria-label={label}
      // The focus stays in the field.
      onMouseDown={(event) => event.preventDefault()}
      className="fixed inset-auto m-0 overflow-y-auto overscroll-contain rounded-lg border border-line bg-raised p-1 text-ink shadow-float"
    >
      {suggestions.map((suggestion, index) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys go to the field
        <div
          key={suggestion}
          id={optionId(id, index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          title={suggestion}
          onClick={() => onTake(suggestion)}
          className="flex min-h-8 cursor-pointer items-center rounded-md px-2.5 font-mono text-sm hover:bg-hover aria-selected:bg-accent-soft aria-selected:text-accent-text"
        >
          <span className="min-w-0 truncate">{suggestion}</span>
        </div>
      ))}
    </div>
  );
}

/** Between the list and its field, and between it and the edge of the screen. */
const gap = 4;

function place(list: HTMLElement, field: HTMLElement): void {
  const { left, top, bottom, width } = field.getBoundingClientRect();
  const below = window.innerHeight - bottom - 2 * gap;
  const above = top - 2 * gap;
  list.style.maxHeight = '';
  const isBelow = list.scrollHeight <= below || below >= above;
  const height = Math.max(0, isBelow ? below : above);
  Object.assign(list.style, {
    left: `${left}px`,
    width: `${width}px`,
    maxHeight: `${height}px`,
    top: isBelow ? `${bottom + gap}px` : '',
    bottom: isBelow ? '' : `${window.innerHeight - top + gap}px`,
  });
}
