import { ArrowUp } from 'lucide-react';
import { useState } from 'react';

import { count } from '../numbers';
import { Button } from '../ui/button';

interface NewRowsProps {
  /** How many have come that are not shown yet. */
  waiting: number;
  onTake: () => Promise<void>;
}

/** Says that rows have come which would move what one reads, and leads to them. */
export function NewRows({ waiting, onTake }: NewRowsProps) {
  const words = waiting === 1 ? '1 new row' : `${count(waiting)} new rows`;
  const [busy, setBusy] = useState(false);
  async function show() {
    setBusy(true);
    await onTake();
    setBusy(false);
    window.scrollTo({ top: 0 });
    // The button goes; whoever pressed it by key goes on from the newest row.
    document.getElementById('content')?.focus({ preventScroll: true });
  }
  return (
    // Of no height, and always there: nothing moves when there is something to say.
    <div className="sticky top-3 z-10 -mb-3 flex h-0 justify-center">
      <span role="status" className="sr-only">
        {waiting > 0 && 'There are new rows above.'}
      </span>
      {waiting > 0 && (
        <Button
          look="primary"
          icon={ArrowUp}
          busy={busy}
          onClick={() => void show()}
          className="h-8 min-h-8! rounded-full! shadow-float"
        >
          Show {words}
        </Button>
      )}
    </div>
  );
}
