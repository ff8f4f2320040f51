import { useMemo, useState } from 'react';

import { displayUrl } from '../../contract/display-url';
import { count } from '../numbers';
import { Button } from '../ui/button';
import { fieldLabel, shownText } from '../webhooks/field-wording';
import { isWritten, type PlannedRow } from './import-plan';

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
  plan: readonly PlannedRow[];
  /** Which rows are not wanted, by their places in the file. */
  leftOut: ReadonlySet<number>;
  onLeaveOut: (places: readonly number[], isOut: boolean) => void;
}

/** What an import does with each row of the file; those that it writes can be left out. */
export function PlannedRows({ plan, leftOut, onLeaveOut }: PlannedRowsProps) {
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
          <li key={row.place}>
            <label className="flex items-start gap-3 px-3 py-2.5">
              <input
                type="checkbox"
                checked={isWritten(row) && !leftOut.has(row.place)}
                disabled={!isWritten(row)}
                onChange={({ target }) => onLeaveOut([row.place], !target.checked)}
                className="mt-0.5 size-4 shrink-0 accent-accent"
              />
              <span className="min-w-0 flex-1 wrap-anywhere">
                <span className="line-clamp-2 font-medium" title={nameOf(row)}>
                  {nameOf(row)}
                </span>
                <Consequence row={row} />
              </span>
            </label>
          </li>
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

function nameOf(row: PlannedRow): string {
  if (row.outcome === 'unreadable') return `Row ${count(row.place + 1)}`;
  const { target_url, kind } = isWritten(row) ? row.wanted : row.stored;
  return displayUrl(target_url, kind);
}

const onItsPage = 'Edit it on its own page instead.';

function Consequence({ row }: { row: PlannedRow }) {
  switch (row.outcome) {
    case 'create':
      return <Creation row={row} />;
    case 'same':
      return <Said text="Unchanged" />;
    case 'secret':
      return (
        <Said
          text={`Left out: this API would drop its secret${row.stored.target_secret_set ? '' : ', if it has one'}. ${onItsPage}`}
        />
      );
    case 'untold':
      return (
        <Said
          text={`Left out: this API did not say what it has stored as: ${row.fields.map(fieldLabel).join(', ')}. ${onItsPage}`}
        />
      );
    case 'unreadable':
      return <span className="block text-danger">Cannot be read: {row.problem}</span>;
    case 'change':
      return row.fields.map((field) => (
        <Said key={field} text={`${fieldLabel(field)}: ${changeOf(row, field)}`} />
      ));
  }
}

function Said({ text }: { text: string }) {
  return <span className="block text-muted">{text}</span>;
}

function Creation({ row }: { row: Extract<PlannedRow, { outcome: 'create' }> }) {
  const { description, enabled } = row.wanted;
  const words = ['New', !enabled && 'disabled', row.lacksSecret && 'without the secret it had'];
  return (
    <>
      {description !== '' && <span className="line-clamp-1 text-muted">{description}</span>}
      <Said text={words.filter((each) => each !== false).join(', ')} />
    </>
  );
}

type Change = Extract<PlannedRow, { outcome: 'change' }>;

function changeOf({ wanted, stored }: Change, field: Change['fields'][number]): string {
  // A secret is never told.
  if (field === 'target_secret')
    return wanted.target_secret ? 'set to the one in the file' : 'removed';
  const isUnknown = stored.untold.some((member) => member === field);
  return `${isUnknown ? 'Not known' : shownText(field, stored)} → ${shownText(field, wanted)}`;
}
