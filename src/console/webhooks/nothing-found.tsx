import { SearchX } from 'lucide-react';

import { Button } from '../ui/button';
import { MessagePanel } from '../ui/message-panel';
import { shownSearch, type ListView } from './list-view';

/** The list's place if the view leaves everything out. */
export function NothingFound({ view, onClear }: { view: ListView; onClear: () => void }) {
  const { q, kind, state, health } = view;
  const typed = shownSearch(q);
  const isFilteredToo = kind !== null || state !== null || health !== null;
  return (
    <div className="rounded-xl border border-line bg-surface shadow-card">
      <MessagePanel
        icon={SearchX}
        title={typed === '' ? 'No webhook matches the filters' : `No webhook matches "${typed}"`}
        actions={<Button onClick={onClear}>Clear</Button>}
      >
        {typed !== '' && (
          <p>
            {isFilteredToo
              ? 'Only those that pass the filters were searched.'
              : 'URLs, descriptions and project names were searched.'}
          </p>
        )}
      </MessagePanel>
    </div>
  );
}
