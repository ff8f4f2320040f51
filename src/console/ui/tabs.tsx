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

/** Tabs over a panel that scrolls; the arrow keys go from one to the next (WAI-ARIA tabs pattern). */
export function Tabs<T extends string>(props: TabsProps<T>) {
  const { label, tabs, selected, onSelect, aside, children } = props;
  const id = useId();

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = step && tabs.at((tabs.indexOf(selected) + step) % tabs.length);
    if (!next) return;
    onSelect(next);
    document.getElementById(`${id}-${next}`)?.focus();
  }

  return (
    <div className="flex flex-col overflow-hidden rounded-lg border border-line bg-surface lg:min-h-0">
      <div className="flex items-center justify-between border-b border-line pr-1 pl-2">
        <div role="tablist" aria-label={label} className="flex">
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
              className="-mb-px min-h-9 border-b-2 border-transparent px-2.5 font-medium text-muted hover:text-ink aria-selected:border-accent-text aria-selected:text-ink"
            >
              {tab}
            </button>
          ))}
        </div>
        {aside}
      </div>
      <pre
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${selected}`}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by keys
        tabIndex={0}
        className="min-h-40 overflow-auto p-3 font-mono text-xs leading-[18px] -outline-offset-2 max-lg:max-h-96"
      >
        {children}
      </pre>
    </div>
  );
}
