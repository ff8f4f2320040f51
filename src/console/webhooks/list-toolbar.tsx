import { Search } from 'lucide-react';
import type { KeyboardEvent, RefObject } from 'react';

import { webhookKinds } from '../../contract/webhook';
import { useSingleKey } from '../shell/single-keys';
import type { ListView } from './list-view';
import { kindName } from './wording';

interface ListToolbarProps {
  view: ListView;
  onSearch: (text: string) => void;
  /** The search field was left. */
  onSearchEnd: () => void;
  onChange: (change: Partial<ListView>) => void;
  searchField: RefObject<HTMLInputElement | null>;
  /** Whether the API tells the health of webhooks. */
  hasHealth: boolean;
}

/** Search, filters and order of the list. */
export function ListToolbar({
  view,
  onSearch,
  onSearchEnd,
  onChange,
  searchField,
  hasHealth,
}: ListToolbarProps) {
  const singleKey = useSingleKey('/');
  const clearByEscape = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onSearch('');
  };
  return (
    <div
      role="search"
      aria-label="Webhooks"
      className="grid grid-cols-2 gap-2 md:flex md:flex-wrap md:items-center"
    >
      <div className="relative col-span-2 min-w-0 md:max-w-[26.25rem] md:flex-[1_1_10rem]">
        <Search
          aria-hidden
          className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-muted"
        />
        <input
          ref={searchField}
          {...singleKey}
          type="search"
          aria-label="Search"
          placeholder="URL, description or project"
          value={view.q}
          onChange={(event) => onSearch(event.target.value)}
          onBlur={onSearchEnd}
          onKeyDown={clearByEscape}
          autoComplete="off"
          spellCheck={false}
          className="control w-full pl-8!"
        />
      </div>
      <Choice
        label="Kind"
        value={view.kind ?? ''}
        onChange={(kind) => onChange({ kind: kind || null })}
        options={[
          ['', 'All kinds'],
          ...webhookKinds.map((kind) => [kind, kindName(kind)] as const),
        ]}
      />
      <Choice
        label="State"
        value={view.state ?? ''}
        onChange={(state) => onChange({ state: state || null })}
        options={[
          ['', 'On and off'],
          ['enabled', 'Enabled'],
          ['disabled', 'Disabled'],
        ]}
      />
      {hasHealth && (
        <Choice
          label="Health"
          value={view.health ?? ''}
          onChange={(health) => onChange({ health: health || null })}
          options={[
            ['', 'Any health'],
            ['failing', 'Failing'],
            ['healthy', 'Healthy'],
            ['none', 'No deliveries'],
          ]}
        />
      )}
      <div className="md:ml-auto">
        <Choice
          label="Order"
          value={view.sort}
          isFilter={false}
          onChange={(sort) => onChange({ sort })}
          options={[
            ['newest', 'Newest first'],
            ['url', 'By URL'],
            ['updated', 'Last updated first'],
            ...(hasHealth ? ([['health', 'Worst health first']] as const) : []),
          ]}
        />
      </div>
    </div>
  );
}

interface ChoiceProps<T extends string> {
  /** Its accessible name. */
  label: string;
  value: T;
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
  /** Whether any value but the first leaves something out, which shows. */
  isFilter?: boolean;
}

function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
  isFilter = true,
}: ChoiceProps<T>) {
  const isActive = isFilter && value !== options[0]?.[0];
  return (
    <select
      aria-label={label}
      title={label}
      value={value}
      onChange={(event) => {
        const chosen = options.find(([each]) => each === event.target.value);
        if (chosen) onChange(chosen[0]);
      }}
      className={`control w-full pr-8! md:w-auto ${
        isActive ? 'border-accent-text! bg-accent-soft! font-medium text-accent-text!' : ''
      }`}
    >
      {options.map(([each, name]) => (
        <option key={each} value={each}>
          {name}
        </option>
      ))}
    </select>
  );
}
