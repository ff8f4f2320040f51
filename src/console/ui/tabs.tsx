import { useId, type KeyboardEvent, type ReactNode } from 'react';

interface TabsProps<T extends string> {
  /** The accessible name of all of them. */
  label: string;
  tabs: readonly T[];
  selected: T;
  onSelect: (tab: T) => void;
  /** Beside the tabs, such as a button that copies. */
  aside: ReactNode;
  /** The content of the tab that is selected. */
  children: ReactNode;
}

/** Tabs over a panel that scrolls; the arrow keys, Home and End go from one to another (WAI-ARIA tabs pattern). */
export function Tabs<T extends string>(props: TabsProps<T>) {
  const { label, tabs, selected, onSelect, aside, children } = props;
  const id = useId();

  function onKeyDown(event: KeyboardEvent) {
    const at = tabs.indexOf(selected);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: -1 }[event.key];
    const next = to === undefined ? undefined : tabs.at(to % tabs.length);
    if (next === undefined) return;
    event.preventDefault();
    onSelect(next);
    document.getElementById(`${id}-${next}`)?.focus();
  }

  return (
    <div className="flex flex-col overflow-hidden rounded-lg border border-line bg-surface lg:min-h-0">
      <div className="flex items-center justify-between border-b border-line pr-1 pl-2">
        <div role="tablist" aria-label={label} className="flex min-w-0 overflow-x-auto">
          {tabs.map((tab) => (
            <button
              key={tab}
              type="button"
              role="tab"
              id={`${id}-${tab}`}
              aria-selected={tab === selected}
              aria-controls={`${id}-panel`}
              tabIndex={tab === selected ? 0 : -1}
              onClick={() => onSelect(tab)}
              onKeyDown={onKeyDown}
              className="-mb-px min-h-9 border-b-2 border-transparent px-2.5 whitespace-nowrap font-medium text-muted hover:text-ink aria-selected:border-accent-text aria-selected:text-ink"
            >
              {tab}
            </button>
          ))}
        </div>
        {aside}
      </div>
      <div
        // What another tab had scrolled to says nothing about this one.
        key={selected}
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${selected}`}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by keys
        tabIndex={0}
        className="min-h-40 overflow-auto p-3 -outline-offset-2 max-lg:max-h-96"
      >
        {children}
      </div>
    </div>
  );
}
