import { useEffect, useState } from 'react';

import { Button } from '../ui/button';
import { isFiltered, type ListView } from './list-view';

const number = new Intl.NumberFormat('en');

/** How long the count has to stand still before it is announced. */
const calm = 700;

interface ListCountProps {
  shown: number;
  all: number;
  view: ListView;
  onClear: () => void;
}

/** How many webhooks there are, and how many of them the view shows. */
export function ListCount({ shown, all, view, onClear }: ListCountProps) {
  const total = `${number.format(all)} ${all === 1 ? 'webhook' : 'webhooks'}`;
  const words = isFiltered(view) ? `${number.format(shown)} of ${total}` : total;
  const [announced, setAnnounced] = useState(words);

  useEffect(() => {
    const timer = setTimeout(() => setAnnounced(words), calm);
    return () => clearTimeout(timer);
  }, [words]);

  return (
    <div className="-my-1 flex min-h-7 items-center gap-2 text-muted">
      <span aria-hidden>{words}</span>
      <span role="status" className="sr-only">
        {announced}
      </span>
      {isFiltered(view) && shown > 0 && (
        <Button look="quiet" onClick={onClear} className="min-h-7! px-2!">
          Clear
        </Button>
      )}
    </div>
  );
}
