import { useMemo, useState } from 'react';

import { count } from '../numbers';
import { Button } from '../ui/button';
import type { PlannedRow } from './import-plan';
import { PlannedItem } from './planned-item';

/** So many rows stand at first, and are added each time. */
const atOnce = 200;

/** What wants looking at comes first. */
const order: readonly PlannedRow['outcome'][] = [
  'unreadable',
  'secret',
  'untold',
  'change',
  'create',
  'same',
];

interface PlannedRowsProps {
  organizationId: string;
  plan: readonly PlannedRow[];
  /** Which rows are not wanted, by their places in the file. */
  leftOut: ReadonlySet<number>;
  onLeaveOut: (places: readonly number[], isOut: boolean) => void;
}

/** What an import does with each row of the file; those that it writes can be left out. */
export function PlannedRows({ organizationId, plan, leftOut, onLeaveOut }: PlannedRowsProps) {
  const [most, setMost] = useState(atOnce);
  const rows = useMemo(
    () => plan.toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome)),
    [plan],
  );
  const more = rows.length - most;
  return (
    <div>
      <ul
        aria-label="Webhooks in the file"
        className="divide-y divide-line rounded-lg border border-line"
      >
        {rows.slice(0, most).map((row) => (
          <PlannedItem
            key={row.place}
            organizationId={organizationId}
            row={row}
            isOut={leftOut.has(row.place)}
            onLeaveOut={(isOut) => onLeaveOut([row.place], isOut)}
          />
        ))}
      </ul>
      {more > 0 && (
        <p className="mt-2">
          <Button onClick={() => setMost(most + atOnce)}>
            Show {count(Math.min(more, atOnce))} more of {count(rows.length)}
          </Button>
        </p>
      )}
    </div>
  );
}
